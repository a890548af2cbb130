"""研修: which badges were there, typed or ticked; who hasn't been to any for a year."""

import csv
import io
import re
from datetime import date

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.networks.scope import in_network
from app.trainings.models import Attendance, Training, TrainingMaterial
from tests.cast import Cast, Desk
from tests.statements import counted
from tests.towns import Town

HELD = {"held_on": "2026-09-01", "place": "公民館", "audience": "コンビニ"}


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def numbers(session: Session, town: Town) -> list[str]:
    mine = in_network(Badge, town.here.network.id).order_by(Badge.number)
    return [one.number for one in session.exec(mine)]


def hold(clerk: Desk, **changes: str) -> str:
    answer = clerk.post("/office/trainings", **HELD | changes)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def present(session: Session) -> list[str]:
    session.rollback()
    badges = select(Badge.number).join(Attendance, Attendance.badge_id == Badge.id)  # type: ignore[arg-type]
    return sorted(session.exec(badges))


def test_numbers_are_taken_as_typed_or_as_a_pasted_column(
    clerk: Desk, session: Session, numbers: list[str]
) -> None:
    path = hold(clerk)
    typed = f"{numbers[0].lower()}、{numbers[1]} {numbers[0]}\r\n{numbers[2]}\r\n"
    assert clerk.post(f"{path}/attendances", numbers=typed).status_code == 303
    assert present(session) == numbers[:3]
    clerk.post(f"{path}/attendances", numbers=numbers[1])
    assert present(session) == numbers[:3]
    details = select(AuditEntry.details).where(AuditEntry.action == "training.attend")
    assert session.exec(details).all() == [{"count": 3}]


def test_an_unknown_number_is_named_and_nothing_typed_is_lost(
    clerk: Desk, cast: Cast, session: Session, numbers: list[str]
) -> None:
    path = hold(clerk)
    answer = clerk.post(f"{path}/attendances", numbers=f"{numbers[0]}, Z-9999, 山田")
    assert answer.status_code == 422
    assert "この番号の名札はありません:Z-9999、山田。" in answer.text
    assert f"{numbers[0]}, Z-9999, 山田</textarea>" in answer.text
    assert present(session) == []
    assert clerk.post(f"{path}/attendances", numbers=" ").status_code == 422
    many = clerk.post(f"{path}/attendances", numbers=" ".join(f"A-{n}" for n in range(501)))
    assert "一度に500枚までにしてください。" in many.text


def test_after_a_mistake_the_rest_of_a_long_list_is_still_found(
    clerk: Desk, numbers: list[str]
) -> None:
    path = hold(clerk)
    clerk.post(f"{path}/attendances", numbers=" ".join(numbers[:51]))
    page = clerk.post(f"{path}/attendances", numbers="Z-9999").text
    (address,) = re.findall(r'href="([^"]*after=[^"]*)"', page)
    assert numbers[50] in clerk.get(address).text


def test_badges_of_a_workplace_are_ticked_and_taken_off_again(
    clerk: Desk, session: Session, town: Town
) -> None:
    path = hold(clerk)
    mine = session.exec(in_network(Badge, town.here.network.id)).first()
    assert mine
    page = clerk.get(f"{path}?workplace={mine.workplace_id}").text
    assert f'value="{mine.id}"' in page
    assert "マルミ" in clerk.get(f"{path}?text=マルミ").text
    clerk.post(f"{path}/attendances", badge=str(mine.id))
    assert present(session) == [mine.number]
    badge_page = clerk.get(f"/office/badges/{mine.id}").text
    assert f'<a href="{path}">2026年9月1日</a> 公民館' in badge_page
    attendance = session.exec(select(Attendance)).one()
    other = hold(clerk)
    wrong = clerk.post(f"{other}/attendances/{attendance.id}/removal")
    assert (wrong.status_code, present(session)) == (404, [mine.number])
    assert clerk.post(f"{path}/attendances/{attendance.id}/removal").status_code == 303
    assert present(session) == []


def test_badges_without_training_in_twelve_months_are_listed(
    clerk: Desk, app: FastAPI, session: Session, town: Town, numbers: list[str]
) -> None:
    with app.state.database.writing() as writing:
        for badge in writing.exec(in_network(Badge, town.here.network.id)):
            badge.state = BadgeState.PRINTED if badge.number in numbers[:3] else BadgeState.ISSUED
    old = hold(clerk, held_on="2025-09-23")
    clerk.post(f"{old}/attendances", numbers=numbers[0])
    recent = hold(clerk, held_on="2025-09-25")
    clerk.post(f"{recent}/attendances", numbers=numbers[1])
    planned = hold(clerk, held_on="2026-10-01")
    clerk.post(f"{planned}/attendances", numbers=numbers[2])
    page = clerk.get("/office/trainings/untrained").text
    assert numbers[0] in page
    assert numbers[1] not in page
    assert numbers[2] in page
    assert numbers[3] not in page


