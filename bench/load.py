"""`python -m bench.load [--phones N]`: coverage is back, and a town's phones all send at once.

Each phone has 1 to 3 queued reports and behaves as its script does: the urgent ones first, several
of a kind as one batch. Against the whole product in one process on SQLite, worker included.
Says what was lost, what was kept waiting, and whether any phone's urgent report came second.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import uvloop
from sqlmodel import select

from app.audit.commands import first_broken
from app.db import Database
from app.networks.models import Network
from app.reports.models import Report
from app.settings import Settings
from bench.connection import Connection, connect
from bench.envelopes import URGENT, Phone, new_envelope
from bench.requests import batch_request, put_request
from bench.results import OUT
from bench.servers import serving
from bench.town import found_town, settled

QUIET = "CV-13"
URGENT_SHARE = 0.3
SECONDS = 10.0
FIRST_WAIT = 2.0


@dataclass
class Kept:
    """What the phones know at the end. Waits in seconds, from the phone's return to its receipt."""

    seqs: dict[str, int] = field(default_factory=dict)
    urgent: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    requests: list[float] = field(default_factory=list)
    retries: int = 0
    overtaken: int = 0


def queue(phone: Phone) -> list[tuple[str, str, bytes]]:
    """Tick, report_id and envelope of what waits on one phone."""
    ticks = [
        URGENT if random.random() < URGENT_SHARE else QUIET for _ in range(random.randint(1, 3))
    ]
    return [(tick, *new_envelope(phone, tick)) for tick in ticks]


async def come_back(
    port: int, phone: Phone, kept: Kept, queued: list[tuple[str, str, bytes]]
) -> None:
    await asyncio.sleep(random.random() * SECONDS)
    returned, line = time.perf_counter(), None
    highest = 0
    for tick in (URGENT, QUIET):
        chosen = [(report_id, raw) for kind, report_id, raw in queued if kind == tick]
        if not chosen:
            continue
        while True:
            try:
                line = line or await connect(port)
                seqs = await send(line, phone, chosen, kept)
                break
            except (OSError, ValueError, KeyError):
                line, kept.retries = None, kept.retries + 1
                await asyncio.sleep(random.random() * FIRST_WAIT)
        kept.seqs |= seqs
        waits = kept.urgent if tick == URGENT else kept.others
        waits += [time.perf_counter() - returned] * len(seqs)
        kept.overtaken += min(seqs.values()) < highest
        highest = max(seqs.values())
    if line:
        line.transport.close()


async def send(
    line: Connection, phone: Phone, chosen: list[tuple[str, bytes]], kept: Kept
) -> dict[str, int]:
    """Receipt number of each."""
    began = time.perf_counter()
    several = len(chosen) > 1
    request = (
        batch_request(phone, [raw for _, raw in chosen])
        if several
        else put_request(phone, *chosen[0])
    )
    answer = await line.ask(request)
    kept.requests.append(time.perf_counter() - began)
    body = answer.json()
    receipts = [one["receipt"] for one in body["results"]] if several else [body]
    return {one["report_id"]: one["seq"] for one in receipts}


async def run(port: int, phones: list[Phone]) -> tuple[Kept, set[str]]:
    kept = Kept()
    queues = [queue(phone) for phone in phones]
    written = {report_id for one in queues for _, report_id, _ in one}
    await asyncio.gather(
        *(come_back(port, *one) for one in zip(phones, [kept] * len(phones), queues, strict=True))
    )
    return kept, written


def held(settings: Settings) -> tuple[dict[str, int], bool]:
    """Receipt number of every report in the database, and whether the audit chain holds."""
    database = Database(settings.database)
    with database.reading() as session:
        rows = session.exec(select(Report.id, Report.seq)).all()
        networks = session.exec(select(Network.id)).all()
        holds = all(first_broken(session, one) is None for one in networks)
    database.close()
    return {str(report_id): seq for report_id, seq in rows}, holds


def at(share: float, seconds: list[float]) -> float:
    """Milliseconds."""
    return round(sorted(seconds)[int(len(seconds) * share)] * 1000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--phones", type=int, default=5000)
    count = parser.parse_args().phones
    with tempfile.TemporaryDirectory(prefix="nafuda-load-") as folder:
        settings = settled(Path(folder))
        phones = found_town(settings, count)
        with serving("whole", settings) as server:
            began = time.perf_counter()
            kept, written = uvloop.run(run(server.port, phones))
            seconds = time.perf_counter() - began
        in_database, holds = held(settings)
    outcome = {
        "phones": count,
        "reports": len(written),
        "seconds": round(seconds, 1),
        "lost": sum(in_database.get(one) != kept.seqs.get(one) for one in written),
        "doubled": len(in_database) - len(written),
        "audit_chain_holds": holds,
        "urgent_overtaken": kept.overtaken,
        "urgent_p50_ms": at(0.5, kept.urgent),
        "urgent_p99_ms": at(0.99, kept.urgent),
        "others_p99_ms": at(0.99, kept.others),
        "request_p99_ms": at(0.99, kept.requests),
        "retries": kept.retries,
    }
    OUT.mkdir(exist_ok=True)
    (OUT / "load.json").write_text(json.dumps(outcome, indent=1) + "\n")
    print(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in outcome.items()))


if __name__ == "__main__":
    main()
