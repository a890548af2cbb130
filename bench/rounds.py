"""Interleaved rounds: whatever else the machine does, it does to every candidate alike."""

import random
from collections.abc import Callable, Mapping
from statistics import median
from typing import TypeVar

Measured = TypeVar("Measured")


def interleaved(
    candidates: Mapping[str, Callable[[], Measured]], rounds: int
) -> dict[str, list[Measured]]:
    """Each candidate once per round, in an order drawn anew for every round."""
    found: dict[str, list[Measured]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name in random.sample(list(candidates), len(candidates)):
            found[name].append(candidates[name]())
    return found


def median_ratio(above: list[float], below: list[float]) -> float:
    """The ratio is taken within each round, then its median over the rounds."""
    return median(a / b for a, b in zip(above, below, strict=True))
