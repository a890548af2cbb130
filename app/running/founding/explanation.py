"""団体への説明: what it is, in one A4 that a shop manager reads standing."""

from app.networks.models import Network
from app.printing.documents import Document, Section

WHAT = (
    "店頭・窓口・配達で「おかしい」と気付いたことを、名札の裏の二次元コードから{center}に知らせる"
    "仕組みです。急ぐときは、送る前に、何と言うか、どこへ電話するかが画面に出ます。"
)
MINUTE = (
    "1. 名札の裏を、自分か店のスマートフォンで読み取る。アプリも会員登録も要りません。",
    "2. 気付いたことに✓を付ける。1つでも送れます。",
    "3. 「センターに送る」を押す。圏外でも、つながったときに送られます。",
    "4. センターの返事を読み、「了解しました」を押す。できないときは、そう答えられます。",
)
NEVER = (
    "最初の報告に、お客様の名前・住所・口座・写真・位置情報を書く欄はありません。",
    "働く人の本名も要りません。声を掛けるかどうかは、自分と店の安全を先に考えて決めます。",
)
SEES = (
    (
        "報告の中身",
        "{center}の相談員",
        "本部・事務局は見られません(サーバーを預かる人は書き出せます)",
    ),
    ("自分の報告と返事", "報告した端末", "急ぐ指示に返事がないと、同じ職場の端末にも知らせます"),
    ("団体・事業所・名札の番号", "事務局", "名札が本物かは、住民も番号で確かめられます"),
)
ASKED = (
    "担当者を1人決めて、事務局に知らせる。",
    "名札を受け取り、使う人に渡す。なくしたら、すぐ事務局に電話する。",
    "「知ったことをほかの人に話さない」というお約束を、使う人と確かめる。",
)


def explanation(network: Network, when: str) -> Document:
    values = {"center": network.center_name}
    office = network.office_name or network.center_name
    sees = [[one.format(**values) for one in row] for row in SEES]
    contact = [
        ["どんなとき", "どこ", "電話"],
        ["報告・お客様のこと", network.center_name, network.center_tel],
        ["加入・名札のこと", office, network.office_tel or network.center_tel],
        ["いま危ないとき", "警察・救急", "110・119"],
    ]
    return Document(
        title=f"{network.name}へのご参加のお願い",
        when=when,
        to="事業者・団体の皆さま",
        by=office,
        sections=[
            Section("何をするものか", [WHAT.format(**values)]),
            Section("働く人がすること(1分)", MINUTE),
            Section("聞かないこと", NEVER),
            Section("だれが何を見るか", table=[["何", "見る人", "ほか"], *sees], widths=[4, 4, 7]),
            Section("団体にお願いすること", ASKED),
            Section("連絡先", table=contact, widths=[4, 6, 4]),
        ],
        footer=f"つなぐ名札 {network.municipality}",
    )
