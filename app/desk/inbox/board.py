"""受信箱 as everybody sees it who looks at one moment: made once for all desks that ask again.

What is shared is made for nobody: no name, right or claim of whoever asks can get into it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from markupsafe import Markup
from sqlmodel import Session
from starlette.requests import Request

from app.desk.inbox.floods import floods_of
from app.desk.inbox.pages import Listing, listing_of
from app.desk.inbox.rows import drill_rows
from app.desk.inbox.wanted import Wanted
from app.networks.numbers import current_numbers
from app.web.access import StaffActor
from app.web.language import active
from app.web.rendering import asked_by_htmx, render_part

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Board:
    """`rows`: the list in HTML, with no row chosen. Who writes about one of them sees the same
    without their own name."""

    listing: Listing
    rows: Markup

    def rows_with(self, selected: UUID | None) -> Markup:
        """The list, with the row of that report, or of its case, marked as the current one."""
        found = (row for part in self.listing.rows.values() for row in part)
        for row in found:
            if selected in row.covers:
                mark = Markup('id="row-{}"').format(row.report.id)
                return self.rows.replace(mark, mark + Markup(' aria-current="true"'), 1)
        return self.rows


def board_for(
    request: Request, session: Session, actor: StaffActor, wanted: Wanted, now: datetime
) -> Board:
    """A page that is loaded is made for its reader. Open ones, which all ask again at the same
    pulse, share what nobody's own words, tab or search are part of."""
    if not asked_by_htmx(request) or wanted.whose == "mine":
        return make_board(session, actor, wanted, now)
    network_id = actor.network_id
    asked = wanted.asked.model_copy(update={"selected": None}).model_dump_json()
    state = current_numbers(session, network_id, "pulse", "receipt")
    key = ("board", network_id, state, active.get(), asked)
    board: Board = request.app.state.shared_work.get(
        key, now, lambda: make_board(session, nobody(network_id), wanted, now)
    )
    if actor.id in board.listing.writers:
        return make_board(session, actor, wanted, now)
    return replace(board, listing=replace(board.listing, wanted=wanted))


def nobody(network_id: UUID) -> StaffActor:
    """Of a network; has no name, no right, no claim."""
    return StaffActor(network_id, NOBODY, "", "", frozenset(), NOBODY)


def make_board(session: Session, actor: StaffActor, wanted: Wanted, now: datetime) -> Board:
    network_id = actor.network_id
    listing = listing_of(session, actor, wanted, now)
    rows = render_part(
        "desk/inbox/_rows.html",
        listing=listing,
        floods=floods_of(session, network_id) if listing.counts.quieted else [],
        drills=drill_rows(session, network_id, now),
        now=now,
    )
    return Board(listing, rows)
