"""What a file could try once it had taken over the small process that reads it; to be run in one
(`python -m tests.escapes`, tests/test_confinement.py)."""

import os
import resource
import socket
from collections.abc import Callable
from pathlib import Path

from app.confinement import answer_here, question_here


def read_a_file() -> None:
    Path("/etc/passwd").read_bytes()


def write_a_file() -> None:
    Path("/tmp/escaped").write_bytes(b"x")


def reuse_a_place() -> None:
    """A descriptor that was closed makes room for another one."""
    os.close(2)
    os.open("/etc/passwd", os.O_RDONLY)


def call_out() -> None:
    socket.socket()


def open_a_pipe() -> None:
    os.pipe()


TRIES: tuple[Callable[[], None], ...] = (
    read_a_file,
    write_a_file,
    reuse_a_place,
    call_out,
    open_a_pipe,
)


def outcome(attempt: Callable[[], None]) -> str:
    try:
        attempt()
    except OSError as error:
        return type(error).__name__
    return "escaped"


if __name__ == "__main__":
    question_here()
    limits = {
        name: resource.getrlimit(getattr(resource, name))
        for name in ("RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE")
    }
    tried = {attempt.__name__: outcome(attempt) for attempt in TRIES}
    answer_here({"tried": tried, "limits": limits, "environment": sorted(os.environ)})
