"""`python -m bench [--only WORD] [--rounds N]`: measure, print the table, write results.json."""

import argparse
from collections.abc import Callable
from functools import partial

from bench.results import Figure, Missing, save, table
from bench.rows import (
    accepting,
    desks,
    growing,
    importing,
    listing,
    printing,
    replaying,
    sending,
    streaming,
    visiting,
)

Measure = Callable[[int], list[Figure]]
GROUPS: dict[str, Measure] = {
    "durable_accept_sqlite": partial(accepting.measure, "sqlite"),
    "durable_accept_postgres": partial(accepting.measure, "postgres"),
    "replay_100": replaying.measure,
    "push_per_core": sending.per_core,
    "push_to_everybody": sending.to_everybody,
    "live_1000": streaming.measure,
    "desk_live_200_sqlite": partial(desks.measure, "sqlite"),
    "desk_live_200_postgres": partial(desks.measure, "postgres"),
    "desk_list_50": listing.desk,
    "lists_growth_sqlite": partial(growing.measure, "sqlite"),
    "lists_growth_postgres": partial(growing.measure, "postgres"),
    "badges_1000": printing.measure,
    "second_visit": visiting.second_visit,
    "first_visit": visiting.first_visits,
    "roster_5000": importing.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", default="", help="groups whose name holds this word")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    figures: list[Figure] = []
    missing: list[Missing] = []
    for name, measure in GROUPS.items():
        if asked.only not in name:
            continue
        print(f"{name} …", flush=True)
        try:
            figures += measure(asked.rounds)
        except Exception as error:
            missing.append(Missing(name, f"{type(error).__name__}: {error}"))
    path = save(figures)
    print(f"\n{table(figures, missing)}\n\n{path}")


if __name__ == "__main__":
    main()
