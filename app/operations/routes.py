"""What machines ask: is it up, is it ready, how much; and the files of the installable app."""

from typing import Annotated

from fastapi import APIRouter, Depends
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.errors import N_, Forbidden
from app.operations.health import readiness
from app.operations.metrics import measured
from app.web.access import Everyone
from app.web.assets import BUILT
from app.web.language import say_plainly
from app.web.session import Now, SessionDep

router = APIRouter()
machines = Depends(Everyone("load balancers and browsers ask; the answer holds no data"))


@router.get("/healthz", dependencies=[machines])
def show_health() -> Response:
    return JSONResponse({"up": True})


@router.get("/readyz", dependencies=[machines])
def show_readiness(session: SessionDep, now: Now) -> Response:
    facts = readiness(session, now)
    ready = facts["database"] and facts["fonts"]
    return JSONResponse(facts, 200 if ready else 503)


def loopback_only(request: Request) -> None:
    """Measurements are for the machine's own collector, not for the street."""
    if request.client is None or request.client.host not in {"127.0.0.1", "::1", "testclient"}:
        raise Forbidden(N_("この画面を使う権限がありません。"))


@router.get("/metrics", dependencies=[machines])
def show_metrics(
    session: SessionDep, now: Now, allowed: Annotated[None, Depends(loopback_only)]
) -> Response:
    return Response(generate_latest(measured(session, now)), media_type=CONTENT_TYPE_LATEST)


@router.get("/service-worker.js", dependencies=[machines])
def show_service_worker() -> Response:
    script = (BUILT / "service-worker.js").read_text("utf-8")
    headers = {"Cache-Control": "no-cache"}
    return Response(script, media_type="text/javascript", headers=headers)


@router.get("/manifest.webmanifest", dependencies=[machines])
def show_manifest(request: Request, handover: str = "") -> Response:
    """A paired phone's own starts with its invitation. The id stays, so that it is one app."""
    invites = handover and request.app.state.handover.read(handover)
    manifest = {
        "name": say_plainly(N_("つなぐ名札")),
        "short_name": say_plainly(N_("つなぐ名札")),
        "description": say_plainly(N_("気付いて、声を掛けて、つなぐ。")),
        "start_url": f"/?handover={handover}" if invites else "/",
        "scope": "/",
        "id": "/",
        "display": "standalone",
        "lang": "ja",
        "background_color": "#ffffff",
        "theme_color": "#0055ad",
        "icons": [
            {"src": "/static/icons/icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "/static/icons/icon-512.png", "sizes": "512x512", "type": "image/png"},
            {
                "src": "/static/icons/icon-maskable.svg",
                "sizes": "any",
                "type": "image/svg+xml",
                "purpose": "maskable",
            },
        ],
    }
    return JSONResponse(manifest, media_type="application/manifest+json")
