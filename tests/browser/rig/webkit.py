"""WebKitGTK, the nearest to Safari that runs here, driven by plain WebDriver. No push, no sync."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

BROWSERS = "*/webkit2gtk-4.*/MiniBrowser"
SCREEN = "-screen 0 1280x1024x24"


class WebKit:
    """One session. Scripts are bodies of functions; `waits_for` gives them something to call."""

    def __init__(self, driver: str) -> None:
        self._http = httpx2.Client(base_url=driver, timeout=30)
        options = {"binary": str(next(Path("/usr/lib").glob(BROWSERS))), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._session = (
            f"/session/{self._ask('POST', '/session', capabilities=wanted)['sessionId']}"
        )

    def go(self, address: str) -> None:
        self._ask("POST", f"{self._session}/url", url=address)

    @property
    def url(self) -> str:
        return str(self._ask("GET", f"{self._session}/url"))

    def run(self, script: str, *values: object) -> Any:
        return self._ask("POST", f"{self._session}/execute/sync", script=script, args=values)

    def waits_for(self, script: str, *values: object) -> Any:
        return self._ask("POST", f"{self._session}/execute/async", script=script, args=values)

    def until(self, condition: str, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < deadline, f"{condition}\n{self.text}"
            time.sleep(0.1)

    @property
    def text(self) -> str:
        return str(self.run("return document.body.innerText"))

    def close(self) -> None:
        self._ask("DELETE", self._session)
        self._http.close()

    def _ask(self, method: str, path: str, **fields: object) -> Any:
        answer = self._http.request(method, path, json=fields if method == "POST" else None)
        value = answer.json()["value"]
        assert answer.status_code == 200, value
        return value


@contextmanager
def webkit() -> Iterator[WebKit]:
    port = _free_port()
    command = ["xvfb-run", "-a", "-s", SCREEN, "WebKitWebDriver", f"--port={port}"]
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        browser = WebKit(f"http://127.0.0.1:{port}")
        try:
            yield browser
        finally:
            browser.close()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(150):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens on {port}")
