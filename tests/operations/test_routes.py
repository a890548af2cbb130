"""What machines ask: up, ready, how much is late; and no data in any of the answers."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlmodel import Session

from app.deliveries.outbox import enqueue
from app.operations.health import overdue_items, readiness
from tests.towns import StandingClock, Town


def put_late(app: FastAPI, town: Town, clock: StandingClock, count: int, **late: float) -> None:
    with app.state.database.writing() as session:
        for _ in range(count):
            due_at = clock.now - timedelta(**late)
            enqueue(session, town.here.network.id, "report.arrived", {}, due_at)


def test_a_running_server_is_up_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"up": True}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"database": True, "fonts": True, "outbox_overdue": 0}


def test_a_server_without_its_database_is_up_but_not_ready(app: FastAPI) -> None:
    with app.state.database.writing() as session:
        session.connection().execute(text("ALTER TABLE outbox_item RENAME TO away"))
    client = TestClient(app, raise_server_exceptions=False)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code >= 500


def test_what_is_five_minutes_late_is_counted(
    app: FastAPI, town: Town, clock: StandingClock, session: Session
) -> None:
    put_late(app, town, clock, 3, minutes=5, seconds=1)
    put_late(app, town, clock, 4, minutes=4)
    assert overdue_items(session, clock.now) == 3
    assert readiness(session, clock.now)["outbox_overdue"] == 3


def test_fifty_stands_for_fifty_or_more(
    app: FastAPI, town: Town, clock: StandingClock, session: Session
) -> None:
    put_late(app, town, clock, 60, hours=1)
    assert overdue_items(session, clock.now) == 50


def test_measurements_are_for_this_machine_only(
    app: FastAPI, town: Town, clock: StandingClock, client: TestClient
) -> None:
    put_late(app, town, clock, 2, hours=1)
    assert 'nafuda_outbox_overdue{network="aonami"} 2.0' in client.get("/metrics").text
    street = TestClient(app, client=("203.0.113.9", 1234))
    assert street.get("/metrics").status_code == 403
    forwarded = {"x-forwarded-for": "127.0.0.1"}
    assert street.get("/metrics", headers=forwarded).status_code == 403


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_app_can_be_installed(client: TestClient, language: str) -> None:
    answer = client.get("/manifest.webmanifest", params={"lang": language})
    manifest = answer.json()
    assert answer.headers["content-type"].startswith("application/manifest+json")
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200


def test_the_service_worker_is_always_asked_for_anew(client: TestClient) -> None:
    answer = client.get("/service-worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
