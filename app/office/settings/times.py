"""Quiet hours, after how many minutes a forgotten claim returns, and after how many something is
done about an instruction nobody answers."""

import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise

from app.errors import N_
from app.instructions.times import USUAL, Step
from app.networks.models import Network
from app.office.settings.fields import Reading, Unusable, clock_time, read_all

# Minutes, at least and at most. Sooner nobody could have answered; later the day is over.
BOUNDS = {"urgent": (1, 120), "normal": (5, 2880)}
CLAIMS = {"urgent_claim_minutes": "5", "claim_minutes": "15"}
"""What they are where a file of another network doesn't say."""
STEPS = {
    "urgent": (Step.AGAIN, Step.COLLEAGUES, Step.CALL, Step.LAST),
    "normal": (Step.AGAIN, Step.COLLEAGUES, Step.CALL),
}


def shown(network: Network) -> dict[str, str]:
    typed = {"quiet_from": network.quiet_from, "quiet_until": network.quiet_until}
    typed |= {name: str(getattr(network, name)) for name in CLAIMS}
    for kind, steps in STEPS.items():
        seconds = USUAL[kind] | network.follow_up.get(kind, {})
        typed |= {f"{kind}-{step}": str((seconds[step] or 0) // 60) for step in steps}
    return typed


def read(sent: Mapping[str, str]) -> Reading:
    sent = {**CLAIMS, **sent}
    readers: dict[str, Callable[[str], object]] = {
        "quiet_from": clock_time,
        "quiet_until": clock_time,
    }
    readers |= {name: partial(_minutes, "urgent") for name in CLAIMS}
    for kind, steps in STEPS.items():
        readers |= {f"{kind}-{step}": partial(_minutes, kind) for step in steps}
    typed, values, problems = read_all(sent, readers)
    for kind, steps in STEPS.items():
        for earlier, later in pairwise(f"{kind}-{step}" for step in steps):
            known = earlier in values and later in values
            if known and values[earlier] >= values[later]:
                problems[later] = N_("前の段階より後の時間にしてください。")
    if problems:
        return Reading(typed, problems=problems)
    plain = {name: values[name] for name in ("quiet_from", "quiet_until", *CLAIMS)}
    return Reading(typed, {**plain, "follow_up": _own_times(values)})


def _minutes(kind: str, typed: str) -> int:
    plain, (least, most) = unicodedata.normalize("NFKC", typed).strip(), BOUNDS[kind]
    if not (plain.isascii() and plain.isdigit() and len(plain) < 6):
        raise Unusable(N_("分を数字で入れてください。"))
    if not least <= int(plain) <= most:
        raise Unusable(
            N_("1分から120分までにしてください。")
            if kind == "urgent"
            else N_("5分から2880分(2日)までにしてください。")
        )
    return int(plain)


def _own_times(values: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Only what differs from the usual times, in seconds."""
    own = {
        kind: {
            step.value: seconds
            for step in steps
            if (seconds := values[f"{kind}-{step}"] * 60) != USUAL[kind][step]
        }
        for kind, steps in STEPS.items()
    }
    return {kind: times for kind, times in own.items() if times}
