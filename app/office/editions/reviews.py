"""他市町の下書きの確認: the 中心市 reads drafts of networks around it, on pages of its own."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.editions.asked import Asked, get_asked, rows_asked
from app.editions.models import Draft
from app.editions.peer_review import publish_for_peer, return_to_peer
from app.editions.wording import tidied
from app.errors import N_, Invalid
from app.links.queries import Peer, led_peers
from app.networks.scope import get_network
from app.office.editions.pages import DocumentPage, hidden_parts
from app.office.editions.routes import ApprovalForm, Approver, Known, ReturnForm
from app.web.access import StaffActor
from app.web.rendering import render, see_other
from app.web.security import framing
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/reviews")
DONE = ("published", "returned")


@dataclass(frozen=True)
class ReviewPage(DocumentPage):
    """What the draft of another network says. Who wrote it there isn't shown."""

    peer: Peer
    draft: Draft

    @property
    def base(self) -> str:
        return f"/office/reviews/{self.peer.link.id}/{self.kind.name}/{self.subject}"


@router.get("")
def show_reviews(
    request: Request, session: SessionDep, actor: Approver, done: str = ""
) -> Response:
    return render(
        request,
        "office/editions/reviews.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        rows=rows_asked(session, actor.network_id),
        peers=led_peers(session, actor.network_id),
        done=done if done in DONE else "",
    )


def get_asked_draft(
    session: SessionDep, actor: Approver, link_id: UUID, kind: Known, subject: str
) -> Asked:
    return get_asked(session, actor.network_id, link_id, kind, subject)


def hold_asked_draft(
    session: SessionDep, actor: Approver, link_id: UUID, kind: Known, subject: str
) -> Asked:
    return get_asked(session, actor.network_id, link_id, kind, subject, lock=True)


Shown = Annotated[Asked, Depends(get_asked_draft)]
Held = Annotated[Asked, Depends(hold_asked_draft)]


@router.get("/{link_id}/{kind}/{subject}")
def show_review(
    request: Request, session: SessionDep, actor: Approver, asked: Shown, kind: Known
) -> Response:
    return review_page(request, session, actor, asked, kind)


@router.post("/{link_id}/{kind}/{subject}/approval")
def approve(
    session: SessionDep,
    actor: Approver,
    asked: Held,
    kind: Known,
    now: Now,
    form: Annotated[ApprovalForm, Form()],
) -> Response:
    publish_for_peer(session, kind, asked, actor, form.revision, now)
    return see_other("/office/reviews?done=published")


@router.post("/{link_id}/{kind}/{subject}/return")
def give_back(
    session: SessionDep,
    actor: Approver,
    asked: Held,
    now: Now,
    form: Annotated[ReturnForm, Form()],
) -> Response:
    note = tidied(form.note)
    if not note:
        raise Invalid(N_("直してほしいことを入れてください。"))
    return_to_peer(session, asked, actor, note, now)
    return see_other("/office/reviews?done=returned")


def review_page(
    request: Request, session: Session, actor: StaffActor, asked: Asked, kind: Known
) -> Response:
    draft, theirs = asked.draft, asked.draft.network_id
    newest = kind.newest(session, theirs, draft.subject)
    page = ReviewPage(
        kind=kind,
        subject=draft.subject,
        newest=newest,
        document=draft.document,
        published=kind.working_form(session, theirs, draft.subject, newest),
        hidden=hidden_parts(session, theirs, kind),
        peer=asked.peer,
        draft=draft,
    )
    response = render(
        request,
        "office/editions/review.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        page=page,
    )
    return framing(request, response)
