"""Firefox as a process: started, found, ended."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.rig.profile import ENVIRONMENT
from tests.browser.rig.waiting import awaited


@contextmanager
def running(profile: Path) -> Iterator[str]:
    """Firefox until the end of the block; gives the address of its BiDi server."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        raise RuntimeError("Firefox is missing: apt-get install firefox-esr")
    command = [program, "--headless", "--no-remote", "--profile", str(profile)]
    command += ["--remote-debugging-port", "0", "--remote-allow-system-access", "about:blank"]
    with (profile / "firefox.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=os.environ | ENVIRONMENT, start_new_session=True
        )
    try:
        server = profile / "WebDriverBiDiServer.json"
        yield awaited(lambda: _address(server), 60, "Firefox to start")
    finally:
        _ended(process)


def _address(server: Path) -> str:
    """Empty as long as Firefox hasn't written it."""
    try:
        found = json.loads(server.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return ""
    return f"ws://{found['ws_host']}:{found['ws_port']}"


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
