"""Pages and partials. The same address answers a browser with the page and htmx with its part."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from app.web import times
from app.web.assets import asset, inlined
from app.web.icons import icon, mark
from app.web.language import Language, active, in_language, say, say_plainly
from app.web.text import marked_up, plain

TEMPLATES = Path(__file__).parents[2] / "templates"


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "_": say,
        "_a": say_plainly,
        "icon": icon,
        "mark": mark,
        "asset": asset,
        "inlined": inlined,
        "languages": tuple(Language),
    }
    made.filters |= {
        "said": _said,
        "said_plainly": lambda texts: plain(in_language(texts)),
        "marked_up": marked_up,
        "time": times.clock_time,
        "seconds": times.clock_seconds,
        "day": times.day,
        "day_and_time": times.day_and_time,
        "window": times.window,
        "ago": times.ago,
        "era": times.era_year_month,
        "whole_day": times.whole_day,
        "era_day": times.era_day,
        "iso": _iso,
        "date_in_japan": times.date_in_japan,
    }
    return made


def _said(texts: Mapping[str, str]) -> Markup:
    """Our own content; what isn't there in the reader's language is read out as Japanese."""
    html = marked_up(in_language(texts))
    is_missing = not texts.get(active.get().value)
    return Markup('<span lang="ja">{}</span>').format(html) if is_missing else html


def _iso(instant: datetime | date) -> str:
    return instant.isoformat(timespec="seconds") if isinstance(instant, datetime) else str(instant)


def asked_by_htmx(request: Request) -> bool:
    return "hx-request" in request.headers and "hx-boosted" not in request.headers


def render(
    request: Request,
    whole: str,
    /,
    *,
    partial: str | None = None,
    status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """`whole` for a browser, `partial` for htmx."""
    name = partial if partial and asked_by_htmx(request) else whole
    html = (
        environment()
        .get_template(name)
        .render(
            request=request,
            language=active.get(),
            nonce=request.state.nonce,
            now=request.app.state.clock(),
            **context,
        )
    )
    headers = {"Vary": "HX-Request, Accept-Language, Cookie"}
    return HTMLResponse(html, status, headers)


def render_part(name: str, /, **context: Any) -> Markup:
    """HTML that knows nothing of the request but its language."""
    return Markup(environment().get_template(name).render(**context))  # noqa: S704 (it escapes)


def see_other(path: str) -> RedirectResponse:
    """After a form: look at the result with a GET."""
    return RedirectResponse(path, 303)
