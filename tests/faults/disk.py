"""A disk under SQLite that forgets what was not synced, fills up, or fails (disk.c)."""

import os
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

SOURCE = Path(__file__).with_name("disk.c")
SUFFIXES = {1: "", 2: "-wal", 3: "-journal"}
HEADER = struct.Struct("<BBHIQ")
SECTOR = 512

GOOD, FULL, READ_ONLY, FAILING, UNSYNCABLE = b"0", b"F", b"R", b"E", b"S"


@cache
def library() -> Path:
    """The compiled shim; needs a C compiler once per run."""
    built = Path(tempfile.mkdtemp(prefix="nafuda-disk-")) / "disk.so"
    command = ["cc", "-O2", "-shared", "-fPIC", "-o", built, SOURCE, "-ldl", "-lpthread"]
    subprocess.run(command, check=True)
    return built


class Disk:
    """What the shim watches for one server, and the byte by which it misbehaves."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.mode = database.with_name("disk-mode")
        self.journal = database.with_name("disk-journal")
        if not self.mode.exists():
            self.mode.write_bytes(GOOD)

    def environment(self, journal: bool) -> dict[str, str]:
        watched = {"FAULTS_DISK": str(self.database), "FAULTS_MODE": str(self.mode)}
        return watched | ({"FAULTS_JOURNAL": str(self.journal)} if journal else {})

    def behave(self, mode: bytes) -> None:
        with self.mode.open("r+b") as file:
            os.pwrite(file.fileno(), mode, 0)

    def contents(self) -> dict[int, bytearray]:
        files = {number: Path(f"{self.database}{suffix}") for number, suffix in SUFFIXES.items()}
        return {
            number: bytearray(path.read_bytes()) for number, path in files.items() if path.exists()
        }

    def lose_power(self, before: dict[int, bytearray], rng: Random | None = None) -> None:
        """Leave on the disk what was synced, and with `rng` some sectors of what was not.

        `before`: the contents when the server was started.
        """
        for number, content in survivors(before, records(self.journal.read_bytes()), rng).items():
            Path(f"{self.database}{SUFFIXES[number]}").write_bytes(content)
        Path(f"{self.database}-shm").unlink(missing_ok=True)
        self.journal.unlink()


Record = tuple[str, int, int, bytes]


def records(journal: bytes) -> Iterator[Record]:
    """Operation, file, offset, data. The last one may have been cut off."""
    place = 0
    while place + HEADER.size <= len(journal):
        op, file, _, length, offset = HEADER.unpack_from(journal, place)
        place += HEADER.size
        if op == ord("W") and place + length > len(journal):
            return
        yield chr(op), file, offset, journal[place : place + length]
        place += length


def survivors(
    before: dict[int, bytearray], journal: Iterator[Record], rng: Random | None
) -> dict[int, bytearray]:
    durable = {number: bytearray(content) for number, content in before.items()}
    pending: dict[int, list[Record]] = {}
    for record in journal:
        if record[0] == "S":
            for earlier in pending.pop(record[1], []):
                apply(durable.setdefault(record[1], bytearray()), earlier)
        else:
            pending.setdefault(record[1], []).append(record)
    for number, left in pending.items() if rng else ():
        for record in left:
            for part in sectors(record):
                if rng and rng.random() < 0.5:
                    apply(durable.setdefault(number, bytearray()), part)
    return durable


def sectors(record: Record) -> Iterator[Record]:
    op, file, offset, data = record
    if op != "W":
        yield record
    for start in range(0, len(data), SECTOR):
        yield op, file, offset + start, data[start : start + SECTOR]


def apply(content: bytearray, record: Record) -> None:
    op, _, offset, data = record
    end = offset + len(data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if op == "T":
        del content[offset:]
    content[offset:end] = data
