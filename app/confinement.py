"""A process of its own with little memory and little time, for reading what somebody sent.

A file can be made so that any reader of it needs all memory or never ends. Here that ends the
small process, and whoever sent it gets a sentence.
"""

import codecs
import json
import resource
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 2
NOTHING_MORE = (
    resource.RLIMIT_NOFILE,
    resource.RLIMIT_NPROC,
    resource.RLIMIT_FSIZE,
    resource.RLIMIT_CORE,
)
_PATIENCE = 20
_ANSWER_AT_MOST = 32 * 1024 * 1024
_ROOT = Path(__file__).parents[1]
AT_ONCE = 2
_turns = BoundedSemaphore(AT_ONCE)


def ask_confined(module: str, question: bytes) -> dict[str, Any] | None:
    """What `python -m module` answers: one question to its stdin, one object of JSON from its
    stdout. None when it had to be ended or broke down."""
    command = [sys.executable, "-m", module]
    try:
        with _turns:
            done = subprocess.run(  # noqa: S603
                command, input=question, capture_output=True, timeout=_PATIENCE, cwd=_ROOT, env={}
            )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode or len(done.stdout) > _ANSWER_AT_MOST:
        return None
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def question_here(*later: str) -> bytes:
    """In such a process: set its limits, then take the question. `later`: encodings that are
    looked up while reading, and so have to be there before.

    From here on nothing can be opened: no file, no connection, no further process. What was open
    stays so, which is the question and the answer. A file that took the process over finds no key,
    no database and no way out.
    """
    for name in ("utf-8", *later):
        codecs.lookup(name)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    for closed in NOTHING_MORE:
        resource.setrlimit(closed, (0, 0))
    return sys.stdin.buffer.read()


def answer_here(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode())
