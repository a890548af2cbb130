"""Who may lead whom."""

import pytest

from app.links.rules import LinkKind, fits, still_fits

CENTER, PREFECTURE = LinkKind.CENTER, LinkKind.PREFECTURE


@pytest.mark.parametrize(
    ("kind", "leading", "led", "may"),
    [
        (CENTER, "municipality", "municipality", True),
        (CENTER, "wide_area", "municipality", True),
        (CENTER, "municipality", "wide_area", True),
        (CENTER, "prefecture", "municipality", False),
        (CENTER, "municipality", "prefecture", False),
        (PREFECTURE, "prefecture", "municipality", True),
        (PREFECTURE, "prefecture", "wide_area", True),
        (PREFECTURE, "municipality", "municipality", False),
        (PREFECTURE, "prefecture", "prefecture", False),
    ],
)
def test_a_center_leads_towns_and_a_prefecture_what_is_in_it(
    kind: LinkKind, leading: str, led: str, may: bool
) -> None:
    assert fits(kind, leading, led) is may
    assert still_fits(kind, True, leading, led) is may
    assert still_fits(kind, False, led, leading) is may
