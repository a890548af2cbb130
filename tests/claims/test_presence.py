"""A colleague who writes is named to the others, for half a minute; what they write isn't told."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from app.claims.models import Presence
from app.networks.models import Counter
from tests.cast import Cast, Desk

SAID = "佐藤さんが書いています"


def tell(desk: Desk, report_id: UUID, writing: str = "1") -> Any:
    return desk.post(f"/desk/reports/{report_id}/presence", writing=writing)


def pulse(session: Session, cast: Cast) -> int:
    session.rollback()
    key = (cast.town.here.network.id, "pulse")
    return session.get_one(Counter, key).value


def test_others_read_who_writes_in_the_row_and_in_the_report(cast: Cast) -> None:
    report_id = cast.phone().report()
    sato, tanaka = cast.staff("counsellor"), cast.staff("counsellor", 1)
    assert tell(sato, report_id).status_code == 303
    for path in ("/desk", f"/desk/reports/{report_id}"):
        assert SAID in tanaka.get(path).text
        assert SAID not in sato.get(path).text


def test_it_dies_after_thirty_seconds(cast: Cast) -> None:
    report_id = cast.phone().report()
    sato, tanaka = cast.staff("counsellor"), cast.staff("counsellor", 1)
    tell(sato, report_id)
    cast.clock.advance(seconds=29)
    assert SAID in tanaka.get("/desk").text
    cast.clock.advance(seconds=1)
    assert SAID not in tanaka.get("/desk").text


def test_whoever_sent_it_writes_no_more(cast: Cast) -> None:
    report_id = cast.phone().report()
    sato, tanaka = cast.staff("counsellor"), cast.staff("counsellor", 1)
    tell(sato, report_id)
    sato.instruct(report_id)
    assert SAID not in tanaka.get("/desk").text


def test_opening_alone_claims_no_writing(cast: Cast) -> None:
    report_id = cast.phone().report()
    tell(cast.staff("counsellor"), report_id, writing="")
    assert "書いています" not in cast.staff("counsellor", 1).get("/desk").text


def test_other_desks_are_only_woken_when_it_begins(cast: Cast, session: Session) -> None:
    report_id, sato = cast.phone().report(), cast.staff("counsellor")
    before = pulse(session, cast)
    tell(sato, report_id, writing="")
    assert pulse(session, cast) == before
    tell(sato, report_id)
    assert pulse(session, cast) == before + 1
    for _ in range(3):
        cast.clock.advance(seconds=10)
        tell(sato, report_id)
    assert pulse(session, cast) == before + 1
    assert session.exec(select(Presence)).one().writing_at == cast.clock.now


def test_an_odd_sign_is_no_error_of_ours(cast: Cast) -> None:
    report_id, sato = cast.phone().report(), cast.staff("counsellor")
    assert tell(sato, report_id, writing="x" * 500).status_code == 422
