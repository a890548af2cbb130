"""A thousand live screens are a thousand open files."""

import resource
from collections.abc import Iterator

import pytest

from app.open_files import allow_many


@pytest.fixture(autouse=True)
def few() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[0] // 2, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_server_may_open_as_many_files_as_the_system_lets_it() -> None:
    allow_many()
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft == most
