"""What a run says: one line per figure, turned so that a ratio of at least the goal is good."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

OUT = Path(__file__).parent / "out"


@dataclass(frozen=True)
class Figure:
    name: str
    ours: float
    reference: float
    ratio: float
    goal: float
    unit: str

    @property
    def is_reached(self) -> bool:
        return self.ratio >= self.goal


@dataclass(frozen=True)
class Missing:
    """A figure that could not be measured here, and why."""

    name: str
    reason: str


def save(figures: Sequence[Figure]) -> Path:
    """Into results.json; figures of an earlier run that this one didn't measure stay."""
    OUT.mkdir(exist_ok=True)
    path = OUT / "results.json"
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    known |= {one.name: _rounded(one) for one in figures}
    path.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    return path


def _rounded(figure: Figure) -> dict[str, float | str]:
    values = asdict(figure)
    del values["name"]
    return {key: _short(value) for key, value in values.items()}


def _short(value: float | str) -> float | str:
    return value if isinstance(value, str) else float(f"{value:.4g}")


def table(figures: Sequence[Figure], missing: Sequence[Missing]) -> str:
    head = f"{'':26}{'ours':>10} {'reference':>10} {'unit':8}{'ratio':>8}{'goal':>7}"
    lines = [head, *map(_line, figures)]
    lines += [f"{one.name:26}not measured: {one.reason}" for one in missing]
    return "\n".join(lines)


def _line(one: Figure) -> str:
    verdict = "ok" if one.is_reached else "SHORT"
    values = f"{one.ours:>10.4g} {one.reference:>10.4g} {one.unit:8}"
    return f"{one.name:26}{values}{one.ratio:>8.3g}{one.goal:>7.3g}  {verdict}"
