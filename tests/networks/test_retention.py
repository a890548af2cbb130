"""How long things are kept: within bounds, and looked at once a night."""

from datetime import UTC, datetime, timedelta

import pytest

from app.networks.retention import BY_CODE, KINDS, Refused, days_of, differing, next_run

USUAL = {kind.code: kind.days for kind in KINDS}


def test_only_what_differs_is_kept() -> None:
    assert differing(USUAL) == {}
    assert differing(USUAL | {"report": 1000}) == {"report": 1000}
    assert days_of({"report": 1000}) == USUAL | {"report": 1000}


@pytest.mark.parametrize("code", list(USUAL))
def test_a_day_beyond_a_bound_is_refused_at_its_field(code: str) -> None:
    kind = BY_CODE[code]
    assert kind.least <= kind.days <= kind.most
    for days in (kind.least - 1, kind.most + 1):
        with pytest.raises(Refused) as refused:
            differing(USUAL | {code: days})
        assert refused.value.kind is kind


def test_a_note_may_not_outlive_its_report() -> None:
    with pytest.raises(Refused) as refused:
        differing(USUAL | {"note": 500, "report": 400})
    assert refused.value.kind.code == "note"


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 9, 24, 5, 5, tzinfo=UTC), datetime(2026, 9, 24, 18, 30, tzinfo=UTC)),
        (datetime(2026, 9, 24, 18, 29, tzinfo=UTC), datetime(2026, 9, 24, 18, 30, tzinfo=UTC)),
        (datetime(2026, 9, 24, 18, 30, tzinfo=UTC), datetime(2026, 9, 25, 18, 30, tzinfo=UTC)),
    ],
)
def test_the_next_night_is_ahead_and_within_a_day(now: datetime, night: datetime) -> None:
    assert next_run(now) == night
    assert timedelta() < next_run(now) - now <= timedelta(days=1)
