"""One item of a checklist: its words, its urgency, what to do, its place, whether it is used."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.checklists.adaptation import (
    Direction,
    Item,
    find_item,
    is_own,
    moved,
    next_own_id,
    with_item,
)
from app.checklists.edition import CHECKLISTS
from app.checklists.items import (
    LONGEST,
    blank_item,
    item_problems,
    kept_safe,
    left_behind,
    standard_item,
)
from app.checklists.standard_set import EMERGENCY_CALLS, URGENCIES, known_actions, known_categories
from app.editions.commands import change_draft
from app.editions.kinds import Problem
from app.editions.models import Draft
from app.editions.queries import get_draft
from app.editions.wording import tidied
from app.errors import N_, NotFound
from app.networks.scope import get_network
from app.office.editions.checklists import Industry
from app.office.editions.pages import edition_page, personal_words
from app.office.editions.routes import Reader, Writer
from app.web.access import StaffActor
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/checklists/{industry}/items")
Words = Annotated[str, Field(max_length=500)]
Code = Annotated[str, Field(max_length=20)]
Codes = Annotated[list[Code], Field(max_length=60)]


class ItemForm(BaseModel):
    """Three texts in three languages; codes of what to do and what not."""

    urgency: Code = ""
    category: Code = ""
    text_ja: Words = ""
    text_easy: Words = ""
    text_en: Words = ""
    short_ja: Words = ""
    short_easy: Words = ""
    short_en: Words = ""
    say_ja: Words = ""
    say_easy: Words = ""
    say_en: Words = ""
    do: Codes = []
    dont: Codes = []

    def applied_to(self, item: Item) -> Item:
        """Steps that were there keep their order; new ones follow. Empty languages are left out."""
        words: dict[str, Any] = {
            field: {
                language: text
                for language in limits
                if (text := tidied(getattr(self, f"{field}_{language}"))) or language == "ja"
            }
            for field, limits in LONGEST.items()
        }
        steps = {
            "do": [code for code in item["do"] if code in self.do],
            "dont": [code for code in item["dont"] if code in self.dont],
        }
        steps["do"] += [code for code in self.do if code not in steps["do"]]
        steps["dont"] += [code for code in self.dont if code not in steps["dont"]]
        category = self.category if is_own(item) else item["category"]
        return {**item, "urgency": self.urgency, "category": category, **words, **steps}


class MoveForm(BaseModel):
    direction: Direction


class UseForm(BaseModel):
    on: Annotated[bool, Field()] = False


def get_draft_of(session: SessionDep, actor: Writer, industry: Industry) -> Draft:
    return get_draft(session, actor.network_id, CHECKLISTS, industry)


Open = Annotated[Draft, Depends(get_draft_of)]


def item_of(document: dict[str, Any], item_id: str) -> Item:
    if item := find_item(document, item_id):
        return item
    raise NotFound(N_("この項目は見つかりません。"))


def item_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    industry: str,
    item: Item,
    now: Now,
    problems: list[Problem],
    *,
    is_new: bool = False,
) -> Response:
    standard = standard_item(industry, item["id"])
    said = [text for field in LONGEST for text in item[field].values()]
    return render(
        request,
        "office/editions/checklist_item.html",
        status=422 if problems else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        page=edition_page(session, actor, CHECKLISTS, industry, now),
        industry=industry,
        item=item,
        standard=standard,
        is_new=is_new,
        urgencies=URGENCIES,
        categories=known_categories() if is_own(item) else {},
        actions=known_actions(),
        emergency=EMERGENCY_CALLS,
        longest=LONGEST,
        behind=left_behind(item, standard),
        suspected=[word for text in said for word in personal_words(text)],
        problems=problems,
    )


@router.get("/new")
def show_new_item(
    request: Request, session: SessionDep, actor: Writer, industry: Industry, now: Now
) -> Response:
    page = edition_page(session, actor, CHECKLISTS, industry, now)
    item = blank_item(next_own_id(page.document))
    return item_page(request, session, actor, industry, item, now, [], is_new=True)


@router.post("")
def add_item(
    request: Request,
    session: SessionDep,
    actor: Writer,
    industry: Industry,
    draft: Open,
    now: Now,
    form: Annotated[ItemForm, Form()],
) -> Response:
    blank = blank_item(next_own_id(draft.document))
    item = kept_safe(form.applied_to(blank), None)
    if problems := list(item_problems(item)):
        return item_page(request, session, actor, industry, item, now, problems, is_new=True)
    change_draft(session, draft, with_item(draft.document, item), actor, now)
    return see_other(f"/office/checklists/{industry}#{item['id']}")


@router.get("/{item_id}")
def show_item(
    request: Request,
    session: SessionDep,
    actor: Reader,
    industry: Industry,
    item_id: str,
    now: Now,
) -> Response:
    page = edition_page(session, actor, CHECKLISTS, industry, now)
    item = item_of(page.document, item_id)
    return item_page(request, session, actor, industry, item, now, [])


@router.post("/{item_id}")
def change_item(
    request: Request,
    session: SessionDep,
    actor: Writer,
    industry: Industry,
    draft: Open,
    item_id: str,
    now: Now,
    form: Annotated[ItemForm, Form()],
) -> Response:
    before = item_of(draft.document, item_id)
    item = kept_safe(form.applied_to(before), standard_item(industry, item_id))
    if problems := list(item_problems(item)):
        return item_page(request, session, actor, industry, item, now, problems)
    change_draft(session, draft, with_item(draft.document, item), actor, now)
    return see_other(f"/office/checklists/{industry}#{item_id}")


@router.post("/{item_id}/place")
def move_item(
    session: SessionDep,
    actor: Writer,
    industry: Industry,
    draft: Open,
    item_id: str,
    now: Now,
    form: Annotated[MoveForm, Form()],
) -> Response:
    item_of(draft.document, item_id)
    change_draft(session, draft, moved(draft.document, item_id, form.direction), actor, now)
    return see_other(f"/office/checklists/{industry}#{item_id}")


@router.post("/{item_id}/use")
def use_item(
    session: SessionDep,
    actor: Writer,
    industry: Industry,
    draft: Open,
    item_id: str,
    now: Now,
    form: Annotated[UseForm, Form()],
) -> Response:
    """On or off. What is off isn't in the next version; earlier ones keep it."""
    item = {**item_of(draft.document, item_id), "on": form.on}
    change_draft(session, draft, with_item(draft.document, item), actor, now)
    return see_other(f"/office/checklists/{industry}#{item_id}")


@router.post("/{item_id}/reset")
def reset_item(
    session: SessionDep,
    actor: Writer,
    industry: Industry,
    draft: Open,
    item_id: str,
    now: Now,
) -> Response:
    """Back to the standard words. Raises NotFound for an item of one's own."""
    standard = standard_item(industry, item_id)
    if standard is None:
        raise NotFound(N_("この項目は標準セットにありません。"))
    item = {**standard, "on": item_of(draft.document, item_id)["on"]}
    change_draft(session, draft, with_item(draft.document, item), actor, now)
    return see_other(f"/office/checklists/{industry}/items/{item_id}")
