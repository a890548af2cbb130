from app.organizations.rules import Industry, Standing


def test_standings_are_called_as_in_the_ordinance() -> None:
    labels = {standing.value: standing.label for standing in Standing}
    assert labels == {
        "agency": "関係機関",
        "member": "構成員",
        "partner": "協力団体",
        "volunteer": "協力員",
    }


def test_every_industry_has_a_label_and_a_badge_letter_of_its_own() -> None:
    assert {industry.value: (industry.badge_letter, industry.label) for industry in Industry} == {
        "conveni": ("A", "コンビニ"),
        "finance": ("B", "金融機関"),
        "post": ("P", "郵便局"),
        "delivery": ("D", "宅配・運送"),
        "insurance": ("L", "保険"),
        "retail": ("C", "スーパー・生協"),
        "newspaper": ("N", "新聞"),
        "other": ("X", "その他"),
    }
