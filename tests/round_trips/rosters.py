"""A roster as a clerk keeps it, and what it says, line by line."""

from datetime import date

from app.organizations.roster import RosterRow
from app.organizations.rules import Industry, Standing
from tests.organizations.roster.files import xlsx

RARE, VARIANT = "𠮷野 さくら", "渡邉\U000e0102 邊\U000e0100"
HEADER = [
    "No.", "参加区分", "業種", "団体名", "ふりがな", "事業所・店舗名", "所在地",
    "電話番号", "担当者", "委嘱年月日", "名札枚数", "備考",
]  # fmt: skip


def clerks_roster(rare: str = RARE, variant: str = VARIANT) -> bytes:
    """Title, notes, merged cells, dates in five ways, sums. `rare` and `variant`: two contacts."""
    lines: list[list[object]] = [
        ["みどり野町 見守り協力団体名簿"],
        ["", "", "", "", "", "", "", "", "", "", "", "令和8年4月1日現在"],
        [],
        list(HEADER),
        [1, "構成員", "金融機関", "みどり野信用金庫", "みどりのしんようきんこ", "本店",
         "みどり野町1-2-3", "0000-11-0012", rare, date(2026, 4, 1), 12, ""],
        [2, "", "", "", "", "東出張所", "みどり野町東4-5", "0000(11)0013", variant,
         "R8.4.1", 3, "+1日は休み"],
        [3, "協力団体", "コンビニ", "髙橋商店", "たかはししょうてん", "", "みどり野町6",
         "００００－１１－００１４", "店長", "令和8年4月1日", "4枚", "土日だけ"],
        [4, "協力団体", "新聞", "緑野新報販売所", "", "", "", "", "", "2026/4/1", "２", "〃"],
        [5, "協力員", "その他", "(個人)", "", "", "", "", "山田 太郎", "2026年5月10日", 1, "@朝"],
        ["", "", "", "", "", "", "", "", "", "合計", 22, ""],
        ["※委嘱日が空欄の団体は手続き中"],
    ]  # fmt: skip
    merged = [(4, 5, column, lines[4][column]) for column in (1, 2, 3, 4)]
    return xlsx({"名簿": lines, "連絡先": [["課", "電話"], ["市民課", "0000-11-0000"]]}, merged)


def golden(rare: str = RARE, variant: str = VARIANT) -> list[RosterRow]:
    member, partner, person = Standing.MEMBER, Standing.PARTNER, Standing.VOLUNTEER
    april, may = date(2026, 4, 1), date(2026, 5, 10)
    bank = (member, Industry.FINANCE, "みどり野信用金庫", "みどりのしんようきんこ")
    shop = (partner, Industry.CONVENI, "髙橋商店", "たかはししょうてん", "", "みどり野町6")
    paper = (partner, Industry.NEWSPAPER, "緑野新報販売所", "", "", "", "", "", "")
    alone = (person, Industry.OTHER, "(個人)", "", "", "", "", "山田 太郎", "")
    head, east = ("本店", "みどり野町1-2-3"), ("東出張所", "みどり野町東4-5")
    return [
        RosterRow(5, *bank, *head, "0000-11-0012", rare, "", april, 12, ""),
        RosterRow(6, *bank, *east, "0000(11)0013", variant, "", april, 3, "+1日は休み"),
        RosterRow(7, *shop, "0000-11-0014", "店長", "", april, 4, "土日だけ"),
        RosterRow(8, *paper, april, 2, "土日だけ"),
        RosterRow(9, *alone, may, 1, "@朝"),
    ]
