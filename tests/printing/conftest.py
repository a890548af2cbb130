import pytest

from app.printing.badge_sheet import render_badge_sheet
from tests.printing.examples import TEXT, cards


@pytest.fixture(scope="session")
def eleven() -> bytes:
    return render_badge_sheet(cards(11), TEXT)
