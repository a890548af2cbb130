"""保存期間を変える: within bounds, said at the field, and nothing changes by mistake."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from tests.cast import Cast, Desk
from tests.holdings.years import Years
from tests.towns import Town


def change(clerk: Desk, **days: str) -> object:
    usual = {
        "note": "365", "disclosure": "90", "transcribed": "7",
        "report": "1095", "message": "1095", "subscription": "180",
        "sign_in": "365", "agreement": "1827", "audit": "1825",
    }  # fmt: skip
    return clerk.post("/office/data/retention", **usual | days)


def test_the_clerk_changes_how_long_things_are_kept(cast: Cast, years: Years) -> None:
    clerk = cast.staff("clerk")
    assert change(clerk, report="400", note="400").status_code == 303  # type: ignore[attr-defined]
    assert 'value="400"' in clerk.get("/office/data/retention").text
    years.session.rollback()
    actions = years.session.exec(select(AuditEntry.action)).all()
    assert "retention.change" in actions
    years.close(years.report())
    cast.clock.now += timedelta(days=401)
    text = cast.staff("clerk").get("/office/data").text
    assert "<dt>報告と指示</dt><dd>1件</dd>" in text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("report", "10", "365日から3650日までの数字を入れてください。"),
        ("audit", "９９９９９", "1825日から3650日までの数字を入れてください。"),
        ("note", "一年", "30日から1095日までの数字を入れてください。"),
        ("note", "", "30日から1095日までの数字を入れてください。"),
        ("report", "366", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_changes_nothing(
    cast: Cast, session: Session, town: Town, field: str, typed: str, said: str
) -> None:
    clerk = cast.staff("clerk")
    fields = {"note": "500"} if not said else {}
    answer = change(clerk, **fields | {field: typed})
    assert answer.status_code == 422  # type: ignore[attr-defined]
    text = answer.text  # type: ignore[attr-defined]
    assert (said or "ひとことは、報告より長くは残せません。") in text
    assert f'value="{typed}"' in text
    assert 'role="alert"' in text
    session.rollback()
    assert session.get_one(type(town.neighbour), town.here.network.id).retention == {}
