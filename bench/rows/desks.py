"""Two hundred desks are open, and something changes: until each has its new list."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from sqlmodel import Session, select

from app.clock import system_clock
from app.db import Database
from app.ids import new_id
from app.networks.models import Network
from app.settings import Settings
from app.staff.models import Staff
from app.staff.permissions import Role
from app.staff.sessions import begin_session, cookie_name
from bench import yardstick
from bench.postgres import running_postgres
from bench.results import Figure
from bench.servers import Server, load, serving
from bench.town import found_town, settled

DESKS, REPORTS = 200, 50
PULSES = 3
LIMIT = 2_000.0
PATH = "/desk?up_to=%d"


@contextmanager
def opened(server: Server, cookies: list[str]) -> Iterator["subprocess.Popen[str]"]:
    """All desks, held by a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.desks", str(server.port), PATH % 10**6, yardstick.PULSE],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        if ask(process, json.dumps(cookies)) != "open\n":
            raise RuntimeError(f"{len(cookies)} desks did not open")
        yield process
    finally:
        process.communicate()


def ask(process: "subprocess.Popen[str]", line: str) -> str:
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return process.stdout.readline()


def counsellors(settings: Settings, count: int) -> list[str]:
    """Their cookies: each desk has a person of its own."""
    database = Database(settings.database)
    with database.writing() as session:
        network = session.exec(select(Network)).one()
        cookies = [_sign_in(session, network, number) for number in range(count)]
    database.close()
    return [f"{cookie_name(settings.secure)}={secret}" for secret in cookies]


def _sign_in(session: Session, network: Network, number: int) -> str:
    now = system_clock()
    person = Staff(
        id=new_id(), network_id=network.id, sign_in=f"desk{number}", name=f"相談員{number}",
        role=Role.COUNSELLOR, created_at=now,
    )  # fmt: skip
    session.add(person)
    session.flush()
    return begin_session(session, person, "bench", now)


def measure(kind: str, rounds: int) -> list[Figure]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="nafuda-bench-"))
        url = stack.enter_context(running_postgres()) if kind == "postgres" else ""
        settings = settled(Path(folder), url)
        phones = found_town(settings, REPORTS)
        cookies = counsellors(settings, DESKS)
        server = stack.enter_context(serving("ours", settings))
        load(server, "put", phones, 4, 0.2)
        process = stack.enter_context(opened(server, cookies))
        before = server.cpu_seconds()
        found = [json.loads(ask(process, "")) for _ in range(rounds * PULSES)]
        cpu = (server.cpu_seconds() - before) / len(found) / DESKS * 1000
    p95 = [sorted(one)[int(len(one) * 0.95)] * 1000 for one in found]
    p50 = median(median(one) for one in found) * 1000
    print(f"  {kind}: p50 {p50:.0f} ms, {cpu:.1f} ms CPU per list", flush=True)
    ours = median(p95)
    return [Figure(f"desk_live_{DESKS}_{kind}", ours, LIMIT, LIMIT / ours, 1, "ms")]
