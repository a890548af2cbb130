"""The load: a process of its own, so that it shares the machine with the server but not its GIL.

Called as `python -m bench.generator PORT PATH CONNECTIONS SECONDS` with the phones as JSON on
standard input; PATH is `put` for the product's own address. Prints what happened as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from itertools import cycle

import uvloop

from bench.connection import Connection, connect
from bench.envelopes import Phone, new_envelope
from bench.requests import post_request, put_request


def requests(path: str, phones: list[Phone]) -> Iterator[bytes]:
    for phone in cycle(phones):
        report_id, envelope = new_envelope(phone)
        if path == "put":
            yield put_request(phone, report_id, envelope)
        else:
            yield post_request(path, phone, envelope)


async def run(port: int, path: str, connections: int, seconds: float) -> dict[str, object]:
    phones = [Phone(**one) for one in json.load(sys.stdin)]
    source = requests(path, phones)
    lines = [await connect(port) for _ in range(connections)]
    took: list[float] = []
    statuses: dict[int, int] = {}
    began = time.perf_counter()

    async def keep_busy(line: Connection) -> None:
        while (sent := time.perf_counter()) < began + seconds:
            answer = await line.ask(next(source))
            took.append(time.perf_counter() - sent)
            statuses[answer.status] = statuses.get(answer.status, 0) + 1

    await asyncio.gather(*map(keep_busy, lines))
    return {"took": took, "statuses": statuses, "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    port, path, connections, seconds = sys.argv[1:]
    outcome = uvloop.run(run(int(port), path, int(connections), float(seconds)))
    json.dump(outcome, sys.stdout)
