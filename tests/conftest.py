"""Every test with a database runs on SQLite and on PostgreSQL, on a copy of the same town."""

import asyncio
import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.deliveries.dispatch import Dispatcher
from app.organizations.models import Workplace
from app.settings import Settings
from app.worker import HANDLERS, lanes
from tests.apps import next_app
from tests.browser.rig.push_service import PushService
from tests.cast import Cast
from tests.deliveries.mail_server import HOST, MailRig
from tests.instructions.scene import Scene
from tests.near import NearClient
from tests.postgres import Cluster, running_cluster
from tests.spare_town import SpareTown
from tests.towns import StandingClock, Town, build, settings_in

A_LOT = 1_000_000


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first, whatever order chance gave: begun last, they would end alone. One group in
    one process: xdist 3.8 adds the group to the attribute that held a test's name until pytest 9.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        if name := getattr(item, "_nodeid", ""):
            item._id = item.id.parse(name)


def pytest_collection_finish() -> None:
    """Python would look for garbage among all modules and routes every few tests."""
    gc.disable()
    gc.freeze()


def pytest_runtest_logfinish() -> None:
    if gc.get_count()[0] > A_LOT:
        gc.collect()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def sqlite_town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Town]:
    folder = tmp_path_factory.mktemp("sqlite-town")
    return folder, build(settings_in(folder))


@pytest.fixture(scope="session")
def postgres_town(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> tuple[Path, Town]:
    folder = tmp_path_factory.mktemp("postgres-town")
    cluster.execute("CREATE DATABASE town")
    return folder, build(settings_in(folder, cluster.url("town")))


@pytest.fixture(scope="session")
def spare_town(postgres_town: tuple[Path, Town], cluster: Cluster) -> Iterator[SpareTown]:
    spare = SpareTown(cluster, "spare_town", template="town")
    yield spare
    spare.close()


@pytest.fixture(params=["sqlite", "postgres"])
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Settings, Town]]:
    """The town's own database and keys for one test."""
    folder, town = request.getfixturevalue(f"{request.param}_town")
    data = tmp_path / "data"
    shutil.copytree(folder, data)
    if request.param == "sqlite":
        yield settings_in(data), town
        return
    spare: SpareTown = request.getfixturevalue("spare_town")
    yield settings_in(data, spare.cluster.url(spare.name)), town
    spare.put_back()


@pytest.fixture
def settings(copied: tuple[Settings, Town]) -> Settings:
    return copied[0]


@pytest.fixture
def town(copied: tuple[Settings, Town]) -> Town:
    return copied[1]


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def app(settings: Settings, clock: StandingClock) -> Iterator[FastAPI]:
    app = next_app(settings, clock)
    yield app
    app.state.report_writer.close()
    app.state.database.close()


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return NearClient(app, follow_redirects=False)


@pytest.fixture
def cast(app: FastAPI, town: Town, clock: StandingClock) -> Cast:
    return Cast(app, town, clock)


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: FastAPI) -> Iterator[MailRig]:
    """The server's mail goes to this one; every workplace has an address."""
    with MailRig(tmp_path) as rig:
        monkeypatch.setenv("SSL_CERT_FILE", str(rig.trusted))
        settings = app.state.settings
        settings.smtp_host, settings.smtp_port = HOST, rig.port
        settings.smtp_sender = "nafuda@aonami.example"
        with app.state.database.writing() as session:
            for workplace in session.exec(select(Workplace)):
                workplace.email = "tencho@marumi.example"
        yield rig


@pytest.fixture(scope="session")
def running_push_service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def push_service(running_push_service: PushService, app: FastAPI) -> PushService:
    """A push service on loopback that this app may send to."""
    running_push_service.log.clear()
    app.state.settings.push_origins = (running_push_service.origin,)
    return running_push_service


@pytest.fixture
def session(app: FastAPI) -> Iterator[Session]:
    """For looking at rows. Changes made through the app are seen after `session.rollback()`."""
    with app.state.database.reading() as session:
        yield session


@pytest.fixture
def work(app: FastAPI, clock: StandingClock) -> Callable[[], int]:
    """Let the worker do everything that is due, once; returns how many items that were."""

    def work_now() -> int:
        async def run() -> int:
            state = app.state
            by_kind = lanes(state.settings, state.master_key)
            dispatcher = Dispatcher(state.database, clock, HANDLERS, by_kind)
            try:
                return await dispatcher.work_once()
            finally:
                await dispatcher.close()

        return asyncio.run(run())

    return work_now


@pytest.fixture
def scene(cast: Cast, work: Callable[[], int]) -> Scene:
    """さくら reported, 佐藤 wrote R05 a moment ago; it hasn't left yet."""
    phone, desk = cast.phone(), cast.staff("counsellor")
    report_id = phone.report()
    return Scene(cast, phone, desk, report_id, desk.instruct(report_id), work)
