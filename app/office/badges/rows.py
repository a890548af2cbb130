"""What a clerk sees of badges: their places and states. What was reported is for counsellors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import Select
from starlette.datastructures import ImmutableMultiDict

from app.badges.models import Badge, Pairing
from app.badges.rules import BadgeState
from app.ids import read_id
from app.networks.models import Network
from app.organizations.models import Organization, Workplace
from app.web.text import one_line

PAGE = 50
FILTER = ("text", "industry", "state", "workplace", "kind", "after")
LONGEST_FILTER = 60
Sent = ImmutableMultiDict[str, Any]
"""A form or the fields of an address."""


@dataclass(frozen=True)
class BadgeRow:
    badge: Badge
    workplace: Workplace
    organization: Organization


@dataclass(frozen=True)
class BadgeFilter:
    """What the clerk narrows the list to; `after` is the last number already shown."""

    text: str = ""
    industry: str = ""
    state: str = ""
    workplace: str = ""
    kind: str = ""
    after: str = ""

    @property
    def kept(self) -> dict[str, str]:
        """As fields of an address or a form, without those that narrow nothing."""
        fields = {name: getattr(self, name) for name in ("text", "industry", "state", "kind")}
        fields["workplace"] = self.workplace if read_id(self.workplace) else ""
        return {name: value for name, value in fields.items() if value}


def filter_of(sent: Sent) -> BadgeFilter:
    return BadgeFilter(*(one_line(str(sent.get(name, "")))[:LONGEST_FILTER] for name in FILTER))


def badge_rows(session: Session, network: Network, wanted: BadgeFilter) -> list[BadgeRow]:
    """At most a page, and one more if there is a next one."""
    query = narrowed(network, wanted).where(col(Badge.number) > wanted.after)
    rows = session.exec(query.order_by(col(Badge.number)).limit(PAGE + 1)).all()
    return [BadgeRow(*row) for row in rows]


def narrowed(network: Network, wanted: BadgeFilter) -> Select[Badge, Workplace, Organization]:
    query = (
        select(Badge, Workplace, Organization)
        .where(Badge.network_id == network.id)
        .join(
            Workplace,
            (col(Workplace.network_id) == col(Badge.network_id))
            & (col(Workplace.id) == col(Badge.workplace_id)),
        )
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
    )
    if wanted.industry:
        query = query.where(Workplace.industry == wanted.industry)
    if wanted.state:
        query = query.where(Badge.state == wanted.state)
    if wanted.kind:
        query = query.where(Badge.kind == wanted.kind)
    if workplace_id := read_id(wanted.workplace):
        query = query.where(Badge.workplace_id == workplace_id)
    if text := wanted.text.strip():
        query = query.where(or_(*holding(network, text)))
    return query


def holding(network: Network, text: str) -> list[ColumnElement[bool]]:
    """Whose number, place or call name holds the text; the holder too, where that is noted."""
    places = [Workplace.name, Organization.name, Badge.call_name]
    if network.notes_holders:
        places.append(Badge.holder_note)
    words = [col(one).contains(text, autoescape=True) for one in places]
    return [col(Badge.number).contains(text.upper(), autoescape=True), *words]


def registered_at(
    session: Session, network_id: UUID, badges: Sequence[Badge]
) -> dict[UUID, datetime]:
    """Since when a phone speaks for each of these badges; those without a phone are left out."""
    query = (
        select(Pairing.badge_id, func.min(Pairing.paired_at))
        .where(Pairing.network_id == network_id, col(Pairing.ended_at).is_(None))
        .where(col(Pairing.badge_id).in_([one.id for one in badges]))
        .group_by(col(Pairing.badge_id))
    )
    return dict(session.exec(query).all())


def numbers_chosen(session: Session, network: Network, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Of this network's working badges, in the order of their numbers."""
    query = (
        select(Badge.id, Badge.number)
        .where(Badge.network_id == network.id, col(Badge.id).in_(ids))
        .where(Badge.state != BadgeState.STOPPED)
    )
    return dict(session.exec(query.order_by(col(Badge.number))).all())


def numbers_found(session: Session, network: Network, wanted: BadgeFilter) -> dict[UUID, str]:
    """All working badges that a filter finds, however many pages they fill."""
    query = narrowed(network, wanted).where(Badge.state != BadgeState.STOPPED)
    columns = query.with_only_columns(col(Badge.id), col(Badge.number))
    return {row[0]: row[1] for row in session.execute(columns.order_by(col(Badge.number)))}
