"""Memory that stays is not looked at again."""

import gc
from collections.abc import Iterator

import pytest

from app.memory import settle


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_there_is_left_alone_by_the_collector() -> None:
    before = len(gc.get_objects())
    settle()
    assert gc.get_freeze_count() > before / 2
    assert len(gc.get_objects()) < before / 2
