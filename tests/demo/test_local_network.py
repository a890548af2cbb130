"""The demo finds its own address, or says in a sentence what to give instead."""

import socket

import pytest

from app.demo import local_network
from app.demo.local_network import checked_address, listen, own_address, port_of


class Probe:
    """Stands in for the system's socket: where this machine would be, without being there."""

    found = "192.168.0.5"

    def __init__(self, family: int, kind: int) -> None:
        assert kind == socket.SOCK_DGRAM

    def __enter__(self) -> "Probe":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def connect(self, address: tuple[str, int]) -> None:
        if not self.found:
            raise OSError

    def getsockname(self) -> tuple[str, int]:
        return self.found, 50000


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> type[Probe]:
    monkeypatch.setattr(local_network.socket, "socket", Probe)
    return Probe


@pytest.mark.parametrize("address", ["192.168.0.5", "10.1.2.3", "172.20.10.2", "100.64.0.9"])
def test_its_address_in_the_network_is_used(
    probe: type[Probe], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(probe, "found", address)
    assert own_address() == address


@pytest.mark.parametrize(
    ("address", "said"), [("", "つながっていません"), ("8.8.8.8", "だれにでも見える")]
)
def test_without_a_network_or_in_front_of_everybody_it_asks(
    probe: type[Probe], monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.setattr(probe, "found", address)
    with pytest.raises(SystemExit, match=said) as stopped:
        own_address()
    assert "--address" in str(stopped.value)


@pytest.mark.parametrize("given", ["192.168.0.5", "127.0.0.1", "203.0.113.9"])
def test_what_a_person_gives_is_taken(given: str) -> None:
    assert checked_address(given) == given


@pytest.mark.parametrize(
    "given", ["pc.local", "fd00::5", "192.168.0", "192.168.0.5:8000", "0.0.0.0", "224.0.0.1"]
)
def test_what_no_phone_could_open_is_refused(given: str) -> None:
    with pytest.raises(SystemExit, match=r"例 192\.168\.0\.5"):
        checked_address(given)


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    with (
        listen("127.0.0.1", 0) as taken,
        pytest.raises(SystemExit, match=f"{port_of(taken)}番は使えません。--port"),
    ):
        listen("127.0.0.1", port_of(taken))
