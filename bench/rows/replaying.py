"""A phone back in coverage with 100 queued reports: in one batch, against one by one."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from bench.connection import connect
from bench.delay import delayed_line
from bench.envelopes import Phone, new_envelope
from bench.requests import batch_request, put_request
from bench.results import Figure
from bench.rounds import interleaved, median_ratio
from bench.servers import serving
from bench.town import found_town, settled

QUEUED = 100
ROUND_TRIP = 0.1
GOAL = 15
# One by one takes ten seconds.
MOST_ROUNDS = 3


def measure(rounds: int) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="nafuda-bench-") as folder:
        settings = settled(Path(folder))
        (phone,) = found_town(settings, 1)
        with serving("ours", settings) as server:
            ways: dict[str, Callable[[], float]] = {
                "batch": partial(replay, server.port, partial(in_one_batch, phone)),
                "one by one": partial(replay, server.port, partial(one_by_one, phone)),
            }
            replay(server.port, partial(in_one_batch, phone))
            found = interleaved(ways, min(rounds, MOST_ROUNDS))
    batch, single = found["batch"], found["one by one"]
    ratio = median_ratio(single, batch)
    return [Figure(f"replay_{QUEUED}", median(batch), median(single), ratio, GOAL, "s")]


def replay(port: int, way: Callable[[int], object]) -> float:
    """Seconds from the first byte to the last verdict."""

    async def run() -> float:
        async with delayed_line(port, ROUND_TRIP) as line:
            began = time.perf_counter()
            await way(line)  # type: ignore[misc]
            return time.perf_counter() - began

    return asyncio.run(run())


async def one_by_one(phone: Phone, port: int) -> None:
    connection = await connect(port)
    for _ in range(QUEUED):
        answer = await connection.ask(put_request(phone, *new_envelope(phone)))
        assert answer.status == 201, answer
    connection.transport.close()


async def in_one_batch(phone: Phone, port: int) -> None:
    connection = await connect(port)
    envelopes = [new_envelope(phone)[1] for _ in range(QUEUED)]
    answer = await connection.ask(batch_request(phone, envelopes))
    results = answer.json()["results"]
    assert [one["status"] for one in results] == [201] * QUEUED, answer
    connection.transport.close()
