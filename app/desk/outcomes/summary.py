"""PIO-NETに写す要点: plain text in the order in which a counsellor types. Names nobody.

Left out: what the worker wrote, how they are called, a workplace that is one person, and titles
of instructions in which something looks like a name or number.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.clock import TOKYO
from app.desk.report.pages import Answered, Detail
from app.organizations.rules import Industry, Standing
from app.outcomes.codes import connection_words, grade_words, outcome_words
from app.outcomes.models import Outcome
from app.reports.personal_data import suspicions
from app.web.text import plain

MASKED = "(名前や番号のような文字があるので省きました)"
RESULTS = {
    "acknowledged": "了解しました",
    "refused": "できない・相談したい",
    "asking": "上司に確認中",
    "slot": "話す時間を選んだ",
}
HOW = {
    "will_consult": "声を掛け、相談すると言った",
    "declined": "声を掛けたが、断られた",
    "police": "警察に引き継いだ",
    "not_met": "会えていない",
    "could_not": "できなかった",
}


def summary_of(detail: Detail, outcome: Outcome | None) -> str:
    report = detail.report
    lines = [
        f"受付日時:{report.received_at.astimezone(TOKYO):%Y-%m-%d %H:%M}",
        f"受付番号:{report.receipt_no}",
        f"受付経路:見守りネットワーク({_channel(report.flags)})",
        f"通報元:{_place(detail)}",
        *_block("見たこと", [plain(item["text"]["ja"]) for item in detail.items]),
        *_block("質問への答え", list(_answers(detail))),
        *_block("伝えたこと", [_told(one) for one in detail.instructions if _left(one)]),
        *_block("返ってきた答え", list(_replies(detail))),
        *_ending(detail, outcome),
    ]
    return "\n".join(lines)


def _channel(flags: list[str]) -> str:
    return "電話" if "phoned" in flags else "名札からの報告"


def _place(detail: Detail) -> str:
    industry = Industry(detail.report.industry).label
    if detail.holder.organization.standing == Standing.VOLUNTEER:
        return industry
    return f"{detail.holder.place}({industry})"


def _block(title: str, lines: list[str]) -> list[str]:
    return [f"{title}:", *(f"・{line}" for line in lines)] if lines else [f"{title}:なし"]


def _answers(detail: Detail) -> Iterator[str]:
    for question, options in detail.answers:
        chosen = "、".join(plain(option["ja"]) for option in options)
        yield f"{plain(question['ja'])} {chosen}"


def _left(one: Answered) -> bool:
    return not one.instruction.cancelled_at and not one.instruction.is_withdrawn


def _told(one: Answered) -> str:
    title = plain(one.instruction.texts["ja"]["title"])
    at = one.instruction.release_at.astimezone(TOKYO)
    return f"{at:%m-%d %H:%M} {MASKED if suspicions(title) else title}"


def _replies(detail: Detail) -> Iterator[str]:
    for one in detail.instructions:
        for kind, answer in sorted(one.answers.items(), key=lambda pair: pair[1].at):
            at = answer.at.astimezone(TOKYO)
            words = _result(one.instruction.options, answer.code)
            yield f"{at:%m-%d %H:%M} {words if kind == 'result' else RESULTS[kind]}"


def _result(options: list[dict[str, Any]], code: str) -> str:
    own: Mapping[str, str] = {one["code"]: plain(one["text"]["ja"]) for one in options}
    return own.get(code) or HOW.get(code, code)


def _ending(detail: Detail, outcome: Outcome | None) -> Iterator[str]:
    if outcome is None or detail.report.closed_at is None:
        is_closed = detail.report.closed_at is not None
        yield f"処理結果:{'書かれていません' if is_closed else 'まだ終わっていません'}"
        return
    known = connection_words()
    connected = "、".join(known[code]["ja"] for code in outcome.connections) or "なし"
    yield f"処理結果:{outcome_words()[outcome.code]['ja']}"
    yield f"つないだ先:{connected}"
    yield f"止めた金額:{_yen(outcome.stopped_yen)}{_grade(outcome)}"
    yield f"回復した金額:{_yen(outcome.recovered_yen)}"


def _yen(amount: int | None) -> str:
    return "なし" if amount is None else f"{amount:,}円"


def _grade(outcome: Outcome) -> str:
    return f"({grade_words()[outcome.grade]['ja']})" if outcome.grade else ""
