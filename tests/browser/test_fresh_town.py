"""What a story leaves is gone before the next one, while the server runs."""

import httpx2
import pytest
from sqlmodel import col, func, select

from app.networks.models import Counter
from app.reports.models import Report
from tests.browser.loop.people import TICKED
from tests.browser.quick_server import QuickServer

pytestmark = pytest.mark.browser


def standing(quick: QuickServer) -> tuple[int, int]:
    """How many reports there are, and the sum of all pulses."""
    with quick.town.database.reading() as session:
        pulse = select(func.sum(col(Counter.value))).where(Counter.kind == "pulse")
        reports = select(func.count()).select_from(Report)
        return session.exec(reports).one(), session.exec(pulse).one() or 0


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_reports_go_and_the_pulse_goes_on(kind: str, request: pytest.FixtureRequest) -> None:
    quick: QuickServer = request.getfixturevalue(f"{kind}_server")
    path = f"{quick.server.base}/b/{quick.server.code()}/reports"
    for _ in range(2):
        quick.town.put_back()
        before, beat = standing(quick)
        assert httpx2.post(path, data=TICKED).status_code == 303
        assert standing(quick)[0] == before + 1
        quick.town.put_back()
        assert standing(quick)[0] == before
        assert standing(quick)[1] > beat
