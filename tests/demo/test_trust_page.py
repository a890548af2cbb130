"""A phone gets the certificate and how to trust it, over plain http. Nothing else is there."""

import hashlib

import pytest
from cryptography import x509
from starlette.testclient import TestClient

from app.clock import TOKYO, system_clock
from app.demo.authority import LIFE
from app.demo.kept_certificate import KeptCertificate, certificate_for
from app.demo.trust_page import CERTIFICATE_PATH, trust_page
from app.routers import ROUTES

ADDRESS, SITE = "192.168.0.5", "https://192.168.0.5:8000"
LANGUAGES = ["ja", "easy", "en"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptCertificate:
    return certificate_for(tmp_path_factory.mktemp("demo"), ADDRESS, system_clock())


@pytest.fixture
def phone(kept: KeptCertificate) -> TestClient:
    return TestClient(trust_page(SITE, ADDRESS, kept), "http://192.168.0.5:8001")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_whom_a_phone_will_trust_and_until_when(phone: TestClient, language: str) -> None:
    page = phone.get(f"/?lang={language}").text
    last = (system_clock() + LIFE).astimezone(TOKYO)
    until = f"{last:%-d %b}" if language == "en" else f"{last.month}月{last.day}日"
    for words in (f"<b>{ADDRESS}", until, f"つなぐ名札 おためし {ADDRESS}", f'href="{SITE}"'):
        assert words in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ["証明書信頼設定", "CA証明書", "プロファイルを削除", "ユーザー"]),
        (
            "easy",
            [
                "<ruby>信頼<rt>しんらい</rt></ruby><ruby>設定",
                "<ruby>削除<rt>さくじょ</rt>",
                "ユーザー",
            ],
        ),
        ("en", ["Certificate Trust Settings", "CA certificate", "Remove Profile", "User"]),
    ],
)
def test_it_leads_through_both_kinds_of_phone_and_back_out(
    phone: TestClient, language: str, words: list[str]
) -> None:
    page = phone.get("/", params={"lang": language}).text
    assert [word for word in (*words, "iPhone", "Android") if word not in page] == []
    others = [one for one in LANGUAGES if f'href="/?lang={one}"' in page]
    assert others == [one for one in LANGUAGES if one != language]


def test_without_a_choice_the_browsers_language_is_spoken(phone: TestClient) -> None:
    assert "Fingerprint" in phone.get("/", headers={"Accept-Language": "en-GB,ja"}).text
    assert "指紋" in phone.get("/").text


def test_the_certificate_is_the_authoritys_and_nothing_secret(
    phone: TestClient, kept: KeptCertificate
) -> None:
    given = phone.get(CERTIFICATE_PATH)
    assert CERTIFICATE_PATH.endswith(".crt")
    assert given.headers["content-type"] == "application/x-x509-ca-cert"
    assert x509.load_der_x509_certificate(given.content) == kept.authority
    assert hashlib.sha256(given.content).digest() == bytes.fromhex(kept.fingerprint)
    assert kept.fingerprint in phone.get("/").text


@pytest.mark.parametrize(
    "path", ["/sign-in", "/B/ABCDEFGHJKM", "/static/icons/app.svg", "/healthz", "/..%2fkeys"]
)
def test_every_other_address_is_a_404_with_a_sentence(phone: TestClient, path: str) -> None:
    answer = phone.get(path)
    assert answer.status_code == 404
    assert answer.text == "ここにあるのは、証明書と、その入れ方のページだけです。"
    assert phone.get(path, headers={"Accept-Language": "en"}).text.startswith("Only the cert")


def test_no_address_of_the_product_is_reachable_there(phone: TestClient) -> None:
    paths = {route.path for route in ROUTES} - {"/"}  # type: ignore[attr-defined]
    assert len(paths) > 40
    assert {phone.get(path).status_code for path in paths} == {404}


def test_nothing_can_be_sent_to_it(phone: TestClient) -> None:
    assert phone.post("/", data={"a": "b"}).status_code == 405
    assert phone.post("/reports", data={"a": "b"}).status_code == 404


def test_it_needs_nothing_from_elsewhere(phone: TestClient) -> None:
    page = phone.get("/")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "src=" not in page.text
    assert page.text.count("<link") == page.text.count('href="data:,"') == 1
