import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from app.deliveries.endpoints import endpoint_allowed, push_origin, valid_keys

LOOPBACK = "http://127.0.0.1:8123"


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def point() -> bytes:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return public.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


AUTH = base64url(bytes(16))


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/dQw4:APA91bH-x_Y",
        "https://fcm.googleapis.com:443/wp/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABm%2Fx==",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://wns2-ln2p.notify.windows.com/w/?token=BQYAAAC%2bAbc%3d",
        "https://fcm.googleapis.com/" + "x" * 773,
    ],
)
def test_the_push_services_of_browsers_are_accepted(endpoint: str) -> None:
    assert endpoint_allowed(endpoint, ())


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "fcm.googleapis.com/x",
        "//fcm.googleapis.com/x",
        "https:/fcm.googleapis.com/x",
        "https:fcm.googleapis.com/x",
        "https:///fcm.googleapis.com/x",
        "https://fcm.googleapis.com",
        "http://fcm.googleapis.com/x",
        "http://fcm.googleapis.com:443/x",
        "ftp://fcm.googleapis.com/x",
        "javascript:https://fcm.googleapis.com/x",
        "HTTPS://fcm.googleapis.com/x",
        "https://FCM.googleapis.com/x",
        "https://fcm.googleapis.com:444/x",
        "https://fcm.googleapis.com:0443/x",
        "https://fcm.googleapis.com:/x",
        "https://fcm.googleapis.com:４４３/x",
        "https://fcm.googleapis.com:443:443/x",
        "https://fcm.googleapis.com./x",
        "https://.fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com/x",
        "https://evil.fcm.googleapis.com/x",
        "https://evil.example/fcm.googleapis.com/x",
        "https://evil.example?fcm.googleapis.com/x",
        "https://evil.example#.push.apple.com/x",
        "https://user@fcm.googleapis.com/x",
        "https://user:pass@fcm.googleapis.com/x",
        "https://@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://fcm.googleapis.com:443@evil.example/x",
        "https://fcm.googleapis.com%40evil.example/x",
        "https://evil.example\\@fcm.googleapis.com/x",
        "https://fcm.googleapis.com\\.evil.example/x",
        "https://evil.example\\.push.apple.com/x",
        "https://push.apple.com/x",
        "https://.push.apple.com/x",
        "https://a..push.apple.com/x",
        "https://-.push.apple.com/x",
        "https://a_b.push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://push.services.mozilla.com/x",
        "https://notify.windows.com/x",
        "https://" + "a" * 64 + ".push.apple.com/x",
        "https://127.0.0.1/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://[fe80::1%25.push.apple.com]/x",
        "https://fcm.googleapis.com/x#fragment",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/a\n",
        "\nhttps://fcm.googleapis.com/a",
        " https://fcm.googleapis.com/a",
        "https://fcm.googleapis.com/a\r\nHost: evil.example",
        "https://fcm.googleapis.com/a\x00",
        "https://fcm.googleapis.com/a\\..\\b",
        "https://fcm.goo\tgleapis.com/x",
        "https://fcm.googleapis.com/通知",
        "https://fcm。googleapis。com/x",
        "https://ｆｃｍ.googleapis.com/x",
        "https://fcm.googleapis.ⅽom/x",
        "https://ſ.push.apple.com/x",
        "https://a.pu\u0455h.apple.com/x",
        "https://fcm.googleapis.com/" + "x" * 774,
    ],
)
def test_anything_else_is_refused(endpoint: str) -> None:
    assert not endpoint_allowed(endpoint, (LOOPBACK,))


def test_a_further_origin_is_accepted_only_exactly() -> None:
    assert endpoint_allowed(f"{LOOPBACK}/wpush/v1/abc", (LOOPBACK,))
    assert not endpoint_allowed("https://a@b/x", ("",))
    assert not endpoint_allowed(f"{LOOPBACK}/wpush/v1/abc", ())
    assert not endpoint_allowed("http://127.0.0.1:81230/x", (LOOPBACK,))
    assert not endpoint_allowed("http://127.0.0.1/x", (LOOPBACK,))
    assert not endpoint_allowed("https://127.0.0.1:8123/x", (LOOPBACK,))
    assert not endpoint_allowed("http://a@127.0.0.1:8123/x", (LOOPBACK,))


def test_an_endless_host_is_refused() -> None:
    assert not endpoint_allowed("https://" + "a." * 100_000 + "push.apple.com/x", ())


@given(st.text(st.characters(exclude_characters="/")))
def test_no_text_put_before_a_known_name_gets_through(prefix: str) -> None:
    endpoint = f"https://{prefix}fcm.googleapis.com/x"
    assert endpoint_allowed(endpoint, ()) == (prefix == "")


def test_the_audience_is_the_origin_without_the_usual_port() -> None:
    assert push_origin("https://fcm.googleapis.com:443/x") == "https://fcm.googleapis.com"
    assert push_origin(f"{LOOPBACK}/x") == LOOPBACK
    assert push_origin("https://a@b/x") == ""


def test_keys_of_a_browser_are_valid_with_and_without_padding() -> None:
    assert valid_keys(base64url(point()), AUTH)
    assert valid_keys(base64url(point()) + "=", AUTH + "==")


def test_a_point_off_the_curve_is_refused() -> None:
    raw = bytearray(point())
    raw[64] ^= 1
    assert not valid_keys(base64url(bytes(raw)), AUTH)
    assert not valid_keys(base64url(b"\x04" + bytes(64)), AUTH)


def test_other_forms_of_a_point_are_refused() -> None:
    raw = point()
    hybrid = bytes([6 + raw[64] % 2]) + raw[1:]
    compressed = bytes([2 + raw[64] % 2]) + raw[1:33]
    for form in (hybrid, compressed, raw[1:], raw + b"\x00", b"\x00" * 65, b""):
        assert not valid_keys(base64url(form), AUTH)


@pytest.mark.parametrize("length", [0, 15, 17, 32])
def test_a_secret_that_is_not_16_bytes_is_refused(length: int) -> None:
    assert not valid_keys(base64url(point()), base64url(bytes(length)))


@pytest.mark.parametrize("auth", ["+" * 22, "あ" * 22, AUTH + "=", AUTH + "\n", AUTH[:-1] + " "])
def test_a_secret_in_another_alphabet_is_refused(auth: str) -> None:
    assert not valid_keys(base64url(point()), auth)


@given(st.text(max_size=100), st.text(max_size=40))
def test_garbage_keys_are_refused_and_never_raise(p256dh: str, auth: str) -> None:
    assert not valid_keys(p256dh, auth)
