"""青波市: a whole town in one transaction, with people who can sign in and nobody who exists."""

import re

from fastapi import FastAPI
from sqlmodel import Session, func, select

from app.badges.models import Badge
from app.demo.town import TOWN
from app.organizations.models import Organization, Workplace
from app.staff.models import Staff
from tests.cast import Cast
from tests.towns import Town


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
