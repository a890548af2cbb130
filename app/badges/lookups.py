"""Is this badge genuine? By the number on its front, for whoever is spoken to at the door."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, delete, func, select

from app.badges.handover import wait_turn
from app.badges.handover_keys import HandoverKeys
from app.badges.handover_rules import DAY, WINDOW, neighbours_of
from app.badges.models import Badge, NumberLookup
from app.badges.queries import BadgeHolder, holder_of
from app.clock import TOKYO
from app.errors import N_, TooMany

FROM_ONE_ADDRESS = 10
FROM_ITS_NEIGHBOURS = 40
FROM_EVERYBODY = 300
IN_A_DAY = 5_000
NUMBER = re.compile(r"([A-Z])-?([0-9]{1,6})")


class Verdict(StrEnum):
    """UNCLEAR: several networks have this number, and the one who asks has to say where."""

    VALID = "valid"
    NOT_VALID = "not_valid"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Finding:
    verdict: Verdict
    holders: list[BadgeHolder]


def read_badge_number(typed: str) -> str | None:
    """A-0142, however it was typed; None for what can't be one."""
    tidy = re.sub(r"[\s‐ー−]", "", unicodedata.normalize("NFKC", typed).replace("ー", "-")).upper()
    found = NUMBER.fullmatch(re.sub(r"[‐−]", "-", tidy))
    return f"{found[1]}-{int(found[2]):04d}" if found else None


def look_up(session: Session, number: str, slug: str, now: datetime) -> Finding:
    """`slug`: the network, where the asker has said which; else all that have this number."""
    badges = session.exec(select(Badge).where(Badge.number == number)).all()
    holders = [holder_of(session, one) for one in badges]
    here = [one for one in holders if not slug or one.network.slug == slug]
    if not here:
        return Finding(Verdict.UNKNOWN, [])
    if len(here) > 1:
        return Finding(Verdict.UNCLEAR, sorted(here, key=lambda one: one.network.municipality))
    is_valid = works(here[0].badge, now.astimezone(TOKYO).date())
    return Finding(Verdict.VALID if is_valid else Verdict.NOT_VALID, here)


def works(badge: Badge, today: date) -> bool:
    return not badge.is_stopped and badge.valid_until >= today


def count_lookup(session: Session, keys: HandoverKeys, from_address: str, now: datetime) -> None:
    """Right ones count too: a list of all badges is nobody's business. Raises TooMany."""
    wait_turn(session)
    address = keys.digest(from_address)
    neighbours = keys.digest(neighbours_of(from_address))
    recent = now - WINDOW
    if (
        _count(session, recent, NumberLookup.address == address) >= FROM_ONE_ADDRESS
        or _count(session, recent, NumberLookup.neighbours == neighbours) >= FROM_ITS_NEIGHBOURS
        or _count(session, recent) >= FROM_EVERYBODY
        or _count(session, now - DAY) >= IN_A_DAY
    ):
        raise TooMany(
            N_(
                "何度も確認されたため、しばらく受け付けられません。10分ほど待つか、電話してください。"
            )
        )
    session.add(NumberLookup(address=address, neighbours=neighbours, at=now))
    session.execute(delete(NumberLookup).where(col(NumberLookup.at) <= now - DAY))


def _count(session: Session, since: datetime, *narrower: bool) -> int:
    query = select(func.count()).select_from(NumberLookup).where(col(NumberLookup.at) > since)
    return session.exec(query.where(*narrower)).one()
