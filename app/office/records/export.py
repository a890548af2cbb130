"""The filtered records as a file: CSV that Excel opens without asking, or a workbook."""

import io
import json
from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook

from app.audit.models import AuditEntry
from app.audit.words import ACTIONS, DETAILS
from app.clock import TOKYO
from app.errors import N_
from app.web.language import say_plainly

HEADINGS = (N_("番号"), N_("いつ"), N_("だれが"), N_("何を"), N_("記号"), N_("対象"), N_("詳しく"))
ALONE = {"retention", "worker"}
WIDTHS = (8, 20, 16, 36, 24, 38, 60)


def rows_of(entries: Sequence[AuditEntry], names: Mapping[str, str]) -> list[list[str]]:
    return [
        [
            str(entry.number),
            entry.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S"),
            who(entry.actor, names),
            what(entry.action),
            entry.action,
            entry.object_id,
            json.dumps(entry.details, ensure_ascii=False) if entry.details else "",
        ]
        for entry in entries
    ]


def who(actor: str, names: Mapping[str, str]) -> str:
    """A name for `staff:…`, `network:…`, `phone:…`, `operator`, and what the product does alone."""
    if actor.startswith("phone:"):
        return say_plainly(N_("端末"))
    if actor == "operator":
        return say_plainly(N_("システムの担当者"))
    if actor in ALONE:
        return say_plainly(N_("システム(自動)"))
    return names.get(actor) or actor


def what(action: str) -> str:
    return say_plainly(ACTIONS[action]) if action in ACTIONS else action


def about(key: str) -> str:
    """What stands beside an action, in the reader's language."""
    return say_plainly(DETAILS[key]) if key in DETAILS else key


def detail(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def as_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Every cell is text: nothing is calculated, linked or rounded."""
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, say_plainly(heading), bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(HEADINGS) - 1)
    return written.getvalue()
