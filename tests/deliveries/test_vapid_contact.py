import pytest

from app.deliveries.vapid_contact import contact_trouble


@pytest.mark.parametrize(
    "contact",
    ["mailto:nafuda@city.aonami.lg.jp", "https://www.city.aonami.lg.jp/nafuda", "mailto:a@b.jp"],
)
def test_an_address_that_leads_somewhere_is_fine(contact: str) -> None:
    assert contact_trouble(contact) is None


@pytest.mark.parametrize(
    ("contact", "why"),
    [
        ("mailto:postmaster@localhost", "庁内だけ"),
        ("mailto:a@nafuda.local", "庁内だけ"),
        ("mailto:a@example.com", "庁内だけ"),
        ("https://intranet", "「.」がない"),
        ("https://192.168.0.5/", "IPアドレス"),
        ("mailto:a@[10.0.0.1]", "IPアドレス"),
        ("https://[::1]/", "IPアドレス"),
        ("mailto:city", "メールアドレスの形"),
        ("mailto:@city.lg.jp", "メールアドレスの形"),
        ("http://www.city.aonami.lg.jp", "mailto: か https:"),
        ("", "mailto: か https:"),
    ],
)
def test_one_that_leads_nowhere_says_why(contact: str, why: str) -> None:
    assert why in (contact_trouble(contact) or "")
