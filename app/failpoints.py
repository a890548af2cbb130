"""Named points at which the fault harness (docs/faults.md) may kill or stop this process.

No setting and no request arms one, only code that runs in the process itself; until then a point
costs one look into an empty dict.
"""

from collections.abc import Callable

armed: dict[str, Callable[[], None]] = {}


def reach(point: str) -> None:
    if act := armed.get(point):
        act()
