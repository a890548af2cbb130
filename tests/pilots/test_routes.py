"""試行: workplaces answer before and after without a name; results never point at anybody."""

import csv
import io
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.networks.scope import in_network
from app.organizations.models import Workplace
from app.pilots.models import Pilot, Survey, SurveyAnswer
from tests.cast import Cast, Desk
from tests.statements import counted
from tests.towns import StandingClock, Town

PERIOD = {"name": "秋の試行", "begins_on": "2026-09-20", "ends_on": "2026-11-20"}
TICKS = {"aware": "always", "shares": ["meeting", "mail"]}


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def place(session: Session, town: Town) -> Workplace:
    found = session.exec(in_network(Workplace, town.here.network.id)).first()
    assert found
    return found


@pytest.fixture
def path(clerk: Desk, place: Workplace) -> str:
    """A pilot that one workplace takes part in."""
    answer = clerk.post("/office/pilots", **PERIOD)
    assert answer.status_code == 303, answer.text
    path = str(answer.headers["location"])
    assert clerk.post(f"{path}/workplaces", workplace=str(place.id)).status_code == 303
    return path


def survey(session: Session, phase: str = "before") -> Survey:
    session.rollback()
    return session.exec(select(Survey).where(Survey.phase == phase)).one()


def answers(session: Session) -> list[SurveyAnswer]:
    session.rollback()
    return list(session.exec(select(SurveyAnswer)))


def tick(client: TestClient, code: str, **fields: Any) -> Any:
    return client.post(f"/q/{code}", data=fields or TICKS)


def test_anybody_with_the_code_answers_in_their_language(
    client: TestClient, session: Session, path: str
) -> None:
    code = survey(session).code
    for address in (f"/Q/{code}", f"/q/{code.lower()}"):
        assert "秋の試行" in client.get(address).text
    assert "Do you know what to do" not in client.get(f"/q/{code}").text
    assert "do you know what to do?" in client.get(f"/q/{code}?lang=en").text
    assert "<rt>しつもん</rt>" in client.get(f"/q/{code}?lang=easy").text
    answer = tick(client, code)
    assert answer.headers["location"] == f"/q/{code}?done=yes"
    assert "回答を受け付けました" in client.get(answer.headers["location"]).text
    tick(client, code)
    assert [one.ticks for one in answers(session)] == [
        {"aware": ["always"], "shares": ["meeting", "mail"]}
    ] * 2


def test_what_is_no_answer_is_not_kept(client: TestClient, session: Session, path: str) -> None:
    code = survey(session).code
    empty = tick(client, code, aware="=1+1", other="x")
    assert empty.status_code == 422
    assert "1つ以上の問いに答えてください。" in empty.text
    tick(client, code, aware=["always", "never"], knows="\x00")
    assert [one.ticks for one in answers(session)] == [{"aware": ["always"]}]
    for wrong in ("23456789ABC", "x", "%00"):
        assert client.get(f"/q/{wrong}").status_code == 404
        assert tick(client, wrong).status_code == 404


def test_a_form_outside_its_time_says_when(
    client: TestClient, session: Session, path: str, clock: StandingClock
) -> None:
    after = survey(session, "after").code
    page = client.get(f"/q/{after}").text
    assert "2026年11月7日 から 2026年12月17日 まで答えられます。" in page
    assert 'name="aware"' not in page
    assert tick(client, after).status_code == 409
    clock.advance(days=60)
    assert tick(client, after).status_code == 303
    assert tick(client, survey(session).code).status_code == 409


def test_a_flood_is_stopped_and_goes_on_later(
    client: TestClient, clerk: Desk, session: Session, path: str, clock: StandingClock
) -> None:
    one = survey(session)
    assert {tick(client, one.code).status_code for _ in range(40)} == {303}
    assert tick(client, one.code).status_code == 429
    assert clerk.post(f"{path}/surveys/{one.id}", **TICKS).status_code == 303
    clock.advance(minutes=11)
    assert tick(client, one.code).status_code == 303
    assert len(answers(session)) == 42


def test_paper_is_typed_in_and_audited_without_its_content(
    clerk: Desk, session: Session, path: str
) -> None:
    one = survey(session)
    assert clerk.post(f"{path}/surveys/{one.id}").status_code == 422
    assert clerk.post(f"{path}/surveys/{one.id}", **TICKS).status_code == 303
    assert "いままでの回答 1人" in clerk.get(f"{path}/surveys/{one.id}").text
    (answer,) = answers(session)
    assert answer.from_paper
    action = select(AuditEntry.details).where(AuditEntry.action == "pilot.answer_from_paper")
    assert session.exec(action).all() == [{}]
    other = clerk.post("/office/pilots", **PERIOD).headers["location"]
    assert clerk.get(f"{other}/surveys/{one.id}").status_code == 404


