"""A slow line between two network namespaces, so that handshakes and TCP's slow start count.

Two TUN devices; a process of ours carries the packets with a delay and a rate. Needs root.
"""

import fcntl
import heapq
import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import IO

PHONE, TOWN = "nafuda-phone", "nafuda-town"
PHONE_ADDRESS, TOWN_ADDRESS = "10.99.0.1", "10.99.0.2"
SET_INTERFACE, TUN_WITHOUT_HEADER = 0x400454CA, 0x1001
LONGEST_QUEUE = 0.6


class NoLink(Exception):
    """This machine lets us make no network namespaces."""


@dataclass(frozen=True)
class Profile:
    """Delay of one way in seconds, and bits per second up and down."""

    one_way: float
    up: float
    down: float


@dataclass
class Link:
    carrier: IO[str]

    def become(self, profile: Profile) -> None:
        self.carrier.write(f"{profile.one_way} {profile.up} {profile.down}\n")
        self.carrier.flush()
        time.sleep(0.3)


@contextmanager
def linked() -> Iterator[Link]:
    command = [sys.executable, "-m", "bench.link"]
    carrier = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert carrier.stdin
    assert carrier.stdout
    try:
        if carrier.stdout.readline() != "ready\n":
            raise NoLink("network namespaces need root and /dev/net/tun")
        for space, here, there in (
            (PHONE, PHONE_ADDRESS, TOWN_ADDRESS),
            (TOWN, TOWN_ADDRESS, PHONE_ADDRESS),
        ):
            _ip("netns", "add", space)
            _ip("link", "set", space, "netns", space)
            _ip("-n", space, "link", "set", "lo", "up")
            _ip("-n", space, "addr", "add", here, "peer", there, "dev", space)
            _ip("-n", space, "link", "set", space, "up")
        yield Link(carrier.stdin)
    finally:
        for space in (PHONE, TOWN):
            subprocess.run(["ip", "netns", "del", space], check=False, stderr=subprocess.DEVNULL)
        carrier.terminate()
        carrier.wait()


def inside(space: str) -> list[str]:
    """What a command begins with to run there."""
    return ["ip", "netns", "exec", space]


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


def _device(name: str) -> int:
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, SET_INTERFACE, struct.pack("16sH", name.encode(), TUN_WITHOUT_HEADER))
    return device


class Way:
    """One direction. A packet leaves when the ones before it have, and arrives a delay later."""

    def __init__(self, source: int, target: int) -> None:
        self.source, self.target = source, target
        self.one_way, self.rate, self.free_at = 0.0, 1e9, 0.0

    def take(self, now: float) -> tuple[float, bytes] | None:
        """When a packet arrives, and it; None if it is dropped, or the device isn't up yet."""
        try:
            packet = os.read(self.source, 2048)
        except OSError:
            time.sleep(0.001)
            return None
        begins = max(now, self.free_at)
        if begins - now > LONGEST_QUEUE:
            return None
        self.free_at = begins + len(packet) * 8 / self.rate
        return self.free_at + self.one_way, packet


def carry() -> None:
    """Until standard input ends."""
    phone, town = _device(PHONE), _device(TOWN)
    ways = {phone: Way(phone, town), town: Way(town, phone)}
    print("ready", flush=True)
    under_way: list[tuple[float, int, int, bytes]] = []
    numbers = count()
    while True:
        wait = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        ready, _, _ = select.select([*ways, sys.stdin], [], [], wait)
        for source in ready:
            if source is sys.stdin:
                if not (line := sys.stdin.readline()):
                    return
                one_way, up, down = map(float, line.split())
                for way, rate in zip(ways.values(), (up, down), strict=True):
                    way.one_way, way.rate = one_way, rate
            elif taken := ways[source].take(time.monotonic()):
                at, packet = taken
                heapq.heappush(under_way, (at, next(numbers), ways[source].target, packet))
        while under_way and under_way[0][0] <= time.monotonic():
            _, _, target, packet = heapq.heappop(under_way)
            with suppress(OSError):
                os.write(target, packet)


if __name__ == "__main__":
    carry()
