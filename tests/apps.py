"""The product as it is composed; only what FastAPI learns about the routes is learned once."""

from fastapi import FastAPI

from app.main import ROUTERS, create_app
from app.settings import Settings
from tests.towns import StandingClock

_first: list[FastAPI] = []


def next_app(settings: Settings, clock: StandingClock) -> FastAPI:
    """FastAPI reads the signature of every route at an app's first request, which costs more than
    most tests do. Routes hold nothing of the app that they serve, so the first app's serve all."""
    app = create_app(settings, clock, with_worker=False)
    if not _first:
        _first.append(app)
    included = slice(len(ROUTERS))
    app.router.routes[included] = _first[0].router.routes[included]
    return app
