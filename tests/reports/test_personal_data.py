import json
import random
from pathlib import Path
from typing import Any

import pytest

from app.reports.personal_data import suspicions
from tests.js.node import returned

CASES = json.loads((Path(__file__).parents[1] / "vectors/personal_data.json").read_text("utf-8"))


def seen_in(text: str) -> list[list[str]]:
    return [[each.kind, text[each.start : each.end]] for each in suspicions(text)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_personal_data_is_suspected_and_nothing_else(case: dict[str, Any]) -> None:
    assert seen_in(case["text"]) == case["found"]


def test_the_phone_agrees_on_random_mixtures() -> None:
    texts = [mixture(random.Random(seed)) for seed in range(500)]
    found = returned("text/personal_data.js", "suspicions", [[text] for text in texts])
    here = [[vars(each) for each in suspicions(text)] for text in texts]
    assert found == here
    assert sum(map(bool, here)) > 100


def mixture(chance: random.Random) -> str:
    """Bits of the cases and of digits and suffixes; no characters outside the basic plane, where
    the two languages count differently."""
    pieces = [
        "0", "090", "03", "1234", "１２", "5678", "12345678", "-", "ー", " ", "　", "(", ")",
        "の", "口座", "番号", "円", "丁目", "番地", "三", "田中", "店長", "お客", "さん", "様",
        "様子", "氏", "氏名", "君", "ちゃん", "という", "人", "こと", "。", "\n", "@", "a.b",
    ]  # fmt: skip
    return "".join(chance.choice(pieces) for _ in range(chance.randint(1, 12)))
