"""Reading a file that somebody sent, in a process of its own with little memory and little time.

A workbook can be made so that any reader of it needs all memory or never ends. Here that ends the
small process, and the clerk gets a sentence.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from app.organizations.roster.cells import plain
from app.organizations.roster.entries import Roster, RosterUnreadable
from app.organizations.roster.reading import read_roster
from app.organizations.roster.written import roster_of, written_roster

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 2
_PATIENCE = 20
_ANSWER_AT_MOST = 32 * 1024 * 1024
_ROOT = Path(__file__).parents[3]
_LONGEST_NAME = 80
_AT_ONCE = BoundedSemaphore(2)


def read_confined(content: bytes, filename: str) -> Roster:
    """As `read_roster`; also raises RosterUnreadable for what needs too much memory or time."""
    name = plain(filename)[:_LONGEST_NAME] or "名簿"
    with _AT_ONCE:
        answer = _asked(name.encode() + b"\0" + content)
    if answer is None:
        raise RosterUnreadable(
            f"「{name}」は、大きすぎるか、こわれているため、読めません。"
            "名簿のシートだけを新しいファイルに写して保存し、もう一度選んでください。"
        )
    if "refusal" in answer:
        raise RosterUnreadable(answer["refusal"])
    return roster_of(answer)


def _asked(question: bytes) -> dict[str, Any] | None:
    """What the process answers; None when it had to be ended or broke down."""
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=question, capture_output=True, timeout=_PATIENCE, cwd=_ROOT, env={}
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode or len(done.stdout) > _ANSWER_AT_MOST:
        return None
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def main() -> None:
    """One question from stdin, one answer to stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    name, _, content = sys.stdin.buffer.read().partition(b"\0")
    try:
        answer = written_roster(read_roster(content, name.decode()))
    except RosterUnreadable as refusal:
        answer = {"refusal": str(refusal)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
