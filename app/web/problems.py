"""One place that turns an error into a page or a problem document (RFC 9457)."""

from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.db import is_twin
from app.errors import N_, Conflict, DomainError, Invalid, NotFound, SignInNeeded
from app.web.language import say, say_plainly
from app.web.rendering import render
from app.web.resumption import local_path, typed_fields
from app.web.security import complete

log = structlog.get_logger()

PLAIN = {
    404: N_("お探しのページは見つかりません。"),
    405: N_("この操作はできません。"),
    413: N_("送られた内容が大きすぎます。"),
}


STAFF_PLACES = ("/office", "/setup", "/desk", "/health", "/account")


def wants_json(request: Request) -> bool:
    accepts = request.headers.get("accept", "")
    sends = request.headers.get("content-type", "")
    return (
        request.url.path.startswith("/api/")
        or "json" in accepts
        or sends.startswith("application/json")
    )


def problem(error: DomainError) -> JSONResponse:
    body = {
        "type": f"/problems/{error.problem}",
        "title": say_plainly(error.message, **error.values),
        "status": error.status,
    }
    return JSONResponse(body, error.status, media_type="application/problem+json")


async def answer(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    if wants_json(request):
        return problem(error)
    if isinstance(error, SignInNeeded):
        typed = await typed_fields(request)
        return render(
            request,
            "staff/sign_in.html",
            status=401,
            next_path=request.url.path,
            typed=typed,
            failed=None,
            sign_in="",
        )
    return render(
        request,
        "staff/problem.html" if _is_for_staff(request) else "shared/problem.html",
        status=error.status,
        error=error,
        message=say(error.message, **error.values),
        title=say_plainly(error.message, **error.values),
        before=page_before(request),
    )


def _is_for_staff(request: Request) -> bool:
    path = request.url.path
    return any(path == place or path.startswith(f"{place}/") for place in STAFF_PLACES)


def page_before(request: Request) -> str:
    """Where the reader came from, if that was another page of ours; else nothing."""
    try:
        came = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    path = local_path(came.path)
    if came.netloc != request.url.netloc or path in {"/", request.url.path}:
        return ""
    return f"{path}?{came.query}" if came.query else path


async def answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = PLAIN.get(error.status_code, N_("受け付けられませんでした。"))
    shown = NotFound(message) if error.status_code == 404 else Invalid(message)
    shown.status = error.status_code
    return await answer(request, shown)


async def answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return await answer(
        request, Invalid(N_("入力の形が正しくありません。もう一度お試しください。"))
    )


async def answer_twin(request: Request, error: Exception) -> Response:
    """Two people saved the same thing at the same moment, and the database kept the first one's."""
    assert isinstance(error, IntegrityError)
    if not is_twin(error):
        raise error
    log.warning("twin", route=getattr(request.scope.get("route"), "path", ""))
    said = N_(
        "ほかの画面から、同じものが先に保存されました。開き直して、いまの内容をお確かめください。"
    )
    return await answer(request, Conflict(said))


async def answer_unexpected(request: Request, error: Exception) -> Response:
    """Ours to fix. The reader is told that nothing was lost, and nothing of the inside is shown."""
    route = getattr(request.scope.get("route"), "path", "")
    log.error("unexpected", error=type(error).__name__, route=route)
    shown = DomainError(N_("うまくいきませんでした。少し待って、もう一度お試しください。"))
    shown.status, shown.problem = 500, "unexpected"
    response = await answer(request, shown)
    # Starlette answers the unexpected outside of all middleware.
    complete(response.headers, request.state.nonce, request.app.state.settings.secure)
    return response


def install(app: FastAPI) -> None:
    app.add_exception_handler(DomainError, answer)
    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(IntegrityError, answer_twin)
    app.add_exception_handler(Exception, answer_unexpected)
