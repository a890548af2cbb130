"""求めの書面: the same request on paper, for an organization that answers only to paper."""

from app.badges.queries import BadgeHolder
from app.clock import TOKYO
from app.disclosures.models import Disclosure
from app.disclosures.rules import Ground
from app.disclosures.words import GROUND_WORDS, PURPOSE_WORDS, item_words
from app.printing.documents import Document, Section, render_document
from app.reports.models import Report
from app.web.language import Language
from app.web.times import era_day

OPENING = "次のとおり、情報の提供をお願いします。分かる項目だけでかまいません。"
CARE = (
    "この書面には、お客様の情報は書いていません。回答も、メール・ファクスでは送らないでください。",
    "回答は、つなぐ名札の専用画面、手渡し、またはお電話でお願いします。"
    "提供するかどうかは、貴団体の決まりでお決めください。お断りになってもかまいません。",
    "いただいた情報は、対応が終わってから決められた日数で消します。",
)


def request_letter(disclosure: Disclosure, report: Report, holder: BadgeHolder) -> bytes:
    """A PDF in Japanese; nothing in it says who the customer is."""
    network = holder.network
    asked = disclosure.asked_at.astimezone(TOKYO)
    until = disclosure.expires_at.astimezone(TOKYO)
    purpose = disclosure.purpose_text or PURPOSE_WORDS[disclosure.purpose]
    items = "、".join(item_words(disclosure.items, disclosure.other_item, Language.JA))
    return render_document(
        Document(
            title="情報の提供のお願い",
            when=era_day(asked.date()),
            to=f"{holder.place} 御中",
            by=f"{network.center_name} 電話 {network.center_tel}",
            sections=[
                Section("", [OPENING]),
                Section(
                    "お願いすること",
                    table=[
                        ["項目", "内容"],
                        ["受付番号", report.receipt_no],
                        ["求める人", disclosure.asker],
                        ["根拠", GROUND_WORDS[Ground(disclosure.ground)]],
                        ["求める情報", items],
                        ["目的", purpose],
                        ["期限", f"{era_day(until.date())} {until:%H:%M}"],
                    ],
                    widths=[1, 3],
                ),
                Section("回答のしかた", CARE),
            ],
            lines=["回答した方", "受け取った方・日時"],
            footer=f"{network.municipality} {network.name}",
        )
    )
