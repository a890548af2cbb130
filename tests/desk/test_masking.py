"""伏字: what a note says of somebody goes for good; all else of the report stays."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.networks.scope import in_network
from app.reports.masking import masked, parts_of
from app.reports.models import Report
from app.sealing.envelope import Context, seal
from app.sealing.models import SealingKey
from tests.cast import Cast, Desk
from tests.scan.plain_form import PlainForm

NOTE = "鵺塚さん(0000-00-4321)が、孫の口座4719206へ30万円を送ると言う"
FOUND = {"name": "鵺塚さん", "account": "4719206"}


@pytest.fixture
def report_id(cast: Cast) -> UUID:
    form = PlainForm(cast.phone())
    assert form.send(note=NOTE, note_is_fine="yes").status_code == 303
    return form.report_id


def page_of(desk: Desk, report_id: UUID) -> str:
    answer = desk.get(f"/desk/reports/{report_id}/masking")
    assert answer.status_code == 200
    return str(answer.text)


def chosen_on(page: str) -> dict[str, Any]:
    """As a browser would send it, with what was chosen beforehand."""
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    return {"seen": seen[1], "part": re.findall(r'name="part" value="([^"]+)" checked', page)}


def mask(desk: Desk, report_id: UUID, **fields: Any) -> Any:
    return desk.post(f"/desk/reports/{report_id}/masking", **fields)


def the_report(session: Session) -> Report:
    session.rollback()
    return session.exec(select(Report)).one()


def test_every_part_can_be_chosen_and_together_they_are_the_text() -> None:
    parts = parts_of(NOTE)
    assert "".join(one.text for one in parts) == NOTE
    assert {one.kind: one.text for one in parts if one.kind in FOUND} == FOUND
    plain = next(one for one in parts if "円" in one.text)
    assert "30万円" not in masked(NOTE, [plain.code])
    assert masked("ああ、いい", ["0-2"]) == "■■、いい"


def test_what_looks_personal_is_marked_and_chosen_beforehand(desk: Desk, report_id: UUID) -> None:
    detail = desk.get(f"/desk/reports/{report_id}").text
    assert f"<mark>{FOUND['name']}</mark>" in detail
    assert f'href="/desk/reports/{report_id}/masking"' in detail
    page = page_of(desk, report_id)
    assert "名前のようです" in page
    assert len(chosen_on(page)["part"]) == len([one for one in parts_of(NOTE) if one.kind])


def test_it_is_gone_for_good_and_the_records_say_by_whom(
    cast: Cast, desk: Desk, report_id: UUID, session: Session
) -> None:
    before = the_report(session)
    fingerprint, envelope = before.fingerprint, before.envelope
    assert mask(desk, report_id, **chosen_on(page_of(desk, report_id))).status_code == 303
    detail = desk.get(f"/desk/reports/{report_id}").text
    assert "「■■(" in detail
    assert "へ30万円を送ると言う" in detail
    assert not [text for text in FOUND.values() if text in detail]
    after = the_report(session)
    assert (after.fingerprint, after.has_note) == (fingerprint, True)
    assert after.envelope != envelope
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "report.mask")).one()
    assert [*entry.details] == ["count"]
    assert "ひとことの個人情報を伏せた" in cast.staff("clerk").get("/office/audit").text


def test_whoever_wrote_it_can_be_told_without_blame(desk: Desk, report_id: UUID) -> None:
    tell = f"/desk/reports/{report_id}/instructions/new?template=R20"
    assert tell not in desk.get(f"/desk/reports/{report_id}").text
    mask(desk, report_id, **chosen_on(page_of(desk, report_id)))
    assert f'href="{tell}"' in desk.get(f"/desk/reports/{report_id}").text
    assert "責めるものではありません" in desk.get(tell).text


def test_the_phone_that_offers_it_again_brings_nothing_back(
    cast: Cast, desk: Desk, session: Session
) -> None:
    phone = cast.phone("post")
    phone.pair()
    network_id, envelope = cast.town.here.network.id, phone.envelope()
    key = session.exec(in_network(SealingKey, network_id)).one()
    context = Context(str(network_id), envelope["report_id"], "report", "note")
    envelope["sealed"] = dict(seal(NOTE, key.public_key, key.kid, context).to_dict())
    raw = json.dumps(envelope).encode()
    first = phone.put(raw)
    assert first.status_code == 201
    report_id = UUID(envelope["report_id"])
    mask(desk, report_id, **chosen_on(page_of(desk, report_id)))
    again = phone.put(raw)
    assert (again.status_code, again.content) == (200, first.content)
    assert FOUND["name"] not in desk.get(f"/desk/reports/{report_id}").text


def test_nothing_chosen_changes_nothing(desk: Desk, report_id: UUID, session: Session) -> None:
    envelope = the_report(session).envelope
    seen = chosen_on(page_of(desk, report_id))["seen"]
    for part in ([], ["0-999"], ["x"], ["0-1", "1-2"]):
        answer = mask(desk, report_id, seen=seen, part=part)
        assert answer.status_code == 422
        assert "1つは選んで" in answer.text
        assert 'role="alert"' in answer.text
    assert the_report(session).envelope == envelope


def test_of_two_who_mask_the_second_one_looks_again(
    cast: Cast, desk: Desk, report_id: UUID
) -> None:
    fields = chosen_on(page_of(desk, report_id))
    tanaka = cast.staff("counsellor", 1)
    assert mask(tanaka, report_id, **fields).status_code == 303
    late = mask(desk, report_id, **fields)
    assert late.status_code == 409
    assert "ほかの人が先に伏せました" in late.text
    assert FOUND["name"] not in late.text


def test_a_report_without_a_note_has_nothing_to_mask(cast: Cast, desk: Desk) -> None:
    report_id = cast.phone("post").report()
    back = f"/desk/reports/{report_id}"
    for answer in (desk.get(f"{back}/masking"), mask(desk, report_id, seen="x", part=["0-1"])):
        assert (answer.status_code, answer.headers["location"]) == (303, back)


def test_others_mask_nothing(cast: Cast, report_id: UUID, session: Session) -> None:
    envelope = the_report(session).envelope
    for other, status in ((cast.staff("clerk"), 403), (cast.stranger("counsellor"), 404)):
        assert mask(other, report_id, seen="x", part=["0-1"]).status_code == status
    assert the_report(session).envelope == envelope


@pytest.mark.parametrize("copied", ["sqlite"], indirect=True)
def test_the_old_bytes_leave_the_file_of_the_database(
    app: FastAPI, desk: Desk, report_id: UUID, session: Session
) -> None:
    """Also the sealed ones, though nobody but the key opens those."""
    old = the_report(session).envelope
    session.rollback()
    data: Path = app.state.settings.data_dir
    assert old in b"".join(one.read_bytes() for one in data.glob("nafuda.db*"))
    mask(desk, report_id, **chosen_on(page_of(desk, report_id)))
    checkpoint(app)
    assert old not in b"".join(one.read_bytes() for one in data.glob("nafuda.db*"))


def checkpoint(app: FastAPI) -> None:
    with app.state.database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
