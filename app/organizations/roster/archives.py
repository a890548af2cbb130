"""What is inside a workbook's zip, before anything of it is unpacked."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

_UNPACKED_AT_MOST = 64 * 1024 * 1024
_FILES_AT_MOST = 1_000
_IS_ENCRYPTED = 0x1


def is_too_large(archive: bytes) -> bool:
    """Whether it says of itself that it unpacks into more than any roster needs."""
    entries = _entries(archive)
    size = sum(entry.file_size for entry in entries)
    return len(entries) > _FILES_AT_MOST or size > _UNPACKED_AT_MOST


def is_encrypted(archive: bytes) -> bool:
    return any(entry.flag_bits & _IS_ENCRYPTED for entry in _entries(archive))


def _entries(archive: bytes) -> list[ZipInfo]:
    """None of what can't be listed: whoever reads it then says so, within the process's bounds.

    zipfile raises NotImplementedError for an archive that claims a version newer than it knows.
    """
    try:
        with ZipFile(BytesIO(archive)) as opened:
            return opened.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return []
