"""指示のひな形: the templates a counsellor chooses from, in this network's words and order."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.editions.commands import change_draft
from app.editions.kinds import Problem
from app.editions.models import Draft
from app.editions.queries import get_draft
from app.editions.wording import tidied
from app.errors import N_, Conflict, NotFound
from app.instructions.adaptation import (
    ALWAYS_ON,
    BOUNDS,
    LONGEST,
    Piece,
    adapted_templates,
    find_piece,
    left_behind,
    moved,
    only_in_japanese,
    piece_problems,
    standard_form,
    with_piece,
)
from app.instructions.edition import TEMPLATES, hidden_templates
from app.instructions.standard_templates import standard_templates
from app.instructions.wording import wording_of
from app.networks.models import Network
from app.networks.scope import get_network
from app.office.editions.pages import edition_page, personal_words
from app.office.editions.routes import Reader, Writer
from app.web.access import StaffActor
from app.web.language import Language
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/templates")
SUBJECT = "all"
SAMPLE = {
    "case_no": "K-0387",
    "open_text": "9/25 9:00",
    "deadline_text": "17:00",
    "result_summary": "",
}
Words = Annotated[str, Field(max_length=1500)]


class PieceForm(BaseModel):
    """Four texts in three languages; one line of the steps is one step."""

    label_ja: Words = ""
    label_easy: Words = ""
    label_en: Words = ""
    title_ja: Words = ""
    title_easy: Words = ""
    title_en: Words = ""
    steps_ja: Words = ""
    steps_easy: Words = ""
    steps_en: Words = ""
    say_ja: Words = ""
    say_easy: Words = ""
    say_en: Words = ""
    minutes: Annotated[int, Field(ge=0, le=10_000)] = 0

    def applied_to(self, piece: Piece) -> Piece:
        """Empty languages are left out: they are read in Japanese."""
        words: dict[str, Any] = {}
        for field, limits in LONGEST.items():
            typed = {language: getattr(self, f"{field}_{language}") for language in limits}
            lines = {
                language: [line for one in text.splitlines() if (line := tidied(one))]
                for language, text in typed.items()
            }
            said = {language: kept for language, kept in lines.items() if kept or language == "ja"}
            words[field] = {
                language: kept if field == "steps" else " ".join(kept)
                for language, kept in said.items()
            }
        return {**piece, **words, "minutes": self.minutes}


class MoveForm(BaseModel):
    step: Annotated[int, Field(ge=-1, le=1)]


class UseForm(BaseModel):
    on: Annotated[bool, Field()] = False


def get_open_draft(session: SessionDep, actor: Writer) -> Draft:
    return get_draft(session, actor.network_id, TEMPLATES, SUBJECT)


Open = Annotated[Draft, Depends(get_open_draft)]


def check_shown(session: SessionDep, actor: Reader, template_id: str) -> str:
    """Raises NotFound for what this network doesn't use because personal data is switched off."""
    if template_id in hidden_templates(session, actor.network_id):
        raise NotFound(N_("この文例は見つかりません。"))
    return template_id


TemplateId = Annotated[str, Depends(check_shown)]


def piece_of(document: dict[str, Any], template_id: str) -> Piece:
    if piece := find_piece(document, template_id):
        return piece
    raise NotFound(N_("この文例は見つかりません。"))


@router.get("")
def show_templates(request: Request, session: SessionDep, actor: Reader, now: Now) -> Response:
    page = edition_page(session, actor, TEMPLATES, SUBJECT, now)
    pieces = [one for one in page.document["templates"] if one["id"] not in page.hidden]
    return render(
        request,
        "office/editions/templates.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        page=page,
        pieces=pieces,
        standard=standard_templates(),
        always_on=ALWAYS_ON,
        changed={one.part for one in page.changed if set(one.fields) != {"place"}},
        adapted={one.part for one in page.adapted if set(one.fields) != {"place"}},
        japanese_only={one["id"] for one in pieces if only_in_japanese(one)},
        behind={one["id"] for one in pieces if left_behind(one)},
    )


