"""The limits that run beside the product, in the same app behind the same middleware."""

from pathlib import Path

import brotli
from fastapi import FastAPI
from starlette.responses import Response

from bench.envelopes import PlainEnvelope

PATH = "/bench/no-database"
PAGES = ("limit", "hello")
OPEN = "default-src 'self' 'unsafe-inline'"


def install(app: FastAPI) -> None:
    """A POST without a database; a form and a greeting written by hand."""
    app.post(PATH)(without_database)
    for page in PAGES:
        app.get(f"/bench/{page}")(serve(page))


async def without_database(envelope: PlainEnvelope) -> Response:
    answer = b'{"report_id":"%s"}' % str(envelope.report_id).encode()
    return Response(answer, 201, media_type="application/json")


def serve(page: str) -> object:
    """Compressed as well as it can be, ahead of time."""
    text = (Path(__file__).parent / page / "index.html").read_bytes()
    headers = {"Content-Encoding": "br", "Content-Security-Policy": OPEN}
    body = brotli.compress(text, quality=11)

    async def answer() -> Response:
        return Response(body, headers=headers, media_type="text/html")

    return answer
