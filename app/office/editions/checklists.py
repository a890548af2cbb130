"""チェック項目: the eight checklists, and one of them as it is being adapted."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.checklists.adaptation import FEWEST_ENOUGH, MOST_ENOUGH, changeable_numbers, is_own
from app.checklists.edition import CHECKLISTS
from app.checklists.items import (
    left_behind,
    number_problems,
    only_in_japanese,
    standard_item,
)
from app.checklists.queries import current_versions
from app.checklists.standard_set import INDUSTRIES, first_of
from app.editions.commands import change_draft
from app.editions.kinds import Problem
from app.editions.queries import drafts_of, get_draft, newest_publications
from app.editions.wording import tidied
from app.errors import N_, NotFound
from app.networks.scope import get_network
from app.office.editions.pages import edition_page, lookers
from app.office.editions.routes import Reader, Writer
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.security import framing
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/checklists")


def get_industry(industry: str) -> str:
    if industry in INDUSTRIES:
        return industry
    raise NotFound(N_("見つかりません。"))


Industry = Annotated[str, Depends(get_industry)]


@router.get("")
def show_checklists(request: Request, session: SessionDep, actor: Reader) -> Response:
    published = newest_publications(session, actor.network_id, CHECKLISTS)
    return render(
        request,
        "office/editions/checklists.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        industries=INDUSTRIES,
        versions=current_versions(session, actor.network_id),
        published=published,
        approvers={
            industry: lookers(session, actor.network_id, one.approved_by_id, one.approved_link_id)
            for industry, one in published.items()
        },
        drafts=drafts_of(session, actor.network_id, CHECKLISTS),
    )


@router.get("/{industry}")
def show_checklist(
    request: Request, session: SessionDep, actor: Reader, industry: Industry, now: Now
) -> Response:
    return checklist_page(request, session, actor, industry, now, [], {})


def checklist_page(
    request: Request,
    session: SessionDep,
    actor: Reader,
    industry: str,
    now: Now,
    problems: list[Problem],
    typed: dict[str, str],
) -> Response:
    """`typed`: what stands in the fields for numbers when something is wrong with one."""
    page = edition_page(session, actor, CHECKLISTS, industry, now)
    items = page.document["items"]
    shown = [item for item in items if item["on"]]
    response = render(
        request,
        "office/editions/checklist.html",
        status=422 if problems else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        page=page,
        industry=industry,
        shown=shown,
        off=[item for item in items if not item["on"]],
        first=first_of(shown),
        changed={one.part for one in page.changed if set(one.fields) != {"place"}},
        adapted={one.part for one in page.adapted if set(one.fields) != {"place"}},
        japanese_only={item["id"] for item in shown if only_in_japanese(item)},
        behind={
            item["id"] for item in shown if left_behind(item, standard_item(industry, item["id"]))
        },
        own={item["id"] for item in items if is_own(item)},
        enough=range(FEWEST_ENOUGH, MOST_ENOUGH + 1),
        numbers=changeable_numbers(),
        problems=problems,
        typed=typed,
    )
    return framing(request, response)


@router.post("/{industry}/settings")
def change_settings(
    request: Request,
    session: SessionDep,
    actor: Writer,
    industry: Industry,
    now: Now,
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    """The threshold and the numbers to call. 110 and 119 have no field."""
    draft = get_draft(session, actor.network_id, CHECKLISTS, industry)
    usual = {code: action["number"] for code, action in changeable_numbers().items()}
    typed = {code: _typed(form, f"number-{code}") or usual[code] for code in usual}
    typed["enough"] = _typed(form, "enough")
    problems = [one for code in usual for one in number_problems(code, typed[code], usual[code])]
    if typed["enough"] not in {str(n) for n in range(FEWEST_ENOUGH, MOST_ENOUGH + 1)}:
        problems.append(Problem("enough", N_("数を選んでください。")))
    if problems:
        return checklist_page(request, session, actor, industry, now, problems, typed)
    numbers = draft.document["numbers"] | {code: typed[code] for code in usual}
    document = draft.document | {"enough": int(typed["enough"]), "numbers": numbers}
    change_draft(session, draft, document, actor, now)
    return see_other(f"/office/checklists/{industry}#settings")


def _typed(form: FormData, name: str) -> str:
    value = form.get(name)
    return tidied(value)[:20] if isinstance(value, str) else ""
