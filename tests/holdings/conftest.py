import pytest
from sqlmodel import Session

from tests.cast import Cast, Desk
from tests.holdings.years import Work, Years


@pytest.fixture
def years(cast: Cast, work: Work, session: Session) -> Years:
    return Years(cast, work, session)


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")
