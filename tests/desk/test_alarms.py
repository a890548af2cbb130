"""いま目の前: the desk rings on every page until somebody takes it, and nobody is told too much."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.alarms.models import TalkLine, Watch
from app.audit.models import AuditEntry
from app.ids import new_id
from app.reports.models import Report
from app.staff.models import DeskPresence
from tests.cast import Cast, Desk, Phone

HERE: dict[str, Any] = {"items": ["CV-01"], "answers": {"still_here": "yes"}}
RINGS = "いま目の前</b>"


@pytest.fixture
def sato(cast: Cast) -> Desk:
    return cast.staff("counsellor")


@pytest.fixture
def tanaka(cast: Cast) -> Desk:
    return cast.staff("counsellor", 1)


def rings(desk: Desk, path: str = "/desk/alarm") -> bool:
    return RINGS in desk.get(path).text


def say(desk: Desk, report_id: UUID, **fields: str) -> Any:
    return desk.post(f"/desk/reports/{report_id}/talk", **fields)


def test_it_rings_on_every_page_of_the_desk_until_somebody_claims(
    phone: Phone, sato: Desk, tanaka: Desk
) -> None:
    report_id = phone.report(**HERE)
    pages = ("/desk", "/desk/done", "/desk/duty", "/desk/calls", "/desk/missing", "/office/bylaws")
    assert [path for path in pages if not rings(sato, path)] == []
    assert rings(tanaka)
    tanaka.post(f"/desk/reports/{report_id}/claim")
    assert not rings(sato)
    assert not rings(tanaka)


def test_the_office_hears_nothing_of_it(cast: Cast, phone: Phone) -> None:
    phone.report(**HERE)
    clerk = cast.staff("clerk")
    assert 'id="alarm"' not in clerk.get("/office").text
    assert not rings(cast.stranger("counsellor"), "/desk")


@pytest.mark.parametrize(
    ("answers", "item", "does"),
    [
        ({"still_here": "yes"}, "CV-01", True),
        ({"still_here": "no"}, "CV-01", False),
        ({"still_here": "phone"}, "CV-01", False),
        ({"still_here": "no", "stage": "during"}, "CV-08", True),
        ({"still_here": "yes"}, "CV-08", False),
        ({}, "CV-01", False),
    ],
)
def test_it_rings_only_while_they_are_there_and_it_is_urgent_or_they_pay(
    phone: Phone, sato: Desk, answers: dict[str, str], item: str, does: bool
) -> None:
    phone.report(items=[item], answers=answers)
    assert rings(sato) is does


def test_what_a_phone_brings_hours_later_does_not_ring(
    cast: Cast, phone: Phone, sato: Desk
) -> None:
    long_ago = cast.clock.now.isoformat()
    cast.clock.advance(minutes=31)
    phone.report(**HERE, client_at=long_ago)
    assert not rings(sato)


def test_it_ends_when_the_worker_says_that_they_left(phone: Phone, sato: Desk) -> None:
    report_id = phone.report(**HERE)
    answer = phone.client.post(f"/reports/{report_id}/replies", data={"phrase": "gone"})
    assert answer.status_code == 303
    assert not rings(sato)


def test_it_ends_with_an_answer_and_after_half_an_hour(
    cast: Cast, phone: Phone, sato: Desk
) -> None:
    sato.instruct(phone.report(**HERE))
    assert not rings(sato)
    phone.report(**HERE)
    assert rings(sato)
    cast.clock.advance(minutes=30)
    assert not rings(sato)


def test_looking_silences_it_and_it_comes_back_if_they_leave(
    cast: Cast, phone: Phone, sato: Desk, tanaka: Desk, session: Session
) -> None:
    report_id = phone.report(**HERE)
    assert sato.post(f"/desk/reports/{report_id}/watch").status_code == 303
    sato.post(f"/desk/reports/{report_id}/watch")
    assert not rings(tanaka)
    assert "いま見ている人: 佐藤" in tanaka.get(f"/desk/reports/{report_id}").text
    cast.clock.advance(minutes=3)
    assert rings(tanaka)
    noted = session.exec(select(AuditEntry).where(AuditEntry.action == "report.watch"))
    assert len(noted.all()) == 1


def test_a_page_in_sight_is_proof_and_written_seldom(
    cast: Cast, phone: Phone, sato: Desk, session: Session
) -> None:
    report_id = phone.report(**HERE)
    path = f"/desk/reports/{report_id}/opening"
    assert sato.post(path).status_code == 204
    began = cast.clock.now
    for seconds, last_seen in ((19, 0), (1, 20), (10, 20)):
        cast.clock.advance(seconds=seconds)
        sato.post(path)
        session.rollback()
        watch = session.exec(select(Watch)).one()
        assert (watch.seen_at - began).total_seconds() == last_seen
    assert rings(sato), "to look isn't to take"


def test_on_a_call_ones_own_screens_are_silent_and_others_ring(
    phone: Phone, sato: Desk, tanaka: Desk
) -> None:
    tanaka.post("/desk/presence")
    assert sato.post("/desk/on-call", on="yes").status_code == 303
    phone.report(**HERE)
    bar = sato.get("/desk/alarm").text
    assert 'data-sounding="0"' in bar
    assert "通話中です" in bar
    assert "ほかに1人が受信箱にいます" in bar
    assert 'data-sounding="1"' in tanaka.get("/desk/alarm").text
    sato.post("/desk/on-call")
    assert 'data-sounding="1"' in sato.get("/desk/alarm").text


def test_a_call_that_nobody_ended_is_over_after_an_hour(
    cast: Cast, phone: Phone, sato: Desk
) -> None:
    sato.post("/desk/on-call", on="yes")
    cast.clock.advance(minutes=60)
    phone.report(**HERE, client_at=cast.clock.now.isoformat())
    assert rings(sato)


def test_presence_is_written_every_twenty_seconds_at_most(
    cast: Cast, sato: Desk, session: Session
) -> None:
    seen = []
    for seconds in (0, 19, 1):
        cast.clock.advance(seconds=seconds)
        assert sato.post("/desk/presence").status_code == 204
        session.rollback()
        seen.append(session.exec(select(DeskPresence)).one().seen_at)
    assert seen[0] == seen[1] < seen[2]


def test_a_short_line_is_said_once_and_claims(phone: Phone, sato: Desk, session: Session) -> None:
    report_id, line_id = phone.report(**HERE), str(new_id())
    for _ in range(2):
        assert say(sato, report_id, line_id=line_id, phrase="manager").status_code == 303
    assert session.exec(select(TalkLine)).one().phrase == "manager"
    assert session.exec(select(Report)).one().claimed_by_id
    assert "店長に代わってください" in sato.get(f"/desk/reports/{report_id}").text


def test_of_two_who_speak_at_once_one_has_it_and_the_other_reads_the_name(
    phone: Phone, sato: Desk, tanaka: Desk, session: Session
) -> None:
    report_id = phone.report(**HERE)
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda one: say(one, report_id, phrase="wait"), (sato, tanaka)))
    assert sorted(one.status_code for one in answers) == [303, 409]
    lost = next(one for one in answers if one.status_code == 409)
    assert "さんが先に担当しました" in lost.text
    assert len(session.exec(select(TalkLine)).all()) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": " "}, "送る言葉を書いてください"),
        ({"text": "あ" * 61}, "60字まで"),
        ({"text": "山田さんに代わって"}, "名前や番号のような文字"),
        ({"phrase": "dance"}, "1つ選んでください"),
    ],
)
def test_a_line_that_cannot_be_sent_stays_typed_and_changes_nothing(
    phone: Phone, sato: Desk, session: Session, fields: dict[str, str], words: str
) -> None:
    report_id = phone.report(**HERE)
    answer = say(sato, report_id, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{fields.get("text", "")}"' in answer.text
    assert session.exec(select(TalkLine)).all() == []
    assert session.exec(select(Report)).one().claimed_by_id is None


def test_what_only_looks_like_a_name_may_be_sent_on_purpose(phone: Phone, sato: Desk) -> None:
    fields = {"text": "山田さんに代わって", "is_fine": "yes"}
    assert say(sato, phone.report(**HERE), **fields).status_code == 303


def test_what_left_ends_the_short_lines(cast: Cast, phone: Phone, sato: Desk) -> None:
    """Before that it may be taken back, and the phone shows nothing of it."""
    report_id = phone.report(**HERE)
    say(sato, report_id, phrase="wait")
    sato.instruct(report_id)
    assert say(sato, report_id, phrase="wait").status_code == 303
    cast.clock.advance(seconds=10)
    assert say(sato, report_id, phrase="manager").status_code == 409
    answer = phone.client.post(f"/reports/{report_id}/replies", data={"phrase": "yes"})
    assert answer.status_code == 409
    assert "短い言葉は終わりました" in sato.get(f"/desk/reports/{report_id}").text


def test_a_reply_stands_in_its_order_at_the_desk(cast: Cast, phone: Phone, sato: Desk) -> None:
    report_id = phone.report(**HERE)
    say(sato, report_id, phrase="manager")
    cast.clock.advance(seconds=5)
    line = {"phrase": "cannot", "line_id": str(new_id())}
    for _ in range(2):
        phone.client.post(f"/reports/{report_id}/replies", data=line)
    talk = sato.get(f"/desk/reports/{report_id}").text.split('class="talk"')[1].split("</ol>")[0]
    assert talk.index("店長に代わって") < talk.rindex("できません")
    assert talk.count("できません") == 1


@pytest.mark.parametrize("path", ["opening", "watch", "talk"])
def test_another_networks_report_is_not_there(cast: Cast, phone: Phone, path: str) -> None:
    report_id = phone.report(**HERE)
    answer = cast.stranger("counsellor").post(f"/desk/reports/{report_id}/{path}", phrase="wait")
    assert answer.status_code == 404
