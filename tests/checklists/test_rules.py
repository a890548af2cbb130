import json
import random
from pathlib import Path
from typing import Any

import pytest

from app.checklists.rules import guidance_of, urgency_of
from tests.js.node import returned

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/rules.json").read_text("utf-8"))
CHECKLIST = VECTORS["checklist"]
RULES = CHECKLIST["rules"]
ITEMS = {item["id"]: item["urgency"] for item in CHECKLIST["items"]}
URGENCY = VECTORS["urgency"] + VECTORS["other_rules"]


def test_the_vectors_are_all_there() -> None:
    assert len(URGENCY) + len(VECTORS["guidance"]) >= 40


@pytest.mark.parametrize("case", URGENCY, ids=lambda case: f"{case['ticked']} {case['answers']}")
def test_ticks_and_answers_have_one_urgency(case: dict[str, Any]) -> None:
    rules = case.get("rules", RULES)
    assert urgency_of(rules, ITEMS, case["ticked"], case["answers"]) == case["urgency"]


@pytest.mark.parametrize("case", VECTORS["guidance"], ids=lambda case: str(case["ticked"]))
def test_ticks_lead_to_guidance(case: dict[str, Any]) -> None:
    assert guidance_of(CHECKLIST, case["ticked"], case["answers"]) == case["guidance"]


def test_calling_the_police_is_never_lost_whatever_the_checklist_says() -> None:
    codes = [f"A{n}" for n in range(20)]
    item = {"id": "N1", "urgency": "now", "do": [*codes, "C110"], "dont": []}
    do = {code: {"kind": "do"} for code in codes}
    odd = [do | {"C110": {"kind": kind}} for kind in ("do", "dont", "unheard-of")]
    calls: list[Any] = [
        [{"rules": RULES, "items": [item], "actions": actions}, ["N1"], {}]
        for actions in [do, *odd]
    ]
    here = [dict(guidance_of(*call)) for call in calls]
    assert [(each["call"], each["do"]) for each in here] == [(["C110"], codes[:6])] * 4
    assert returned("checklists/rules.js", "guidance_of", calls) == here


def test_the_phone_agrees_on_random_reports() -> None:
    cases = [random_report(random.Random(seed)) for seed in range(400)]
    urgency: list[Any] = [[RULES, ITEMS, *case] for case in cases]
    guidance: list[Any] = [[CHECKLIST, *case] for case in cases]
    assert returned("checklists/rules.js", "urgency_of", urgency) == [
        urgency_of(*call) for call in urgency
    ]
    assert returned("checklists/rules.js", "guidance_of", guidance) == [
        guidance_of(*call) for call in guidance
    ]


def test_the_phone_agrees_on_random_rules() -> None:
    calls: list[Any] = []
    for seed in range(400):
        chance = random.Random(seed)
        calls.append([random_rules(chance), ITEMS, *random_report(chance)])
    expected = [urgency_of(*call) for call in calls]
    assert returned("checklists/rules.js", "urgency_of", calls) == expected
    assert set(expected) == {"info", "today", "now"}


def random_report(chance: random.Random) -> tuple[list[str], dict[str, Any]]:
    ids = [*ITEMS, "GONE-1", "GONE-2", "GONE-3"]
    ticked = [chance.choice(ids) for _ in range(chance.randrange(7))]
    codes = ["before", "during", "after", "yes", "no"]
    answers: dict[str, Any] = {}
    for question in chance.sample(["stage", "still_here", "done"], chance.randrange(4)):
        many = [chance.choice(codes) for _ in range(chance.randrange(3))]
        answers[question] = chance.choice([chance.choice(codes), many, None])
    return ticked, answers


def random_rules(chance: random.Random) -> dict[str, Any]:
    def condition() -> dict[str, Any]:
        when: dict[str, Any] = {}
        if chance.random() < 0.6:
            levels = chance.sample(["info", "today", "now"], chance.randint(1, 2))
            when["items"] = {level: chance.randint(0, 3) for level in levels}
        if chance.random() < 0.4:
            when["answer"] = {"stage": chance.sample(["before", "during", "after"], 2)}
        return when

    levels = ["info", "today", "now"]
    urgency = [{"when": condition(), "then": chance.choice(levels)} for _ in range(4)]
    return {"v": 1, "order": levels, "urgency": urgency}
