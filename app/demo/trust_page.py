"""What a phone opens before it can trust the demo: how to, and the certificate. Nothing else."""

import socket
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from app.clock import TOKYO
from app.demo.kept_certificate import KeptCertificate
from app.errors import N_
from app.web.language import active, chosen, say_plainly
from app.web.rendering import environment
from app.web.security import Security

CERTIFICATE_PATH = "/tsunagu-nafuda.crt"
CERTIFICATE_TYPE = "application/x-x509-ca-cert"
ONLY_THIS = N_("ここにあるのは、証明書と、その入れ方のページだけです。")


def trust_page(site: str, address: str, kept: KeptCertificate) -> Starlette:
    """An application for plain http: a phone can't read it over an https it doesn't trust yet."""

    def show(request: Request) -> Response:
        active.set(chosen(request))
        page = environment().get_template("demo/trust.html")
        html = page.render(
            language=active.get(),
            nonce=request.state.nonce,
            site=site,
            address=address,
            name=kept.name,
            certificate=CERTIFICATE_PATH,
            fingerprint=kept.fingerprint,
            until=kept.until.astimezone(TOKYO).date(),
        )
        return HTMLResponse(html)

    def give(request: Request) -> Response:
        return Response(kept.der, media_type=CERTIFICATE_TYPE)

    return Starlette(
        routes=[Route("/", show), Route(CERTIFICATE_PATH, give)],
        middleware=[Middleware(Security, secure=False)],
        exception_handlers={HTTPException: say_what_is_here},
    )


def say_what_is_here(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    active.set(chosen(request))
    return PlainTextResponse(say_plainly(ONLY_THIS), error.status_code, error.headers)


def serve_beside(page: Starlette, listening: socket.socket) -> None:
    """In a thread of its own, which ends with the process."""
    config = uvicorn.Config(page, log_level="warning", access_log=False, lifespan="off")
    Thread(target=uvicorn.Server(config).run, args=([listening],), daemon=True).start()
