"""Whoever asks from near gets the answer that everybody gets, wherever they ask from."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.near import NearClient


@pytest.fixture
def near() -> NearClient:
    app = FastAPI()

    @app.post("/echo")
    def echo(said: dict[str, str]) -> dict[str, str]:
        return said | {"from": "/".join(said)}

    @app.get("/fault")
    def fault() -> None:
        raise LookupError("a fault of ours")

    return NearClient(app)


def asked(client: TestClient) -> tuple[int, str, dict[str, str]]:
    answer = client.post("/echo", json={"a": "あ"})
    return answer.status_code, answer.text, dict(answer.headers)


async def asked_within_a_loop(client: TestClient) -> tuple[int, str, dict[str, str]]:
    return asked(client)


def test_it_is_the_same_answer(near: NearClient) -> None:
    others = asked(TestClient(near.app))
    assert others[:2] == (200, '{"a":"あ","from":"a"}')
    assert asked(near) == others
    assert asyncio.run(asked_within_a_loop(near)) == others
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asked, near).result() == others


def test_a_fault_is_heard_of_or_is_an_answer(near: NearClient) -> None:
    with pytest.raises(LookupError, match="a fault of ours"):
        near.get("/fault")
    quiet = NearClient(near.app, raise_server_exceptions=False)
    assert quiet.get("/fault").status_code == 500
