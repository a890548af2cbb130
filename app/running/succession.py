"""引継書: what the rows say and what the clerk wrote, on paper, for whoever comes in April."""

from collections.abc import Mapping
from datetime import datetime

from app.clock import TOKYO
from app.networks.retention import days_of, kinds_of
from app.printing.documents import Document, Section, render_document
from app.running.facts import Facts
from app.running.models import NoteForSuccessor
from app.running.notes import TOPICS
from app.web.times import era_day

STANDINGS = {"agency": "関係機関", "member": "構成員", "partner": "協力団体", "volunteer": "協力員"}
STATES = {"issued": "印刷待ち", "printed": "印刷済み", "in_use": "使用中", "stopped": "停止"}
ROLES = {"counsellor": "相談員", "supervisor": "主任", "clerk": "事務局"}
WEEKDAYS = "月火水木金土日"
POLICIES = {"workplace_code": "職場の番号が要る", "open": "職場の番号なしで登録できる"}
EMPTY = "(書かれていません)"
SOURCE = "数字は、作った日時のデータそのものです。「書き込み」だけは、事務局が書いた文です。"


def succession_record(
    facts: Facts, notes: Mapping[str, NoteForSuccessor], by: str, now: datetime
) -> bytes:
    """A PDF in Japanese."""
    network = facts.network
    return render_document(
        Document(
            title="見守りネットワーク 引継書",
            when=f"{era_day(now.astimezone(TOKYO).date())} {now.astimezone(TOKYO):%H:%M} 現在",
            to=f"{network.municipality} {network.name}",
            by=f"作った人 {by}",
            sections=[
                Section("", [SOURCE]),
                Section("電話番号", table=telephones(facts), widths=[2, 3, 2]),
                Section("決めてあること", table=settings(facts), widths=[2, 5]),
                Section("団体と名札", table=numbers(facts), widths=[2, 5]),
                Section("これから12か月の期限", *due(facts)),
                Section("サインインする人", table=people(facts), widths=[1, 2, 2]),
                Section("残っている仕事", table=remaining(facts), widths=[2, 5]),
                Section("書き込み", table=written(notes), widths=[2, 5]),
            ],
            lines=["引き継いだ日", "前の担当者の署名", "新しい担当者の署名"],
            footer=f"つなぐ名札 引継書 {network.municipality}",
        )
    )


def telephones(facts: Facts) -> list[list[str]]:
    network = facts.network
    found = [
        ["センター", network.center_name, network.center_tel],
        ["事務局", network.office_name, network.office_tel],
        ["警察署", network.police_name, network.police_tel],
        ["地域包括", network.houkatsu_name, network.houkatsu_tel],
    ]
    return [
        ["どこ", "名前", "電話"],
        *([where, name or EMPTY, number or EMPTY] for where, name, number in found),
    ]


def settings(facts: Facts) -> list[list[str]]:
    network = facts.network
    days = days_of(network.retention)
    return [
        ["項目", "内容"],
        ["開庁時間", hours(facts)],
        ["通知を控える時間", f"{network.quiet_from}〜{network.quiet_until}"],
        ["端末の登録", POLICIES.get(network.pairing_policy, network.pairing_policy)],
        ["お約束の版", f"第{network.secrecy_version}版"],
        ["保存期間", "、".join(f"{one.name} {days[one.code]}日" for one in kinds_of(network))],
    ]


def hours(facts: Facts) -> str:
    weekly = facts.network.hours["weekly"]
    days = [f"{WEEKDAYS[int(day)]} {times[0][:5]}〜{times[1][:5]}" for day, times in weekly.items()]
    return "、".join(days) or EMPTY


def numbers(facts: Facts) -> list[list[str]]:
    standings = "、".join(
        f"{name} {facts.standings.get(code, 0)}" for code, name in STANDINGS.items()
    )
    states = "、".join(f"{name} {facts.badges.get(code, 0)}" for code, name in STATES.items())
    return [
        ["項目", "数"],
        ["団体", f"{facts.organizations}団体({standings})"],
        ["事業所・店舗", f"{facts.workplaces}か所"],
        ["名札", f"{sum(facts.badges.values())}枚({states})"],
        ["まだ渡していない名札", f"{facts.not_handed_over}枚"],
    ]


def due(facts: Facts) -> tuple[list[str], list[list[str]]]:
    late = f"期限が過ぎたのに停止していない名札が{facts.ended}枚あります。"
    said = [late] if facts.ended else []
    if not facts.expiries:
        return [*said, "12か月のうちに期限が来る名札はありません。"], []
    rows = [[era_day(one.on), f"名札 {one.badges}枚の有効期限"] for one in facts.expiries]
    return said, [["日", "期限"], *rows]


def people(facts: Facts) -> list[list[str]]:
    rows = [[ROLES.get(one.role, one.role), one.name, one.sign_in] for one in facts.staff]
    return [["役割", "名前", "サインイン名"], *rows]


def remaining(facts: Facts) -> list[list[str]]:
    return [
        ["項目", "件数"],
        ["完了していない報告", f"{facts.open_reports}件(中身は相談員が受信箱で見ます)"],
        ["電話のお願い", f"{facts.open_calls}件"],
        ["まだ渡していない名札", f"{facts.not_handed_over}枚"],
    ]


def written(notes: Mapping[str, NoteForSuccessor]) -> list[list[str]]:
    rows = []
    for topic in TOPICS:
        note = notes.get(topic.code)
        when = (
            f"\n({era_day(note.updated_at.astimezone(TOKYO).date())})" if note and note.text else ""
        )
        rows.append([topic.name, f"{note.text if note and note.text else EMPTY}{when}"])
    return [["項目", "書き込み"], *rows]
