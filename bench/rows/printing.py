"""A thousand badges on paper, every code read back: processor time against the usual libraries."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.results import Figure
from bench.rounds import interleaved, median_ratio

BADGES = 1000
PART = 200
GOAL = 2
"""At most half the processor time of the reference."""
ADDRESS = "HTTPS://MIMAMORI.AONAMI.EXAMPLE/B/"


@dataclass(frozen=True)
class Made:
    """Seconds of processor time after a first small sheet, megabytes at the peak, and of paper."""

    cpu: float
    peak: float
    size: float


def measure(rounds: int) -> list[Figure]:
    ways = {name: partial(in_a_process, name) for name in ("ours", "reportlab")}
    found = interleaved(ways, rounds)
    for name, made in found.items():
        peak, size = (median(getattr(one, what) for one in made) for what in ("peak", "size"))
        print(f"  {name}: {peak:.0f} MB at the peak, {size:.2f} MB of PDF", flush=True)
    ours, reference = ([one.cpu for one in found[name]] for name in ("ours", "reportlab"))
    ratio = median_ratio(reference, ours)
    return [Figure(f"badges_{BADGES}", median(ours), median(reference), ratio, GOAL, "s CPU")]


def in_a_process(name: str) -> Made:
    """Each in a process of its own, so that the peak is its own too."""
    asked = [sys.executable, "-m", "bench.rows.printing", name]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return Made(**json.loads(told))


def names() -> list[tuple[str, str, str, str]]:
    """Number, code, organization and workplace of each badge."""
    letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    return [
        (
            f"A-{i:04}",
            "K7M3Q9XD" + letters[i // 961 % 31] + letters[i // 31 % 31] + letters[i % 31],
            "ミナト信用金庫",
            f"青波東口第{i}出張所",
        )
        for i in range(BADGES)
    ]


def ours(count: int) -> bytes:
    from app.printing.badge_sheet import BadgeCard, SheetText, render_badge_sheet
    from app.printing.pages import join

    text = SheetText(
        "青波市", "消費者見守りネットワーク", "青波市消費生活センター", "0000-00-1188",
        "青波市 市民生活課 0000-00-1188",
    )  # fmt: skip
    cards = [
        BadgeCard(number, code, ADDRESS + code, organization, workplace, None, "令和9年3月")
        for number, code, organization, workplace in names()[:count]
    ]
    parts = [cards[first : first + PART] for first in range(0, count, PART)]
    return join([render_badge_sheet(part, text, tagged=False) for part in parts])


def reportlab(count: int) -> bytes:
    from bench.reportlab_sheet import render

    return render(names()[:count], ADDRESS)


def main() -> None:
    way = {"ours": ours, "reportlab": reportlab}[sys.argv[1]]
    way(10)
    began = time.process_time()
    pdf = way(BADGES)
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    check(pdf)
    print(json.dumps({"cpu": spent, "peak": peak, "size": len(pdf) / 1e6}))


def check(pdf: bytes) -> None:
    """Outside the clock: every code is there, whoever made the sheet."""
    from app.printing.pages import codes_by_page

    read = {code.text for page in codes_by_page(pdf) for code in page}
    if read != {ADDRESS + code for _, code, _, _ in names()}:
        raise RuntimeError(f"{len(read)} of {BADGES} codes read")


if __name__ == "__main__":
    main()
