"""The limits that run beside the product, in the same app behind the same middleware."""

import time
from pathlib import Path

import brotli
from fastapi import FastAPI
from sqlmodel import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.db import Database, after_commit
from app.deliveries.pulse import bump
from app.networks.models import Network
from bench.envelopes import PlainEnvelope

PATH, PULSE = "/bench/no-database", "/bench/pulse"
PAGES = ("limit", "hello")
OPEN = "default-src 'self' 'unsafe-inline'"


def install(app: FastAPI) -> None:
    """A POST without a database, one that only bumps the pulse; a form and a greeting written by
    hand."""
    app.post(PATH)(without_database)
    app.post(PULSE)(commit_a_pulse)
    for page in PAGES:
        app.get(f"/bench/{page}")(serve(page))


async def without_database(envelope: PlainEnvelope) -> Response:
    answer = b'{"report_id":"%s"}' % str(envelope.report_id).encode()
    return Response(answer, 201, media_type="application/json")


def commit_a_pulse(request: Request) -> Response:
    """Answers when the commit was done, by the clock that all processes of a machine share."""
    database: Database = request.app.state.database
    committed: list[float] = []
    with database.writing() as session:
        after_commit(session, lambda: committed.append(time.monotonic()))
        bump(session, session.exec(select(Network.id)).one())
    return JSONResponse({"at": committed[0]})


def serve(page: str) -> object:
    """Compressed as well as it can be, ahead of time."""
    text = (Path(__file__).parent / page / "index.html").read_bytes()
    headers = {"Content-Encoding": "br", "Content-Security-Policy": OPEN}
    body = brotli.compress(text, quality=11)

    async def answer() -> Response:
        return Response(body, headers=headers, media_type="text/html")

    return answer
