from datetime import UTC, datetime
from uuid import UUID

import pytest
from starlette.datastructures import FormData

from app.reports.forms import read_envelope
from app.reports.plain_reports import envelope_bytes, read_plain_report

NOW = datetime(2026, 9, 24, 5, 5, tzinfo=UTC)
ID = "01920000-0000-7000-8000-000000000000"


def read(*fields: tuple[str, str]):  # type: ignore[no-untyped-def]
    return read_plain_report(FormData(list(fields)), {"done"}, {"stage"})


def test_questions_with_many_answers_keep_all_and_the_others_one() -> None:
    report = read(
        ("answer-done", "told"), ("answer-done", "called"), ("answer-stage", "before"),
        ("answer-stage", "after"), ("answer-unknown", "x"),
    )  # fmt: skip
    assert report.answers == {"done": ["told", "called"], "stage": "before"}


def test_the_same_tick_twice_is_one_tick() -> None:
    assert read(("item", "CV-01"), ("item", "CV-01"), ("item", "CV-02")).items == ["CV-01", "CV-02"]


def test_more_ticks_than_an_envelope_holds_are_cut() -> None:
    assert len(read(*[("item", f"X-{n}") for n in range(99)]).items) == 60


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "²", "１", "9" * 50])
def test_a_number_that_is_none_counts_as_zero(number: str) -> None:
    report = read(("version", number), ("agreed_version", number))
    assert (report.version, report.agreed_version) == (0, 0)


def test_what_was_read_makes_an_envelope_like_a_phones() -> None:
    report = read(("report_id", ID), ("version", "3"), ("item", "CV-01"), ("answer-stage", "after"))
    envelope = read_envelope(envelope_bytes(report, "CV", None, NOW))
    assert envelope.report_id == UUID(ID)
    assert (envelope.checklist.id, envelope.checklist.version) == ("CV", 3)
    assert (envelope.items, envelope.answers) == (["CV-01"], {"stage": "after"})
    assert (envelope.client_at, envelope.device_seq) == (NOW, 0)
