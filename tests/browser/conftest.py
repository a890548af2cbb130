"""Real browsers on the product as a person starts it, once with SQLite and once with PostgreSQL;
and a Firefox that takes its pushes from this machine."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.chromium import launch
from tests.browser.loop.story import People
from tests.browser.quick_server import QuickServer, quick_server
from tests.browser.rig.firefox import Firefox
from tests.browser.rig.push_service import PushService
from tests.browser.server import DemoServer
from tests.postgres import Cluster


@pytest.fixture(scope="session")
def sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuickServer]:
    with quick_server(tmp_path_factory.mktemp("sqlite-demo")) as quick:
        yield quick


@pytest.fixture(scope="session")
def postgres_server(
    tmp_path_factory: pytest.TempPathFactory, cluster: Cluster
) -> Iterator[QuickServer]:
    cluster.execute("CREATE DATABASE demo")
    folder = tmp_path_factory.mktemp("postgres-demo")
    with quick_server(folder, cluster.url("demo")) as quick:
        yield quick


@pytest.fixture(params=["sqlite", "postgres"])
def server(request: pytest.FixtureRequest) -> DemoServer:
    """In a town that no story has been to. Stories about the browser alone are marked
    `only_sqlite`."""
    quick: QuickServer = request.getfixturevalue(f"{request.param}_server")
    quick.town.put_back()
    return quick.server


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Not for longer: while Playwright runs, this thread can run no other event loop."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with launch(playwright) as browser:
        yield browser


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """Of all stories, and without a window that an earlier one left open."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def people(browser: Browser, server: DemoServer) -> Iterator[People]:
    with People(browser, server) as present:
        yield present


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def firefox(service: PushService) -> Iterator[Firefox]:
    with Firefox(service.socket_url) as firefox:
        firefox.resize(390, 844)
        yield firefox
        assert firefox.outside == []
