"""Workbooks with a password: calamine, given bytes, only says that it does not know the format."""

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BIFF8_BEGIN = bytes.fromhex("0908100000060500")
_BIFF8_BEGIN_LENGTH = 20
_FILE_PASS = b"\x2f\x00"


def is_locked(compound_file: bytes) -> bool:
    """Whether Excel asks for a password to open it ([MS-OFFCRYPTO]; FilePass in [MS-XLS])."""
    if _ENCRYPTED_PACKAGE in compound_file:
        return True
    begin = compound_file.find(_BIFF8_BEGIN)
    return begin >= 0 and compound_file.startswith(_FILE_PASS, begin + _BIFF8_BEGIN_LENGTH)
