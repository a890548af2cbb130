import pytest

from app.organizations.roster import spellings
from app.organizations.roster.cells import Doubt
from app.organizations.rules import Industry, Standing


def test_every_label_means_itself() -> None:
    assert [spellings.standing(standing.label) for standing in Standing] == list(Standing)
    assert [spellings.industry(industry.label) for industry in Industry] == list(Industry)


@pytest.mark.parametrize(
    ("written", "industry"),
    [
        ("生協", "retail"),
        ("スーパー", "retail"),
        ("生命保険", "insurance"),
        ("運送", "delivery"),
        ("宅配･運送", "delivery"),
        ("福祉", "other"),
        ("警察", "other"),
        (" ｺﾝﾋﾞﾆ ", "conveni"),
        ("金融 機関", "finance"),
    ],
)
def test_what_clerks_write_for_an_industry_is_understood(written: str, industry: str) -> None:
    assert spellings.industry(written) == industry


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("コンビに", "「コンビに」は一覧にありません(コンビニ ですか?)"),
        ("郵更局", "「郵更局」は一覧にありません(郵便局 ですか?)"),
        ("こんびに", "「こんびに」は一覧にありません(コンビニ ですか?)"),
        (
            "宇宙開発",
            "「宇宙開発」は一覧にありません(コンビニ、金融機関、郵便局、宅配・運送、保険、スーパー・生協"
            "、新聞、その他 のどれかにしてください)",
        ),
        ("", "がありません"),
        ("—", "がありません"),
    ],
)
def test_an_unknown_industry_comes_with_the_nearest_known_one(written: str, sentence: str) -> None:
    with pytest.raises(Doubt) as doubt:
        spellings.industry(written)
    assert str(doubt.value) == sentence


def test_a_standing_is_never_guessed_only_suggested() -> None:
    with pytest.raises(Doubt) as doubt:
        spellings.standing("協力団休")
    assert str(doubt.value) == "「協力団休」は一覧にありません(協力団体 ですか?)"
