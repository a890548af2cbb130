"""青波市: a whole town in one transaction, with people who can sign in and nobody who exists."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlmodel import Session, func, select

from app.badges.models import Badge
from app.db import Database
from app.demo.town import TOWN, build_town
from app.networks.commands import begin_epoch
from app.operations.migrations import migrate
from app.organizations.models import Organization, Workplace
from app.sealing.custody import MasterKey, key_file
from app.staff.models import Staff
from tests.cast import Cast
from tests.towns import Town, settings_in


def test_the_town_has_its_whole_roster(session: Session, town: Town) -> None:
    here = town.here.network.id
    counts = [
        session.exec(select(func.count()).select_from(table).where(table.network_id == here)).one()
        for table in (Organization, Workplace, Badge)
    ]
    assert counts[1:] == [31, 181]
    assert len({one["number"] for one in town.badges}) == len(town.badges) == 181


def test_every_badge_opens_its_page(cast: Cast, town: Town) -> None:
    client = cast.phone().client
    for badge in town.badges[::20]:
        page = client.get(badge["url"].removeprefix("http://localhost:8000"))
        assert page.status_code == 200
        assert badge["number"] in page.text


def test_everybody_can_sign_in_with_a_password_of_their_own(cast: Cast, town: Town) -> None:
    assert len({one.password for one in town.here.staff}) == len(town.here.staff) == 4
    for role, page in (("counsellor", "/desk"), ("supervisor", "/desk"), ("clerk", "/office")):
        assert cast.staff(role).get(page).status_code == 200


def test_passwords_are_stored_as_hashes(session: Session, town: Town) -> None:
    hashes = session.exec(select(Staff.password_hash)).all()
    assert all(one and one.startswith("$argon2id$") for one in hashes)
    assert not any(one.password in "".join(map(str, hashes)) for one in town.here.staff)


def test_every_telephone_number_is_one_that_nobody_has(app: FastAPI, session: Session) -> None:
    numbers = [value for name, value in TOWN.items() if name.endswith("_tel")]
    numbers += [one for one in session.exec(select(Workplace.telephone)).all() if one]
    # No exchange begins with a zero in Japan.
    assert [one for one in numbers if not re.search(r"[-(]0{2,4}[-)]", one)] == []
    assert len(numbers) > 30


@pytest.mark.parametrize("year", [2027, 2030])
def test_its_badges_are_valid_in_every_year(tmp_path: Path, year: int) -> None:
    settings = settings_in(tmp_path)
    migrate(settings)
    database, now = Database(settings.database), datetime(year, 6, 1, tzinfo=UTC)
    with database.writing() as session:
        begin_epoch(session, now)
        build_town(session, MasterKey(key_file(tmp_path, "master")), now)
        assert set(session.exec(select(Badge.valid_until))) == {date(year + 1, 3, 31)}
    database.close()
