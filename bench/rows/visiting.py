"""The badge's page: until the first tick on a slow line, and painted again without any line."""

import json
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.certificate import certify
from bench.link import PHONE, TOWN, TOWN_ADDRESS, Profile, inside, linked
from bench.results import Figure
from bench.rounds import median_ratio
from bench.servers import serving
from bench.town import found_town, settled

PROFILES = {
    "slow3g": Profile(0.200, 400e3, 400e3),
    "lighthouse4g": Profile(0.075, 750e3, 1638e3),
    "4g": Profile(0.085, 9e6, 9e6),
}
FIRST_GOAL, SECOND_GOAL = 0.80, 0.83
MOST_BYTES = 10_000


def first_visits(rounds: int) -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory(prefix="nafuda-bench-") as folder, linked() as link:
        settings = settled(Path(folder))
        (phone,) = found_town(settings, 1)
        pages = {"ours": f"/B/{phone.code}", "limit": "/bench/limit"}
        trusted = certify(settings.data_dir, TOWN_ADDRESS)
        with serving("ours", settings, TOWN_ADDRESS, inside(TOWN)) as server:
            base = f"https://{TOWN_ADDRESS}:{server.port}"
            for name, profile in PROFILES.items():
                link.become(profile)
                found = visits(base, pages, rounds, trusted, inside(PHONE))
                figures.append(figure(f"first_visit_{name}", found, FIRST_GOAL))
    return figures


def second_visit(rounds: int) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="nafuda-bench-") as folder:
        settings = settled(Path(folder))
        (phone,) = found_town(settings, 1)
        with serving("ours", settings) as server:
            base = f"http://localhost:{server.port}"
            size = blocking_bytes(f"{base}/B/{phone.code}")
            pages = {"offline": f"/B/{phone.code}", "limit": "/bench/hello"}
            found = visits(base, pages, rounds, again=True)
    return [
        figure("second_visit", {"ours": found["offline"], "limit": found["limit"]}, SECOND_GOAL),
        Figure("first_visit_bytes", size, MOST_BYTES, MOST_BYTES / size, 1, "bytes"),
    ]


def visits(
    base: str,
    pages: dict[str, str],
    rounds: int,
    trusted: str = "",
    within: Sequence[str] = (),
    *,
    again: bool = False,
) -> Any:
    asked = {"base": base, "pages": pages, "rounds": rounds, "trusted": trusted, "again": again}
    done = subprocess.run(
        [*within, sys.executable, "-m", "bench.visits"],
        input=json.dumps(asked).encode(), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def figure(name: str, found: dict[str, list[float]], goal: float) -> Figure:
    ours, limit = found["ours"], found["limit"]
    return Figure(name, median(ours), median(limit), median_ratio(limit, ours), goal, "ms")


def blocking_bytes(address: str) -> int:
    """Of the one answer that the form needs, as it crosses the line."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        return len(answer.read())
