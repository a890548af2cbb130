"""What is typed about a pilot, and what was ticked in its survey."""

from typing import Any

from starlette.datastructures import FormData

from app.errors import N_
from app.pilots.questions import QUESTIONS
from app.web.fields import Fields

Values = dict[str, Any]


def read_pilot(fields: Fields) -> Values:
    values: Values = {
        "name": fields.line("name", 120, needed=True),
        "begins_on": fields.day("begins_on", needed=True),
        "ends_on": fields.day("ends_on", needed=True),
    }
    if values["begins_on"] and values["ends_on"] and values["ends_on"] < values["begins_on"]:
        fields.refuse("ends_on", N_("終わりの日は、始まりの日より後にしてください。"))
    return values


def read_review(fields: Fields) -> Values:
    return {"good": fields.lines("good", 2000), "better": fields.lines("better", 2000)}


def read_ticks(form: FormData, fields: Fields) -> dict[str, list[str]]:
    """By question. A question may be left open; an empty form is refused."""
    ticks = {}
    for one in QUESTIONS:
        chosen = [code for code in one.options if code in form.getlist(one.code)]
        if chosen:
            ticks[one.code] = chosen if one.several else chosen[:1]
    if not ticks:
        fields.refuse(QUESTIONS[0].code, N_("1つ以上の問いに答えてください。"))
    return ticks
