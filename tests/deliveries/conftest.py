from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from tests.browser.rig.push_service import PushService


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
