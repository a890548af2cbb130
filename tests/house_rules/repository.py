"""The files of the repository, without what is built, installed or cached."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def text_files() -> dict[str, str]:
    """Path from the root → content, of everything that can be read as text."""
    found = {}
    for path in _files():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
    return found


def _files() -> Iterator[Path]:
    left_out = {".git", *(line.strip("/") for line in _read(".gitignore").splitlines())}
    for folder, folders, files in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        folders[:] = [one for one in folders if not {one, (here / one).as_posix()} & left_out]
        yield from (ROOT / here / one for one in files if not one.endswith((".mo", ".pyc")))


def _read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")
