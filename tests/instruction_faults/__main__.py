"""`python -m tests.instruction_faults`: the table, and one line that sums it up."""

import argparse
import contextlib
import io
import sys
import time
import traceback

from tests.instruction_faults.controls import CONTROLS
from tests.instruction_faults.kinds import KINDS, Play
from tests.instruction_faults.kinds import all as _all  # noqa: F401
from tests.instruction_faults.model import Outcome
from tests.instruction_faults.world import Rig, World, running_rig

HEAD = f"{'fault':52} {'runs':>5} {'lost':>5} {'doubled':>8} {'untrue':>7} {'late':>6} {'s':>6}"


def play(rig: Rig, kind: Play, seed: int) -> Outcome:
    world = World(rig, ("sqlite", "postgres")[seed % 2], seed)
    try:
        kind(world)
        return world.model.judge()
    except Exception:
        return Outcome(lost=[traceback.format_exc(limit=-3)])
    finally:
        world.end()


def line(name: str, runs: int, found: Outcome, seconds: float) -> str:
    sizes = f"{len(found.lost):5} {len(found.doubled):8} {len(found.untrue):7}"
    return f"{name:52} {runs:5} {sizes} {found.late:6.0f} {seconds:6.1f}"


def play_all(rig: Rig, options: argparse.Namespace) -> tuple[int, Outcome]:
    runs, total = 0, Outcome()
    for place, (name, kind) in enumerate(KINDS.items()):
        if options.only not in name:
            continue
        began, found = time.monotonic(), Outcome()
        seeds = [place] if options.short else range(options.seeds)
        for seed in seeds:
            with contextlib.redirect_stdout(io.StringIO()):
                found += play(rig, kind, seed)
        print(line(name, len(seeds), found, time.monotonic() - began), flush=True)
        for trouble in (found.lost + found.doubled + found.untrue)[:3]:
            print(f"    {trouble}", flush=True)
        runs, total = runs + len(seeds), total + found
    return runs, total


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.instruction_faults")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--short", action="store_true", help="one seed of each")
    parser.add_argument("--many", type=int, default=40, help="instructions where it has to be many")
    parser.add_argument("--only", default="", help="kinds with this in their name")
    options, started = parser.parse_args(), time.monotonic()
    print(HEAD, flush=True)
    with running_rig() as rig:
        rig.many = options.many
        runs, total = play_all(rig, options)
        with contextlib.redirect_stdout(io.StringIO()):
            seen = [control(rig, play) for control in CONTROLS]
    print(
        f"instruction-faults: kinds={len(KINDS)} runs={runs} lost={len(total.lost)} "
        f"doubled={len(total.doubled)} untrue={len(total.untrue)} late_max_s={total.late:.0f} "
        f"controls={sum(seen)}/{len(seen)} seconds={time.monotonic() - started:.0f}"
    )
    return 0 if total.is_good and all(seen) else 1


if __name__ == "__main__":
    sys.exit(main())
