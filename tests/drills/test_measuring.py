"""How a drill went, in phones and in time."""

import csv
import io

import pytest

from app.web.spreadsheets import as_csv
from tests.cast import Cast
from tests.drills.practice import Practice, practice


@pytest.fixture
def drill(cast: Cast) -> Practice:
    return practice(cast)


def test_each_step_is_counted_once_for_each_phone(drill: Practice) -> None:
    drill_id, phone = drill.start(), drill.phone.client
    assert drill.row(drill_id) == ["1", "0", "0", "0", "—", "0", "0", "0"]
    phone.post(f"/api/messages/{drill_id}/receipts", json={"kind": "delivered"})
    phone.post(f"/drills/{drill_id}/opening")
    assert drill.row(drill_id)[:4] == ["1", "1", "1", "0"]
    drill.cast.clock.advance(seconds=95)
    report_id = drill.report(drill_id)
    drill.cast.clock.advance(seconds=60)
    drill.report(drill_id)
    drill.instruct(report_id)
    drill.acknowledge(report_id)
    assert drill.row(drill_id) == ["1", "1", "1", "1", "1分35秒", "1", "1", "0"]


def test_whoever_reported_has_opened_it(drill: Practice) -> None:
    drill_id = drill.start()
    drill.report(drill_id)
    assert drill.row(drill_id)[:5] == ["1", "0", "1", "1", "0分00秒"]


def test_a_phone_that_joins_later_counts_from_its_report_on(drill: Practice) -> None:
    drill_id = drill.start()
    late = drill.cast.phone()
    late.pair()
    assert drill.row(drill_id)[0] == "1"
    drill.report(drill_id, late)
    assert drill.row(drill_id)[:4] == ["2", "0", "1", "1"]


def test_workplaces_stand_beside_each_other_and_their_sum_below(drill: Practice) -> None:
    bank = drill.cast.phone("finance")
    bank.pair()
    both = [drill.workplace_id(), drill.workplace_id("finance")]
    drill_id = drill.start(workplace=both)
    drill.report(drill_id, bank)
    text = drill.clerk.get(f"/office/drills/{drill_id}/results.csv").content.decode("utf-8-sig")
    header, *lines, total = list(csv.reader(io.StringIO(text)))
    assert header[:2] == ["事業所・店舗", "対象の端末"]
    assert sorted(line[4] for line in lines) == ["0", "1"]
    assert total[:5] == ["合計", "2", "0", "1", "1"]


def test_the_desk_reads_the_same_figures(drill: Practice) -> None:
    drill_id = drill.start()
    drill.report(drill_id)
    results = 'id="results">'
    at_the_desk = drill.desk.get(f"/desk/drills/{drill_id}").text.split(results)[1]
    in_the_office = drill.clerk.get(f"/office/drills/{drill_id}").text.split(results)[1]
    assert at_the_desk.split("</table>")[0] == in_the_office.split("</table>")[0]


def test_a_name_that_a_spreadsheet_would_calculate_stays_a_name() -> None:
    text = as_csv(["場所"], [["=1+1"], ["@x"], ["マルミ"], [3]]).decode("utf-8-sig")
    assert text.split() == ["場所", "'=1+1", "'@x", "マルミ", "3"]
