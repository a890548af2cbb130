"""A server of its own process: `python -m bench.serving KIND HOST PORT DATA_DIR [DATABASE_URL]`.

KIND is `ours` (web without worker, as `nafuda web`, plus the yardstick's route), `whole` (as
`nafuda serve`), `tutorial` or `raw-streams`. It speaks TLS if the folder holds a certificate.
"""

import sys
from pathlib import Path
from typing import Any

import uvicorn

from app.logs import configure_logs
from app.main import create_app
from app.memory import settle
from app.open_files import allow_many
from app.settings import Settings
from bench import tutorial, yardstick
from bench.certificate import FILE
from bench.raw_streams import RawStreams


def app_of(kind: str, settings: Settings) -> Any:
    if kind == "raw-streams":
        return RawStreams()
    if kind == "tutorial":
        return tutorial.create_app(settings)
    app = create_app(settings, with_worker=kind == "whole")
    yardstick.install(app)
    return app


if __name__ == "__main__":
    kind, host, port, folder, *url = sys.argv[1:]
    configure_logs(as_json=True)
    settings = Settings(data_dir=Path(folder), database_url=url[0] if url else "")
    app = app_of(kind, settings)
    pem = settings.data_dir / FILE
    settle()
    allow_many()
    uvicorn.run(
        app, host=host, port=int(port), access_log=False, log_level="warning",
        ssl_certfile=pem if pem.exists() else None,
    )  # fmt: skip
