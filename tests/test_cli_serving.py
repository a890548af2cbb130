"""`nafuda web` as a process of its own: it ends when it is told to."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.clock import system_clock
from app.settings import Settings
from bench.servers import free_port, wait_for
from tests.cast import Cast
from tests.deliveries.test_live import Stream, cookie_of

PATIENCE = 30


@contextmanager
def web_process(settings: Settings, port: int, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    place = {
        "NAFUDA_DATA_DIR": str(settings.data_dir),
        "NAFUDA_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, "-m", "app.cli", "web", "--port", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=os.environ | place)
        try:
            wait_for(port, process)
            yield process
        finally:
            process.kill()
            process.wait()


def test_a_server_that_is_told_to_stop_does_so_with_live_screens_open(
    settings: Settings, cast: Cast, tmp_path: Path
) -> None:
    cast.clock.now = system_clock()
    cookie, port = cookie_of(cast.staff("counsellor")), free_port()
    with web_process(settings, port, tmp_path / "log") as process, Stream(port, cookie):
        process.terminate()
        assert process.wait(PATIENCE) is not None
