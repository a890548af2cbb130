"""The same app's POST without a database: the limit for a route of this app."""

from fastapi import FastAPI
from starlette.responses import Response

from app.reports.forms import Envelope

PATH = "/bench/no-database"


def install(app: FastAPI) -> None:
    @app.post(PATH)
    async def without_database(envelope: Envelope) -> Response:
        answer = b'{"report_id":"%s"}' % str(envelope.report_id).encode()
        return Response(answer, 201, media_type="application/json")
