"""Keys change while reports are on their way: nothing is refused, and what leaked is said."""

import re
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.errors import NotFound
from app.networks.scope import in_network
from app.reports.models import Report
from app.sealing.models import SealingKey
from app.sealing.rotation import note_compromise, rotate_keys
from tests.cast import Cast, Desk, Phone
from tests.desk.test_pages import BROKEN, NOTE, sealed_note

LEAKED = "鍵が漏れた可能性"
GONE = "鍵の期限が過ぎた"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return cast.staff("counsellor")


def kids(session: Session, network_id: UUID) -> list[str]:
    session.rollback()
    query = select(SealingKey).where(SealingKey.network_id == network_id)
    return [key.kid for key in session.exec(query.order_by(col(SealingKey.created_at)))]


def changed(cast: Cast, how: Any = rotate_keys, *words: str) -> None:
    app, network_id = cast.app, cast.town.here.network.id
    with app.state.database.writing() as session:
        how(session, network_id, *words, app.state.master_key, cast.clock.now)


def queued(cast: Cast) -> tuple[Any, dict[str, Any]]:
    """A phone and a report with a note, sealed by now and not yet sent."""
    phone = cast.phone()
    phone.pair()
    envelope = phone.envelope()
    return phone, envelope | {"sealed": sealed_note(cast, envelope["report_id"])}


def flags(session: Session, envelope: dict[str, Any]) -> list[str]:
    session.rollback()
    report = session.exec(select(Report).where(Report.id == UUID(envelope["report_id"]))).one()
    return list(report.flags)


def test_what_was_queued_when_the_key_changed_opens(
    cast: Cast, desk: Desk, session: Session
) -> None:
    phone, envelope = queued(cast)
    cast.clock.advance(hours=1)
    changed(cast)
    assert phone.put(envelope).status_code == 201
    page = desk.get(f"/desk/reports/{envelope['report_id']}").text
    assert NOTE in page
    assert BROKEN not in page
    assert flags(session, envelope) == []


def test_pages_carry_the_new_key_from_then_on(cast: Cast, session: Session) -> None:
    changed(cast)
    page = cast.phone().client.get(f"/b/{cast.phone().code}").text
    old, new = kids(session, cast.town.here.network.id)
    assert new in page
    assert not re.search(rf"{old}\b(?!-)", page)
    assert len(kids(session, cast.town.neighbour.id)) == 1


def test_old_keys_open_for_400_days_and_then_nobody_can(cast: Cast, desk: Desk) -> None:
    phone, envelope = queued(cast)
    phone.put(envelope)
    path = f"/desk/reports/{envelope['report_id']}"
    changed(cast)
    for days, opens in ((399, True), (2, False)):
        cast.clock.advance(days=days)
        changed(cast)
        page = cast.staff("counsellor").get(path).text
        assert (NOTE in page, GONE in page, BROKEN in page) == (opens, not opens, False)


def test_what_is_sealed_to_a_leaked_key_is_taken_and_said(cast: Cast, session: Session) -> None:
    before, (phone, during) = queued(cast), queued(cast)
    before[0].put(before[1])
    (leaked,) = kids(session, cast.town.here.network.id)
    changed(cast, note_compromise, leaked)
    assert phone.put(during).status_code == 201
    assert "key_compromised" in flags(session, during)
    desk = cast.staff("counsellor")
    for envelope in (before[1], during):
        page = desk.get(f"/desk/reports/{envelope['report_id']}").text
        assert page.count(LEAKED) == 1
        assert NOTE in page
    after_phone, after = queued(cast)
    after_phone.put(after)
    assert "key_compromised" not in flags(session, after)


def test_a_leak_replaces_the_key_once_and_stands_in_the_audit(cast: Cast, session: Session) -> None:
    (leaked,) = kids(session, cast.town.here.network.id)
    for _ in range(2):
        changed(cast, note_compromise, leaked)
    assert len(kids(session, cast.town.here.network.id)) == 2
    actions = session.exec(select(AuditEntry.action, AuditEntry.actor)).all()
    assert [one for one in actions if one[0].startswith("key.")] == [
        ("key.compromise", "operator"),
        ("key.rotate", "operator"),
    ]
    with pytest.raises(NotFound):
        changed(cast, note_compromise, "k0")


def test_a_key_nobody_knows_and_one_of_next_door_are_said(
    cast: Cast, desk: Desk, session: Session, app: FastAPI
) -> None:
    cast.clock.advance(minutes=1)
    with app.state.database.writing() as writing:
        made, _ = rotate_keys(writing, cast.town.neighbour.id, app.state.master_key, cast.clock.now)
        theirs = made.kid
    for kid in ("k0", theirs):
        phone, envelope = queued(cast)
        envelope["sealed"]["kid"] = kid
        assert phone.put(envelope).status_code == 201
        assert "key_unknown" in flags(session, envelope)
        page = desk.get(f"/desk/reports/{envelope['report_id']}").text
        assert BROKEN in page
        assert NOTE not in page


BENDINGS: list[Any] = [
    *(lambda sealed, part=part, at=at: sealed | {part: flip(sealed[part], at)}
      for part in ("enc", "ct") for at in (1, 9, 60)),
    lambda sealed: sealed | {"enc": sealed["enc"][:-4]},
    lambda sealed: sealed | {"ct": "AAAA"},
]  # fmt: skip


def test_a_seal_changed_anywhere_or_made_for_another_place_fails_closed(
    cast: Cast, desk: Desk
) -> None:
    phone = cast.phone()
    phone.pair()
    for bend in BENDINGS:
        envelope = phone.envelope()
        envelope["sealed"] = bend(sealed_note(cast, envelope["report_id"]))
        assert fails_closed(phone, desk, envelope)
    elsewhere = phone.envelope()
    elsewhere["sealed"] = sealed_note(cast, elsewhere["report_id"], purpose="result")
    assert fails_closed(phone, desk, elsewhere)


def fails_closed(phone: Phone, desk: Desk, envelope: dict[str, Any]) -> bool:
    assert phone.put(envelope).status_code == 201
    page = desk.get(f"/desk/reports/{envelope['report_id']}").text
    return BROKEN in page and NOTE not in page


def test_a_seal_made_for_another_network_fails_closed(cast: Cast, app: FastAPI) -> None:
    _, envelope = queued(cast)
    stranger, neighbour = cast.stranger_phone(), cast.town.neighbour.id
    stranger.pair()
    with app.state.database.reading() as session:
        ours = session.exec(in_network(SealingKey, cast.town.here.network.id)).one()
        theirs = session.exec(in_network(SealingKey, neighbour)).one()
    with app.state.database.writing() as session:
        # Even where both networks held the very same key.
        copy = session.get_one(SealingKey, (neighbour, theirs.id))
        secret = app.state.master_key.unwrap(
            ours.private_wrapped, f"sealing-key/{ours.network_id}/{ours.kid}"
        )
        copy.kid, copy.public_key = ours.kid, ours.public_key
        purpose = f"sealing-key/{neighbour}/{ours.kid}"
        copy.private_wrapped = app.state.master_key.wrap(secret, purpose)
    assert fails_closed(stranger, cast.stranger("counsellor"), envelope)


def flip(text: str, at: int) -> str:
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
