from datetime import date, time

import pytest

from app.organizations.roster import values
from app.organizations.roster.cells import Cell, Doubt, folded, plain

KEPT = [
    "髙橋 啓子",
    "山﨑 大輔",
    "渡邉 𠮷男",
    "斎藤／齋藤",
    "邊見",
    "𣘺本 一",
    "濵田",
    "\ufa19\ufa1a\ufa1b",
    "邉\U000e0102",
    "葛\U000e0100城",
    "Maria Santos デ・ラ・クルス",
    "㈱青波",
    "青波市北町２丁目３番",
]


@pytest.mark.parametrize("written", KEPT)
def test_names_stay_exactly_as_they_are_written(written: str) -> None:
    assert values.name(written) == written


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ﾃﾞｲﾘｰｴｲﾄ", "デイリーエイト"),
        ("濵田 ﾖｼ子", "濵田 ヨシ子"),
        ("ﾊﾟﾝ工房･髙\ufa19", "パン工房・髙\ufa19"),
        ("カ\u3099ス", "ガス"),
        ("カﾞス", "ガス"),
    ],
)
def test_half_width_and_taken_apart_kana_become_whole(written: str, kept: str) -> None:
    assert plain(written) == kept


def test_line_breaks_become_spaces_and_invisible_letters_go() -> None:
    assert plain("　青波市\r\n本町1\u200b-1\u202e\ufeff ") == "青波市 本町1-1"


def test_a_number_reads_as_it_is_shown() -> None:
    assert (plain(24.0), plain(2.5), plain(True)) == ("24", "2.5", "True")


def test_names_compare_without_spaces_width_and_compatibility_letters() -> None:
    assert folded("ﾏﾙﾐ 青波 ３号店") == folded("マルミ　青波3号店")


@pytest.mark.parametrize("written", ["?野", "〓川", "\ufffd田", "\ue000島"])
def test_a_letter_lost_on_the_way_is_never_taken_for_the_name(written: str) -> None:
    with pytest.raises(Doubt, match="外字か文字化け"):
        values.name(written)


@pytest.mark.parametrize("cell", [date(2026, 3, 1), time(3, 1)])
def test_an_address_that_excel_made_a_date_is_a_doubt(cell: Cell) -> None:
    with pytest.raises(Doubt, match="日付や時刻に変わっています"):
        values.words(cell)


@pytest.mark.parametrize("cell", ["", " ", "—", "-", "－", "(個人)", "（個人）", "個人"])
def test_the_organization_itself_has_no_workplace_name(cell: str) -> None:
    assert values.workplace(cell) == ""


@pytest.mark.parametrize(
    ("cell", "workplace"),
    [("(本部)", "本部"), ("（本社）", "本社"), ("本店営業部", "本店営業部"), (24.0, "24")],
)
def test_a_head_office_is_a_workplace(cell: Cell, workplace: str) -> None:
    assert values.workplace(cell) == workplace


@pytest.mark.parametrize(
    ("cell", "telephone"),
    [
        ("0885-00-1001", "0885-00-1001"),
        ("０８８５－００−１００１", "0885-00-1001"),
        ("０８８５（００）１０１０", "0885(00)1010"),
        ("0885ー00ー1001 内線１２（センター）", "0885-00-1001 内線12(センター)"),
        (885001001.0, "0885001001"),
        (9000000001.0, "09000000001"),
        ("—", ""),
    ],
)
def test_telephone_numbers_are_half_width_and_keep_their_leading_zero(
    cell: Cell, telephone: str
) -> None:
    assert values.telephone(cell) == telephone


def test_a_mail_address_is_one_address_or_none() -> None:
    assert values.email("ａ＠coop.example") == "a@coop.example"
    assert values.email("なし") == ""
    for written in ("a@coop", "a@x.example、b@x.example", "代表アドレスへ"):
        with pytest.raises(Doubt, match="メールアドレスとして読めません"):
            values.email(written)


@pytest.mark.parametrize(
    ("cell", "count"),
    [(5.0, 5), ("5枚", 5), ("５ 枚", 5), ("007", 7), ("5.0", 5), ("", 0), ("—", 0), (999, 999)],
)
def test_a_count_is_a_whole_number_with_or_without_its_counter(cell: Cell, count: int) -> None:
    assert values.badge_count(cell) == count


@pytest.mark.parametrize("cell", [-1.0, "-5", "△3枚", "▲ 3", "−2"])
def test_a_count_below_zero_is_a_doubt(cell: Cell) -> None:
    with pytest.raises(Doubt, match="0より小さい数"):
        values.badge_count(cell)


@pytest.mark.parametrize("cell", [1000, 1e300, "99999999999999999999"])
def test_a_huge_count_is_a_doubt(cell: Cell) -> None:
    with pytest.raises(Doubt, match="多すぎます\\(999枚まで\\)"):
        values.badge_count(cell)


@pytest.mark.parametrize("cell", [2.5, "約5枚", "五", "5〜6", True, date(2026, 4, 1), "٣"])
def test_a_count_that_is_no_number_is_a_doubt(cell: Cell) -> None:
    with pytest.raises(Doubt, match="枚数として読めません"):
        values.badge_count(cell)
