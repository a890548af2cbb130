"""加入届 and 委嘱状: forms with places to be filled in."""

from app.networks.models import Network
from app.printing.documents import Document, Section

DRAFT = "案。様式は、法務・要綱の担当で確かめてください。"
BLANK = "令和　　年　　月　　日"
JOINING = "{name}の要綱に賛同し、次のとおり届け出ます。"
PROMISE = (
    "見守りの中で知った人の名前や事情を、ほかの人に話しません。やめた後も同じです。",
    "最初の報告に、お客様の名前や住所を書きません。",
    "名札をなくしたとき、使う人がやめたときは、すぐ事務局に知らせます。",
)
ROWS = (
    "団体の名前(ふりがな)",
    "代表者",
    "所在地",
    "電話・メール",
    "担当者",
    "事業所・店舗(別紙でも可)",
    "名札の枚数",
    "区分(○を付ける)",
)
STANDINGS = "構成員　・　協力団体　・　協力員"
COMMISSION = (
    "消費者安全法第11条の7により、{name}の【協力団体・協力員】を委嘱します。",
    "期間　　【令和　年　月　日】から【令和　年　月　日】まで",
    "お願いすること　　気付いたことを{center}に知らせること、注意を呼びかけること、研修への参加",
    "知ったことは、ほかの人に話さないでください。期間が終わった後も同じです。",
)


def application(network: Network, when: str) -> Document:
    rows = [[row, STANDINGS if row.startswith("区分") else "　"] for row in ROWS]
    return Document(
        title=f"{network.name} 加入届",
        when=BLANK,
        to=f"{network.head} 様",
        by="",
        sections=[
            Section("", [DRAFT, JOINING.format(name=network.name)]),
            Section("", table=[["項目", "記入"], *rows], widths=[3, 7]),
            Section("お約束", PROMISE),
        ],
        lines=["代表者の署名", "事務局の受付"],
        footer=f"案 {network.municipality}",
    )


def commission(network: Network, when: str) -> Document:
    values = {"name": network.name, "center": network.center_name}
    return Document(
        title="委嘱状",
        when=BLANK,
        to="【団体・個人の名前】 様",
        by=f"{network.head} 【氏名】",
        sections=[
            Section("", [one.format(**values) for one in COMMISSION]),
            Section("", [DRAFT, "渡す前に、この2行を消してください。"]),
        ],
        footer=f"案 {network.municipality}",
    )
