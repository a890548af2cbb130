"""A phone in Safari, and apps that were installed from it."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.badges.records import ask_for_workplace_code, workplace_code
from tests.cast import Cast, Phone
from tests.home.handing_over import SAFARI
from tests.near import NearClient


@pytest.fixture
def safari(cast: Cast) -> Phone:
    """A phone with its inbox, in a network that asks for the workplace's code."""
    ask_for_workplace_code(cast.app, cast.town)
    phone = cast.phone()
    phone.client.headers |= SAFARI
    phone.pair(workplace_code=workplace_code(cast.app, phone.code), call_name="早番A")
    return phone


@pytest.fixture
def installed(app: FastAPI) -> Callable[..., TestClient]:
    """An app without anything, at some address."""

    def open_app(address: str = "203.0.113.7") -> TestClient:
        return NearClient(app, follow_redirects=False, client=(address, 50_000), headers=SAFARI)

    return open_app
