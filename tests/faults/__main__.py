"""`python -m tests.faults`: the table, and one line that sums it up."""

import argparse
import asyncio
import json
import signal
import sys
import time
from typing import Any

from tests.faults.controls import CONTROLS, play_control
from tests.faults.harness import Line, play
from tests.faults.kinds import KINDS
from tests.faults.kinds import all as _all  # noqa: F401
from tests.faults.world import Rig, running_rig

HEAD = f"{'fault':52} {'runs':>5} {'reports':>8} {'lost':>5} {'doubled':>8} {'false':>6} {'s':>6}"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--short", action="store_true", help="one seed of each")
    parser.add_argument("--only", default="", help="kinds with this in their name")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--first-seed", type=int, default=0)
    return parser.parse_args()


async def run(options: argparse.Namespace) -> int:
    started = time.monotonic()
    lines = list[Line]()
    out = sys.stderr if options.as_json else sys.stdout
    print(HEAD, file=out, flush=True)
    async with running_rig(500 if options.short else 5000) as rig:
        for place, kind in enumerate(KINDS.values()):
            if options.only not in kind.name:
                continue
            first = options.first_seed + (place if options.short else 0)
            seeds = range(first, first + (1 if options.short else options.seeds))
            lines.append(await play(rig, kind, seeds))
            show(lines[-1], out)
        failed = await play_controls(rig, options.only, out)
    total = summed(lines, time.monotonic() - started) | {"controls": failed}
    print(json.dumps(total, ensure_ascii=False) if options.as_json else closing_line(total))
    return 0 if is_good(total) else 1


async def play_controls(rig: Rig, only: str, out: Any) -> list[bool]:
    """Whether each failed as it must."""
    failed = []
    for name in CONTROLS:
        if only in name:
            line, as_it_must = await play_control(rig, name)
            show(line, out, details=False)
            failed.append(as_it_must)
    return failed


def show(line: Line, out: Any, details: bool = True) -> None:
    runs, reports, lost, doubled, false = line.counts
    figures = f"{runs:5} {reports:8} {lost:5} {doubled:8} {false:6} {line.seconds:6.1f}"
    print(f"{line.name:52} {figures}", file=out, flush=True)
    for kind in ("lost", "doubled", "false") if details else ():
        for one in getattr(line.outcome, kind)[:3]:
            print(f"    {kind}: {one}", file=out, flush=True)


def summed(lines: list[Line], seconds: float) -> dict[str, Any]:
    names = ("runs", "reports", "lost", "doubled", "false")
    rows = [dict(zip(names, line.counts, strict=True)) | {"fault": line.name} for line in lines]
    total: dict[str, Any] = {name: sum(int(row[name]) for row in rows) for name in names}
    return {"kinds": len(lines), **total, "seconds": round(seconds), "faults": rows}


def closing_line(total: dict[str, Any]) -> str:
    names = ("kinds", "runs", "reports", "lost", "doubled", "false")
    counts = " ".join(f"{name}={total[name]}" for name in names)
    controls = total["controls"]
    return f"faults: {counts} controls={sum(controls)}/{len(controls)} seconds={total['seconds']}"


def is_good(total: dict[str, Any]) -> bool:
    bad = total["lost"] or total["doubled"] or total["false"]
    return not bad and all(total["controls"])


def ended(number: int, frame: object) -> None:
    """Told to stop, it still puts away its servers and its cluster."""
    sys.exit(number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, ended)
    sys.exit(asyncio.run(run(arguments())))
