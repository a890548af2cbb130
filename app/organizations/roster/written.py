"""A roster as JSON: what a draft keeps, and what comes out of the process that reads a file."""

from collections.abc import Callable
from dataclasses import astuple, fields
from datetime import date
from operator import attrgetter
from typing import Any

from app.organizations.roster.entries import Column, Layout, Problem, Roster, RosterRow
from app.organizations.rules import Industry, Standing

_FIELDS = [field.name for field in fields(RosterRow)]
_VALUES: Callable[[RosterRow], tuple[Any, ...]] = attrgetter(*_FIELDS)
_STANDING, _INDUSTRY, _DAY = map(_FIELDS.index, ("standing", "industry", "commissioned_on"))


def written_roster(roster: Roster) -> dict[str, Any]:
    return {
        "rows": [_written_row(row) for row in roster.rows],
        "problems": [[one.line, one.column, one.text] for one in roster.problems],
        "layout": astuple(roster.layout),
        "cells": {str(line): texts for line, texts in roster.cells.items()},
    }


def roster_of(written: dict[str, Any]) -> Roster:
    sheet, line, columns = written["layout"]
    return Roster(
        [_row(values) for values in written["rows"]],
        [Problem(*values) for values in written["problems"]],
        Layout(sheet, line, tuple(Column(*values) for values in columns)),
        {int(number): texts for number, texts in written["cells"].items()},
    )


def _written_row(row: RosterRow) -> list[Any]:
    values = list(_VALUES(row))
    values[_DAY] = row.commissioned_on.isoformat() if row.commissioned_on else None
    return values


def _row(values: list[Any]) -> RosterRow:
    known = list(values)
    known[_STANDING] = Standing(known[_STANDING]) if known[_STANDING] else None
    known[_INDUSTRY] = Industry(known[_INDUSTRY])
    known[_DAY] = date.fromisoformat(known[_DAY]) if known[_DAY] else None
    return RosterRow(*known)
