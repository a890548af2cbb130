"""Which badges the clerk chose, ticked or all of a filter; with their places, and what stands on
them, for those who print."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col
from starlette.datastructures import FormData

from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.errors import N_, Invalid
from app.ids import read_id
from app.networks.models import Network
from app.networks.scope import get_network
from app.office.badges.rows import (
    BadgeFilter,
    BadgeRow,
    Sent,
    filter_of,
    narrowed,
    numbers_chosen,
    numbers_found,
)
from app.printing.badge_sheet import BadgeCard, SheetText
from app.printing.glyphs import missing_glyphs
from app.web.times import era_year_month

MOST_IN_A_JOB = 5000
EVERYTHING = "everything"


@dataclass(frozen=True)
class Unprintable:
    """A badge with characters in its place's name that the faces lack. `reading`: how the name is
    read, where that is known and can be printed."""

    row: BadgeRow
    letters: list[str]
    reading: str


def chosen_badges(session: Session, network_id: UUID, form: FormData) -> list[BadgeRow]:
    """In the order of their numbers. Raises Invalid when nothing printable was ticked, or more
    than one job should hold."""
    if form.get(EVERYTHING):
        rows = _rows(session, network_id, filter_of(form))
    else:
        ids = [parsed for one in form.getlist("badge") if (parsed := read_id(one))]
        if not ids:
            raise Invalid(N_("印刷する名札に✓してください。"))
        rows = rows_of(session, network_id, ids)
    if not rows:
        raise Invalid(N_("停止した名札は印刷できません。"))
    if len(rows) > MOST_IN_A_JOB:
        raise Invalid(N_("一度に印刷できるのは%(n)s枚までです。"), n=MOST_IN_A_JOB)
    return rows


def working_numbers(session: Session, network: Network, sent: Sent) -> dict[UUID, str]:
    """Numbers by id, in their order; none of a stopped badge. Raises Invalid when none was
    chosen."""
    if sent.get("all") == "yes":
        found = numbers_found(session, network, filter_of(sent))
    else:
        ids = [one for text in sent.getlist("badge") if (one := read_id(text))]
        found = numbers_chosen(session, network, ids)
    if not found:
        raise Invalid(N_("名札に✓してから、押してください。停止した名札は選べません。"))
    return found


def rows_of(session: Session, network_id: UUID, ids: Sequence[UUID]) -> list[BadgeRow]:
    """Those that aren't stopped, by number."""
    query = narrowed(get_network(session, network_id), BadgeFilter()).where(col(Badge.id).in_(ids))
    return _printable(session, query)


def _rows(session: Session, network_id: UUID, wanted: BadgeFilter) -> list[BadgeRow]:
    return _printable(
        session, narrowed(get_network(session, network_id), wanted).limit(MOST_IN_A_JOB + 1)
    )


def _printable(session: Session, query: object) -> list[BadgeRow]:
    live = query.where(Badge.state != BadgeState.STOPPED)  # type: ignore[attr-defined]
    return [BadgeRow(*row) for row in session.exec(live.order_by(col(Badge.number))).all()]


def unprintable(rows: Sequence[BadgeRow]) -> list[Unprintable]:
    """Nothing is replaced in silence: these can't be printed as they are written."""
    letters = {
        names: missing_glyphs("".join(names))
        for names in {(row.organization.name, row.workplace.name) for row in rows}
    }
    return [
        Unprintable(row, missing, _reading(row))
        for row in rows
        if (missing := letters[row.organization.name, row.workplace.name])
    ]


def _reading(row: BadgeRow) -> str:
    kana = row.organization.kana
    return "" if missing_glyphs(kana + row.workplace.name) else kana


def card_of(row: BadgeRow, base_url: str, *, by_reading: bool = False) -> BadgeCard:
    """`by_reading`: where the name of the organization can't be printed, its reading is."""
    return BadgeCard(
        number=row.badge.number,
        code=row.badge.code,
        address=f"{base_url}/B/{row.badge.code}".upper(),
        organization=printable_name(row, by_reading=by_reading),
        workplace=row.workplace.name,
        call_name=row.badge.call_name or None,
        valid_until=era_year_month(row.badge.valid_until),
    )


def printable_name(row: BadgeRow, *, by_reading: bool) -> str:
    name = row.organization.name
    return _reading(row) if by_reading and missing_glyphs(name) else name


def sheet_text(network: Network) -> SheetText:
    return SheetText(
        municipality=network.municipality,
        network_name=network.name,
        center_name=network.center_name,
        center_tel=network.center_tel,
        lost_to=f"{network.office_name or network.center_name} "
        f"{network.office_tel or network.center_tel}",
        hotline="188",
        is_wide=network.is_wide,
    )