def rows(clerk: Desk, path: str) -> dict[str, tuple[str, str]]:
    answer = clerk.get(f"{path}/result.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
    return {line[1]: (line[2], line[3]) for line in lines[:5]}


def test_results_count_both_times_and_hide_the_few(
    client: TestClient, cast: Cast, session: Session, path: str, clock: StandingClock
) -> None:
    before, after = survey(session).code, survey(session, "after").code
    for choice in ["always"] * 6 + ["never"] * 5:
        tick(client, before, aware=choice)
    clock.advance(days=60)
    for choice in ["always"] * 6 + ["never"] * 2:
        tick(client, after, aware=choice)
    clerk = cast.staff("clerk")
    assert rows(clerk, path)["答えた人"] == ("11", "受付中")
    assert rows(clerk, path)["いつも気にかけている"] == ("6", "—")
    page = clerk.get(path).text
    assert "2026年12月17日 の次の日から出ます" in page
    assert "8人中" not in page
    clock.advance(days=25)
    clerk = cast.staff("clerk")
    assert rows(clerk, path) == {
        "答えた人": ("11", "8"),
        "いつも気にかけている": ("6", "5以上"),
        "ときどき気にかけている": ("0", "0"),
        "あまり気にかけていない": ("0", "0"),
        "気にかけたことがない": ("5", "1〜4"),
    }
    page = clerk.get(path).text
    assert "5以上" in page
    assert "11人中" in page


def test_the_result_is_one_page(clerk: Desk, path: str) -> None:
    clerk.post(f"{path}/review", good="朝礼で話せた", better="紙を短く")
    answer = clerk.get(f"{path}/result.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    assert len(document) == 1
    text = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    for said in ("秋の試行結果", "朝礼で話せた", "紙を短く", "答えた人", "参加1か所"):
        assert said in text


def test_slips_say_the_workplace_and_its_address(clerk: Desk, session: Session, path: str) -> None:
    answer = clerk.get(f"{path}/slips/before.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = "".join(document[0].get_textpage().get_text_range().split())
    picture = document[0].render(scale=3).to_pil()
    document.close()
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == f"HTTP://LOCALHOST:8000/Q/{survey(session).code}"
    assert "令和8年10月3日まで" in text
    assert clerk.get(f"{path}/slips/x.pdf").status_code == 404
    empty = clerk.post("/office/pilots", **PERIOD).headers["location"]
    assert clerk.get(f"{empty}/slips/after.pdf").status_code == 303


def test_a_workplace_comes_once_and_goes_only_without_answers(
    client: TestClient, clerk: Desk, session: Session, path: str, place: Workplace
) -> None:
    clerk.post(f"{path}/workplaces", workplace=str(place.id))
    session.rollback()
    assert len(session.exec(select(Survey)).all()) == 2
    assert clerk.post(f"{path}/workplaces", workplace="x").status_code == 422
    clerk.post(f"{path}/workplaces/{place.id}/removal")
    session.rollback()
    assert session.exec(select(Survey)).all() == []
    clerk.post(f"{path}/workplaces", workplace=str(place.id))
    tick(client, survey(session).code)
    assert clerk.post(f"{path}/workplaces/{place.id}/removal").status_code == 409
    assert len(answers(session)) == 1


def test_a_pilot_ends_after_it_begins(clerk: Desk, session: Session) -> None:
    answer = clerk.post("/office/pilots", **PERIOD | {"ends_on": "2026-09-19"})
    assert answer.status_code == 422
    assert "終わりの日は、始まりの日より後にしてください。" in answer.text
    assert 'value="秋の試行"' in answer.text
    assert session.exec(select(Pilot)).all() == []


def test_too_long_a_review_stays_typed(clerk: Desk, path: str) -> None:
    answer = clerk.post(f"{path}/review", good="あ" * 2001, better="短く")
    assert answer.status_code == 422
    assert "短く</textarea>" in answer.text


def test_the_town_next_door_has_its_own(
    cast: Cast, clerk: Desk, session: Session, path: str, place: Workplace
) -> None:
    next_door = cast.stranger("clerk")
    assert next_door.get(path).status_code == 404
    assert "秋の試行" not in next_door.get("/office/pilots").text
    own = next_door.post("/office/pilots", **PERIOD).headers["location"]
    assert next_door.post(f"{own}/workplaces", workplace=str(place.id)).status_code == 404


def test_many_workplaces_ask_the_database_no_more_than_one(
    clerk: Desk, cast: Cast, session: Session, town: Town, path: str
) -> None:
    def asked() -> int:
        with counted(cast.app) as statements:
            assert clerk.get(path).status_code == 200
        return len(statements)

    alone = asked()
    for one in session.exec(in_network(Workplace, town.here.network.id).limit(12)).all():
        clerk.post(f"{path}/workplaces", workplace=str(one.id))
    assert asked() == alone
