"""指示を書く (T2): a template in one or two taps, edited, seen as the phone will show it, sent."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from pydantic import Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.claims.presence import stop_writing
from app.desk.answering.offers import OfferForm, offer_of
from app.desk.dependencies import Loaded, Writer
from app.desk.report.pages import Detail, detail_of
from app.desk.returning import kept_query, see_report
from app.errors import N_, DomainError, NotFound
from app.ids import new_id
from app.instructions.crossing import Seen, of_colleagues
from app.instructions.drafts import MINUTES, Draft, Typed, draft_of
from app.instructions.edition import templates_of
from app.instructions.grounds import GROUNDS
from app.instructions.models import Instruction
from app.instructions.slots import OFFERED_WITH, Slot, TypedSlot, read_slots
from app.instructions.together import recipients_of, typed_for, write_together
from app.instructions.wording import Wording, offered_templates
from app.networks.scope import get_network, get_row
from app.reports.models import Report
from app.staff.models import Staff
from app.web.access import StaffActor
from app.web.language import say
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk")
Code = Annotated[str, Field(max_length=20)]


class InstructionForm(OfferForm):
    """What a counsellor typed. One line of `steps` is one step. `was_…`: what had been chosen when
    the words were last written."""

    instruction_id: UUID = Field(default_factory=new_id)
    template: Annotated[str, Field(max_length=8)]
    title: Annotated[str, Field(max_length=200)] = ""
    steps: Annotated[str, Field(max_length=2000)] = ""
    say: Annotated[str, Field(max_length=500)] = ""
    seen: Annotated[int, Field(ge=0, le=10_000)] = 0
    insist: Annotated[int, Field(ge=0, le=10_000)] = 0

    @property
    def has_seen(self) -> Seen:
        """それでも送る names what was read meanwhile; what came after that is read first too."""
        return Seen(max(self.seen, self.insist), insists=self.insist > 0)

    also: list[UUID] = Field(default_factory=list)
    staff_label: Code = ""
    was_staff_label: Code = ""
    deadline_text: Code = ""
    was_deadline_text: Code = ""
    minutes: Code = ""
    ground: Code = ""

    @property
    def typed(self) -> Typed:
        lines = [line.strip() for line in self.steps.splitlines()]
        return Typed(
            Wording(self.title.strip(), [line for line in lines if line], self.say.strip()),
            {"staff_label": self.staff_label, "deadline_text": self.deadline_text},
            {"staff_label": self.was_staff_label, "deadline_text": self.was_deadline_text},
            self.minutes,
            self.ground,
        )


def draft_for(
    session: Session,
    report: Report,
    actor: StaffActor,
    name: str,
    now: datetime,
    typed: Typed | None = None,
) -> Draft:
    template = offered_templates(templates_of(session, report.network_id)).get(name)
    if template is None:
        raise NotFound(N_("この文例は見つかりません。"))
    network = get_network(session, report.network_id)
    return draft_of(template, network, report, actor.name, now, typed)


def drafts_for(
    session: Session,
    report: Report,
    others: Sequence[Report],
    actor: StaffActor,
    form: InstructionForm,
    now: datetime,
) -> Iterator[tuple[Report, Draft]]:
    """The same words for others of the case."""
    for one in others:
        typed = typed_for(form.typed, report, one)
        yield one, draft_for(session, one, actor, form.template, now, typed)


@router.get("/reports/{report_id}/instructions/new")
def show_composer(
    request: Request,
    session: SessionDep,
    actor: Writer,
    report: Loaded,
    now: Now,
    template: str | None = None,
) -> Response:
    detail = detail_of(session, request.app.state.master_key, report, now, actor.id)
    name = template or detail.starting[0]["id"]
    draft = draft_for(session, report, actor, name, now)
    also = [one.report.id for one in detail.around.open_others]
    return composer(request, session, actor, detail, draft, also)


@router.post("/reports/{report_id}/instructions/preview")
def show_preview(
    request: Request,
    session: SessionDep,
    actor: Writer,
    report: Loaded,
    now: Now,
    form: Annotated[InstructionForm, Form()],
) -> Response:
    """What the phone will show of what is typed so far. Nothing is stored."""
    draft = draft_for(session, report, actor, form.template, now, form.typed)
    detail = detail_of(session, request.app.state.master_key, report, now)
    seen = form.has_seen.count
    return composer(request, session, actor, detail, draft, form.also, seen=seen, slots=form.slots)


def part_of(request: Request) -> str:
    """A choice changes the words, too; typing only what the phone would show."""
    return "_words" if request.headers.get("HX-Target", "").endswith("words") else "_preview"


def composer(
    request: Request,
    session: Session,
    actor: StaffActor,
    detail: Detail,
    draft: Draft,
    also: list[UUID],
    refused: DomainError | None = None,
    seen: int | None = None,
    slots: Sequence[TypedSlot] = (),
) -> Response:
    """`seen`: how many of colleagues' instructions the writer had before them when they began."""
    network, now = detail.holder.network, request.app.state.clock()
    theirs = of_colleagues(session, detail.report, actor)
    return render(
        request,
        "desk/answering/compose.html",
        partial=f"desk/answering/{part_of(request)}.html",
        status=refused.status if refused else 200,
        actor=actor,
        kept=kept_query(request),
        detail=detail,
        draft=draft,
        templates=offered_templates(templates_of(session, actor.network_id)),
        also=also,
        error=say(refused.message, **refused.values) if refused else None,
        instruction_id=new_id(),
        seen=len(theirs) if seen is None else seen,
        crossed=crossed_ones(session, theirs[seen:]) if seen is not None else [],
        minutes=MINUTES,
        grounds=GROUNDS,
        offer=offer_of(draft.template["id"], slots, network, now, refused),
    )


def offered_slots(
    session: Session, actor: StaffActor, form: InstructionForm, now: datetime
) -> list[Slot]:
    """Raises UnfitSlot for a row that can't be; other templates offer none."""
    if form.template not in OFFERED_WITH:
        return []
    return read_slots(form.slots, get_network(session, actor.network_id), now)


def crossed_ones(session: Session, theirs: list[Instruction]) -> list[tuple[str, Instruction]]:
    """What colleagues wrote meanwhile, with their names."""
    return [(get_row(session, Staff, one.network_id, one.author_id).name, one) for one in theirs]


@router.post("/reports/{report_id}/instructions")
def create_instruction(
    request: Request,
    session: SessionDep,
    actor: Writer,
    report: Loaded,
    now: Now,
    form: Annotated[InstructionForm, Form()],
) -> Response:
    """Sent twice, it is one instruction: the form brings its id."""
    if session.get(Instruction, (actor.network_id, form.instruction_id)):
        return see_report(request, report.id)
    draft = draft_for(session, report, actor, form.template, now, form.typed)
    try:
        others = recipients_of(session, report, form.also)[1:]
        write_together(
            session,
            [(report, draft), *drafts_for(session, report, others, actor, form, now)],
            actor,
            instruction_id=form.instruction_id,
            now=now,
            seen=form.has_seen,
            slots=offered_slots(session, actor, form, now),
        )
        stop_writing(session, report, actor)
    except DomainError as refused:
        detail = detail_of(session, request.app.state.master_key, report, now)
        seen = form.has_seen.count
        return composer(
            request, session, actor, detail, draft, form.also, refused, seen, form.slots
        )
    return see_report(request, report.id)
