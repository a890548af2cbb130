"""引き継ぎ番号: six digits for ten minutes and one use. Guessing gets nobody anywhere."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from app.badges.handover import find_source, take_over, wait_turn
from app.badges.handover_keys import HandoverKeys
from app.badges.handover_rules import (
    DAY,
    FROM_EVERYBODY_IN_A_DAY,
    NUMBER_LASTS,
    TRIES_AT_A_NUMBER,
    is_guessing,
    neighbours_of,
    read_number,
)
from app.badges.models import HandoverNumber, HandoverTry, Pairing
from app.errors import N_, TooMany
from app.ids import new_id
from app.networks.scope import in_network
from app.web.access import PhoneActor


@dataclass(frozen=True)
class LiveNumber:
    digits: str
    ends_at: datetime


@dataclass(frozen=True)
class Typist:
    """Who types a number: from which address, and the phone if we know it."""

    address: str
    phone: PhoneActor | None
    language: str


def issue_number(session: Session, keys: HandoverKeys, pairing: Pairing, now: datetime) -> None:
    """A new number for this phone; the one before it is gone."""
    wait_turn(session)
    mine = in_network(HandoverNumber, pairing.network_id).where(
        HandoverNumber.device_id == pairing.device_id
    )
    for earlier in session.exec(mine):
        session.delete(earlier)
    session.flush()
    row_id = new_id()
    while _is_given_out(session, keys.digest(keys.number(row_id)), now):
        row_id = new_id()
    digits = keys.number(row_id)
    session.add(
        HandoverNumber(
            network_id=pairing.network_id,
            id=row_id,
            device_id=pairing.device_id,
            badge_id=pairing.badge_id,
            half=keys.digest(digits[:3]),
            digest=keys.digest(digits),
            ends_at=now + NUMBER_LASTS,
        )
    )


def _is_given_out(session: Session, digest: str, now: datetime) -> bool:
    live = select(HandoverNumber.id).where(
        HandoverNumber.digest == digest, col(HandoverNumber.ends_at) > now
    )
    return session.exec(live).first() is not None


def live_number(
    session: Session, keys: HandoverKeys, phone: PhoneActor, now: datetime
) -> LiveNumber | None:
    mine = in_network(HandoverNumber, phone.network_id).where(
        HandoverNumber.device_id == phone.device_id,
        col(HandoverNumber.ends_at) > now,
        col(HandoverNumber.wrong_tries) < TRIES_AT_A_NUMBER,
    )
    row = session.exec(mine).first()
    return LiveNumber(keys.number(row.id), row.ends_at) if row else None


def take_over_by_number(
    session: Session, keys: HandoverKeys, typed: str, typist: Typist, now: datetime
) -> Pairing | None:
    """None after noting a wrong try. Raises TooMany while somebody guesses, right or wrong."""
    digits = read_number(typed)
    if digits is None:
        return None
    wait_turn(session)
    address = keys.digest(typist.address)
    neighbours = keys.digest(neighbours_of(typist.address))
    if is_guessing(_tries(session, now), address, neighbours, now):
        raise TooMany(
            N_(
                "番号が何度も違っていたため、しばらく受け付けられません。"
                "10分ほど待つか、名札を読み取ってください。"
            )
        )
    row = _find_number(session, keys, digits, now)
    source = find_source(session, row.network_id, row.device_id, row.badge_id) if row else None
    if row is None or source is None:
        _note_try(session, HandoverTry(address=address, neighbours=neighbours, at=now))
        return None
    row.ends_at = now
    return take_over(session, source, typist.phone, "number", language=typist.language, now=now)


def _find_number(
    session: Session, keys: HandoverKeys, digits: str, now: datetime
) -> HandoverNumber | None:
    """Compared in constant time. Those that begin alike count a wrong try."""
    alike = select(HandoverNumber).where(
        HandoverNumber.half == keys.digest(digits[:3]),
        col(HandoverNumber.ends_at) > now,
        col(HandoverNumber.wrong_tries) < TRIES_AT_A_NUMBER,
    )
    rows = session.exec(alike).all()
    digest = keys.digest(digits)
    found = [row for row in rows if hmac.compare_digest(row.digest, digest)]
    if found:
        return found[0]
    for row in rows:
        row.wrong_tries += 1
    return None


def _tries(session: Session, now: datetime) -> list[tuple[str, str, datetime]]:
    day = select(HandoverTry).where(col(HandoverTry.at) > now - DAY)
    newest = day.order_by(col(HandoverTry.at).desc()).limit(FROM_EVERYBODY_IN_A_DAY)
    return [(one.address, one.neighbours, one.at) for one in session.exec(newest)]


def _note_try(session: Session, wrong: HandoverTry) -> None:
    session.add(wrong)
    session.execute(delete(HandoverTry).where(col(HandoverTry.at) <= wrong.at - DAY))
