"""伏字 in what somebody wrote with their result."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.instructions.models import Answer
from tests.cast import Cast, Desk
from tests.desk.test_masking import chosen_on
from tests.instructions.scene import Scene

NAME = "鵺塚さん"
NOTE = f"{NAME}は、孫の口座4719206へは送らず帰られました"


@pytest.fixture
def address(scene: Scene) -> str:
    scene.release()
    assert scene.answer("acknowledgement").status_code == 303
    assert scene.answer("result", result="gone", note=NOTE, note_is_fine="yes").status_code == 303
    return f"/desk/instructions/{scene.instruction_id}/masking"


def result_of(session: Session, instruction_id: UUID) -> Answer:
    session.rollback()
    query = select(Answer).where(Answer.instruction_id == instruction_id, Answer.kind == "result")
    return session.exec(query).one()


def mask(desk: Desk, address: str) -> int:
    return int(desk.post(address, **chosen_on(desk.get(address).text)).status_code)


def test_it_is_marked_where_it_is_read_and_gone_once_masked(
    scene: Scene, address: str, session: Session
) -> None:
    before = scene.detail()
    assert f"<mark>{NAME}</mark>" in before
    assert f'href="{address}"' in before
    old = result_of(session, scene.instruction_id).sealed
    assert mask(scene.desk, address) == 303
    after = scene.detail()
    assert "「■■は、孫の口座■■へは送らず帰られました」" in after
    assert NAME not in after
    assert f"{scene.report_id}/instructions/new?template=R20" in after
    assert result_of(session, scene.instruction_id).sealed != old
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "instruction.mask")).one()
    assert entry.details == {"count": 2}
    assert "結果のひとことの個人情報を伏せた" in scene.cast.staff("clerk").get("/office/audit").text


def test_the_phone_that_tells_it_again_brings_nothing_back(scene: Scene, address: str) -> None:
    assert mask(scene.desk, address) == 303
    assert scene.answer("result", result="gone", note=NOTE, note_is_fine="yes").status_code == 303
    assert NAME not in scene.detail()


def test_of_two_who_mask_the_second_one_looks_again(scene: Scene, address: str) -> None:
    tanaka = scene.cast.staff("counsellor", 1)
    fields = chosen_on(tanaka.get(address).text)
    assert mask(scene.desk, address) == 303
    late = tanaka.post(address, **fields)
    assert late.status_code == 409
    assert "ほかの人が先に伏せました" in late.text
    assert NAME not in late.text


def test_nothing_chosen_changes_nothing(scene: Scene, address: str, session: Session) -> None:
    old = result_of(session, scene.instruction_id).sealed
    seen = chosen_on(scene.desk.get(address).text)["seen"]
    answer = scene.desk.post(address, seen=seen, part=["0-999"])
    assert answer.status_code == 422
    assert "1つは選んで" in answer.text
    assert result_of(session, scene.instruction_id).sealed == old


def test_a_result_without_a_note_has_nothing_to_mask(scene: Scene) -> None:
    address = f"/desk/instructions/{scene.instruction_id}/masking"
    for answer in (scene.desk.get(address), scene.desk.post(address, seen="x", part=["0-1"])):
        assert answer.headers["location"] == f"/desk/reports/{scene.report_id}"


def test_others_mask_nothing(cast: Cast, address: str) -> None:
    for other, status in ((cast.staff("clerk"), 403), (cast.stranger("counsellor"), 404)):
        assert other.get(address).status_code == status
        assert other.post(address, seen="x", part=["0-1"]).status_code == status


def test_a_note_that_was_altered_is_said_to_be_broken(
    scene: Scene, address: str, session: Session
) -> None:
    result = result_of(session, scene.instruction_id)
    result.sealed = (result.sealed or {}) | {"ct": "A" * 64}
    session.add(result)
    session.commit()
    detail = scene.detail()
    assert "改ざんの可能性があります" in detail
    assert address not in detail
