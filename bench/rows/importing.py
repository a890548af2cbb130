"""A roster of 5,000 rows, from the bytes of the file to registered badges."""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median

import xlsxwriter
from python_calamine import CalamineWorkbook

from app.clock import system_clock
from app.db import Database
from app.memory import settle
from app.networks.commands import begin_epoch
from app.networks.models import Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.office.founding import found_network
from app.office.roster.applying import apply_plan
from app.office.roster.plan import planned
from app.office.roster.register import Register
from app.operations.migrations import migrate
from app.organizations.roster.confined import read_confined
from app.organizations.rules import USUAL_STANDINGS
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings
from bench.results import Figure
from bench.rounds import interleaved, median_ratio
from bench.town import settled

ROWS = 5_000
BADGES = 2
MOST_TIMES = 20
HEADINGS = (
    "区分 業種 団体名 ふりがな 事業所・店舗名 所在地 電話番号"
    " 担当者 メールアドレス 委嘱日 名札枚数 備考"
)
UNTIL = date(2030, 3, 31)


def measure(rounds: int) -> list[Figure]:
    workbook = large_workbook()
    with tempfile.TemporaryDirectory(prefix="nafuda-bench-") as folder:
        settings = settled(Path(folder))
        migrate(settings)
        database = Database(settings.database)
        with database.writing() as session:
            begin_epoch(session, system_clock())
        ways: dict[str, Callable[[], float]] = {
            "ours": partial(timed_import, settings, database, workbook),
            "cells": partial(timed_cells, workbook),
        }
        settle()  # as the server does before it takes the first request
        interleaved(ways, 1)
        found = interleaved(ways, rounds)
        database.close()
    ours, cells = found["ours"], found["cells"]
    ratio = MOST_TIMES * median_ratio(cells, ours)
    reference = MOST_TIMES * median(cells)
    return [Figure("roster_5000", median(ours), reference, ratio, 1, "s")]


def large_workbook() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("名簿")
        sheet.write_row(0, 0, HEADINGS.split())
        for number in range(ROWS):
            sheet.write_row(number + 1, 0, _line(number))
    return file.getvalue()


def _line(number: int) -> list[object]:
    return [
        "協力団体", "コンビニ", f"マルミ商店{number // 4}", "まるみしょうてん", f"青波{number}号店",
        f"青波市北町{number}-1", f"0000-00-{number:04d}", "店長", f"shop{number}@marumi.example",
        "R8.4.1", BADGES, "",
    ]  # fmt: skip


def timed_cells(workbook: bytes) -> float:
    began = time.perf_counter()
    with CalamineWorkbook.from_filelike(BytesIO(workbook)) as book:
        cells = book.get_sheet_by_index(0).to_python()
    taken = time.perf_counter() - began
    assert len(cells) == ROWS + 1
    return taken


def timed_import(settings: Settings, database: Database, workbook: bytes) -> float:
    """Into a network of its own: the process that reads, the plan, and one durable transaction."""
    network_id = _found(settings, database).id
    began = time.perf_counter()
    roster = read_confined(workbook, "名簿.xlsx")
    with database.writing() as session:
        register = Register(session, network_id)
        plan = planned(roster, register, USUAL_STANDINGS)
        now = system_clock()
        apply_plan(session, network_id, plan, register, valid_until=UNTIL, now=now)
    taken = time.perf_counter() - began
    assert plan.badges == ROWS * BADGES
    return taken


def _found(settings: Settings, database: Database) -> Network:
    master = MasterKey(key_file(settings.data_dir, "master"))
    with database.writing() as session:
        return found_network(
            session,
            master,
            system_clock(),
            slug=f"bench{time.monotonic_ns()}",
            municipality="青波市",
            name="見守りネットワーク",
            center_name="青波市消費生活センター",
            center_tel="0000-00-1188",
            hours=WEEKDAYS_9_TO_1630,
        )