def test_a_long_list_goes_on_where_it_stopped(
    clerk: Desk, app: FastAPI, session: Session, town: Town
) -> None:
    first = hold(clerk)
    row = session.exec(select(Training)).one()
    with app.state.database.writing() as writing:
        for place in range(50):
            shared = {"network_id": row.network_id, "created_at": row.created_at}
            writing.add(Training(**shared, held_on=date(2026, 9, 2), place=f"第{place}会場"))
    page = clerk.get("/office/trainings").text
    assert first not in page
    after = page.split("?after=")[1].split('"')[0]
    rest = clerk.get(f"/office/trainings?after={after}").text
    assert first in rest
    assert "会場" not in rest
    assert clerk.get("/office/trainings?after=x").status_code == 200


def test_the_csv_holds_numbers_and_nothing_that_calculates(
    clerk: Desk, cast: Cast, numbers: list[str]
) -> None:
    path = hold(clerk, place="=1+1", audience="@SUM(A1)")
    clerk.post(f"{path}/attendances", numbers=numbers[0])
    answer = clerk.get("/office/trainings/attendances.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["研修の日"], row["名札の番号"]) == ("2026-09-01", numbers[0])
    assert (row["場所"], row["対象"]) == ("'=1+1", "'@SUM(A1)")
    next_door = cast.stranger("clerk").get("/office/trainings/attendances.csv").text
    assert len(next_door.splitlines()) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "入力してください。"),
        ({"link": "javascript:alert(1)"}, "「https://」で始まるアドレスを入れてください。"),
        ({"link": "https://"}, "「https://」で始まるアドレスを入れてください。"),
        ({"text": ""}, "リンクか本文の、どちらかを入れてください。"),
    ],
)
def test_material_without_sense_is_refused_and_stays_typed(
    clerk: Desk, session: Session, fields: dict[str, str], said: str
) -> None:
    typed = {"title": "声掛け", "link": "", "text": "3つの問い"} | fields
    answer = clerk.post("/office/trainings/materials", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert session.exec(select(TrainingMaterial)).all() == []


def test_material_is_replaced_and_no_longer_used(clerk: Desk, session: Session) -> None:
    clerk.post("/office/trainings/materials", title="声掛け", link="https://aonami.example/a")
    material = session.exec(select(TrainingMaterial)).one()
    path = f"/office/trainings/materials/{material.id}"
    held = hold(clerk, material=str(material.id))
    clerk.post(path, title="声掛け 改", text="3つの問い")
    assert "声掛け 改" in clerk.get(held).text
    clerk.post(f"{path}/retirement")
    assert "声掛け 改" not in clerk.get("/office/trainings/new").text
    assert "声掛け 改" in clerk.get(f"{held}/edit").text
    assert clerk.post(held, **HELD, material=str(material.id)).status_code == 303
    assert clerk.post("/office/trainings", **HELD, material=str(material.id)).status_code == 422


def test_a_training_needs_a_day_and_a_place(clerk: Desk, session: Session) -> None:
    answer = clerk.post("/office/trainings", held_on="きのう", place="", audience="店長")
    assert answer.status_code == 422
    assert 'value="店長"' in answer.text
    assert answer.text.count("日付は「2026-04-01」の形で入れてください。") == 2
    assert session.exec(select(Training)).all() == []


def test_numbers_of_the_town_next_door_are_unknown_here(
    cast: Cast, clerk: Desk, session: Session, town: Town, numbers: list[str]
) -> None:
    next_door = cast.stranger("clerk")
    answer = next_door.post("/office/trainings", **HELD)
    path = answer.headers["location"]
    assert next_door.post(f"{path}/attendances", numbers=numbers[-1]).status_code == 422
    ours = session.exec(in_network(Badge, town.here.network.id)).first()
    assert ours
    next_door.post(f"{path}/attendances", badge=str(ours.id))
    assert present(session) == []
    assert clerk.get(path).status_code == 404
    assert path not in clerk.get("/office/trainings").text


def test_many_untrained_places_ask_the_database_no_more_than_one(
    clerk: Desk, cast: Cast, app: FastAPI, town: Town
) -> None:
    def asked(badges: int) -> int:
        with app.state.database.writing() as writing:
            mine = in_network(Badge, town.here.network.id).order_by(Badge.number)
            for one in writing.exec(mine.limit(badges)):
                one.state = BadgeState.PRINTED
        with counted(app) as statements:
            assert clerk.get("/office/trainings/untrained").status_code == 200
        return len(statements)

    assert asked(1) == asked(150)
