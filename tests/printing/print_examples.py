"""Words of the fictional 青波市, as short and as long as they get."""

from dataclasses import replace

from app.printing.documents import Document, Section
from app.printing.prints import Briefing, PrintWords

WORDS = PrintWords(
    municipality="青波市",
    network_name="消費者見守りネットワーク",
    center_name="青波市消費生活センター",
    center_tel="0000-00-1188",
    hours="平日 9:00〜16:30(祝日・年末年始を除く)",
    police_name="青波警察署",
    police_tel="0000-00-0110",
    houkatsu_name="青波市地域包括支援センター",
    houkatsu_tel="0000-00-2255",
    office="青波市 市民生活課 0000-00-1100",
    verification="mimamori.aonami.example/verify",
)
LONG = replace(
    WORDS,
    municipality="かすみがうら南青波広域市",
    network_name="消費者安全確保地域協議会みまもりつなぐネットワーク",
    center_name="かすみがうら南青波広域市立消費生活総合支援センター東分室",
    police_name="かすみがうら南青波警察署 生活安全課",
    houkatsu_name="かすみがうら南青波広域市東部第二地域包括支援センター",
    hours="月・水・金 9:00〜16:30、火・木 10:00〜19:00(祝日・年末年始を除く)",
)
BARE = replace(
    WORDS, hours="", police_name="", houkatsu_name="", houkatsu_tel="", office="", verification=""
)
BRIEFING = Briefing(
    headline="「未納料金」のSMSが市内で急増",
    script="おはようございます。市から注意のお知らせです。「未納料金があります。今日中にカードを"
    "買ってください」というメールが増えています。高額のカードを急いで買うお客様がいたら、"
    "「いったん電話を切って、いっしょに確認しませんか」と声を掛けてください。",
    signs=(
        "電話をしながら、カードの棚を見ている",
        "「今日中に」「急いで」と言う",
        "カードの買い方をたずねる",
        "何枚も、高額を買おうとする",
    ),
    words_to_say="市の見守りの者です。いったん電話を切って、いっしょに確認させてください。",
    source="国民生活センター「見守り新鮮情報」",
    day="令和8年9月24日",
    seconds=24,
)
PAPER = Document(
    title="引継書",
    when="令和8年9月24日",
    to="次の担当の方",
    by="青波市市民生活課",
    sections=[
        Section(
            "連絡先", ["電話で聞けるところ。"], [["どこ", "電話"], *[["市", "0188"]] * 60], [2, 1]
        ),
        Section("決まり", ["あ" * 900]),
    ],
    lines=["受け取った人"],
    footer="つなぐ名札 青波市",
)