def piece_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    piece: Piece,
    now: Now,
    problems: list[Problem],
) -> Response:
    template = standard_templates()[piece["id"]]
    said = [str(text) for field in LONGEST for text in piece[field].values()]
    network = get_network(session, actor.network_id)
    return render(
        request,
        "office/editions/template.html",
        status=422 if problems else 200,
        actor=actor,
        network=network,
        page=edition_page(session, actor, TEMPLATES, SUBJECT, now),
        piece=piece,
        template=template,
        text=sample_of(piece, network, actor.name),
        ja_only=False,
        deadline_at=None,
        author=actor.name,
        longest=LONGEST,
        bounds=BOUNDS.get(template["deadline"]["type"]),
        variables=[name for name in template["variables"] if name != "secure_form"],
        behind=left_behind(piece),
        suspected=[word for text in said for word in personal_words(text)],
        problems=problems,
    )


def sample_of(piece: Piece, network: Network, author: str) -> dict[str, Any]:
    """What a phone would show of it in Japanese, for a report that never was."""
    values = {**network.variables, **SAMPLE, "staff_label": author}
    (template,) = adapted_templates({"templates": [{**piece, "on": True}]}).values()
    return wording_of(template, values, Language.JA).as_json() | {"case_no": SAMPLE["case_no"]}


@router.get("/{template_id}")
def show_template(
    request: Request, session: SessionDep, actor: Reader, template_id: TemplateId, now: Now
) -> Response:
    page = edition_page(session, actor, TEMPLATES, SUBJECT, now)
    return piece_page(request, session, actor, piece_of(page.document, template_id), now, [])


@router.post("/{template_id}")
def change_template(
    request: Request,
    session: SessionDep,
    actor: Writer,
    draft: Open,
    template_id: TemplateId,
    now: Now,
    form: Annotated[PieceForm, Form()],
) -> Response:
    piece = form.applied_to(piece_of(draft.document, template_id))
    if problems := list(piece_problems(piece)):
        return piece_page(request, session, actor, piece, now, problems)
    change_draft(session, draft, with_piece(draft.document, piece), actor, now)
    return see_other(f"/office/templates#{template_id}")


@router.post("/{template_id}/place")
def move_template(
    session: SessionDep,
    actor: Writer,
    draft: Open,
    template_id: TemplateId,
    now: Now,
    form: Annotated[MoveForm, Form()],
) -> Response:
    piece_of(draft.document, template_id)
    hidden = hidden_templates(session, actor.network_id)
    document = moved(draft.document, template_id, form.step, hidden)
    change_draft(session, draft, document, actor, now)
    return see_other(f"/office/templates#{template_id}")


@router.post("/{template_id}/use")
def use_template(
    session: SessionDep,
    actor: Writer,
    draft: Open,
    template_id: TemplateId,
    now: Now,
    form: Annotated[UseForm, Form()],
) -> Response:
    """Those that end every report, and those that are sent by themselves, stay on."""
    piece = piece_of(draft.document, template_id)
    if template_id in ALWAYS_ON and not form.on:
        raise Conflict(N_("受付・完了・閉庁中・お知らせのひな形は、いつも使います。"))
    change_draft(session, draft, with_piece(draft.document, {**piece, "on": form.on}), actor, now)
    return see_other(f"/office/templates#{template_id}")


@router.post("/{template_id}/reset")
def reset_template(
    session: SessionDep, actor: Writer, draft: Open, template_id: TemplateId, now: Now
) -> Response:
    on = piece_of(draft.document, template_id)["on"]
    piece = {**piece_of(standard_form(), template_id), "on": on}
    change_draft(session, draft, with_piece(draft.document, piece), actor, now)
    return see_other(f"/office/templates/{template_id}")
