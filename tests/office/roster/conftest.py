"""Two clerks: of 青波市 and of 北山町."""

import pytest

from tests.cast import Cast, Desk


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def next_door(cast: Cast) -> Desk:
    """北山町, which has one organization with one badge."""
    return cast.stranger("clerk")
