"""Where this machine is in its local network, and the doors it opens there."""

import socket
from ipaddress import AddressValueError, IPv4Address

ONLY_THIS_MACHINE = "127.0.0.1"
EVERYBODY = "0.0.0.0"  # noqa: S104
# For documents only (RFC 5737), so hardly anybody's neighbour.
FAR_AWAY = ("192.0.2.1", 9)


def own_address() -> str:
    """Its IPv4 address towards the outside. Connecting a datagram socket sends nothing."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(FAR_AWAY)
            found = IPv4Address(probe.getsockname()[0])
    except OSError:
        raise SystemExit("ネットワークにつながっていません。--address で住所を。") from None
    if found.is_global:
        raise SystemExit(f"{found} はだれにでも見える住所です。それでもよければ --address {found}")
    return str(found)


def checked_address(given: str) -> str:
    """One that a phone could open, or a sentence that says what to give instead."""
    try:
        address = IPv4Address(given)
    except AddressValueError:
        raise SystemExit(f"{given} は IPv4 の住所ではありません(例 192.168.0.5)。") from None
    if address.is_unspecified or address.is_multicast:
        raise SystemExit(f"{given} は開ける住所ではありません(例 192.168.0.5)。")
    return str(address)


def listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError:
        raise SystemExit(f"{port}番は使えません。--port で別の番号を。") from None


def port_of(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])
