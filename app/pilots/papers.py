"""What a pilot leaves on paper, in Japanese: its result on a page, and slips with each code."""

from collections.abc import Sequence
from datetime import datetime

from app.clock import TOKYO
from app.networks.models import Network
from app.pilots.models import Pilot
from app.pilots.queries import Participant, Result
from app.pilots.rules import Phase, window_of
from app.printing.documents import Document, Section, render_document
from app.printing.qr import qr_svg
from app.printing.typesetting import typeset
from app.web.times import era_day

PHASES = {Phase.BEFORE: "始める前", Phase.AFTER: "終わった後"}
SMALL = "人数が1〜4のところは「1〜4」と書きます。そこから分かってしまう数は、幅で書きます。"
AWAITED = "受付中"
EMPTY = "(書かれていません)"


def result_paper(
    network: Network, pilot: Pilot, places: int, results: Sequence[Result], now: datetime
) -> bytes:
    period = f"{era_day(pilot.begins_on)} から {era_day(pilot.ends_on)} まで"
    return render_document(
        Document(
            title=f"{pilot.name} 結果",
            when=f"{era_day(now.astimezone(TOKYO).date())} 現在",
            to="",
            by=network.office_name or network.center_name,
            sections=[
                Section("", [f"期間 {period}　参加 {places}か所", SMALL]),
                Section("アンケート", table=[HEAD, *result_rows(results)], widths=[5, 3, 2, 2]),
                Section("良かった点", [pilot.good or EMPTY]),
                Section("改善点", [pilot.better or EMPTY]),
            ],
            footer=f"つなぐ名札 {network.municipality}",
            is_dense=True,
        )
    )


HEAD = ["問い", "答え", *(f"{name}(人)" for name in PHASES.values())]


def result_rows(results: Sequence[Result]) -> list[list[str]]:
    """Question, answer, before, after; each question begins with how many answered it."""
    rows = []
    for one in results:
        totals = [one.totals[phase] for phase in Phase]
        words = [total.words if total else AWAITED for total in totals]
        rows.append([one.question.text, "答えた人", *words])
        for code, option in one.question.options.items():
            rows.append(["", option, *(told(one, phase, code) for phase in Phase)])
    return rows


def told(result: Result, phase: Phase, code: str) -> str:
    counts = result.counts[phase]
    return counts[code].words if counts else "—"


def slips(
    network: Network, pilot: Pilot, places: Sequence[Participant], phase: Phase, base_url: str
) -> bytes:
    """A slip for each workplace, four to an A4."""
    first, last = window_of(phase, pilot.begins_on, pilot.ends_on)
    return typeset(
        "survey_slips.typ",
        {
            "title": f"{pilot.name} アンケート {PHASES[phase]}",
            "until": f"{era_day(first)} から {era_day(last)} まで"
            if first
            else f"{era_day(last)} まで",
            "by": f"{network.center_name} {network.center_tel}",
            "slips": [
                {
                    "place": one.name,
                    "address": address_of(base_url, one.surveys[phase].code),
                    "qr": qr_svg(address_of(base_url, one.surveys[phase].code).upper()),
                }
                for one in places
            ],
        },
    )


def address_of(base_url: str, code: str) -> str:
    return f"{base_url}/Q/{code}"
