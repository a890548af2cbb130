from datetime import UTC, datetime, timedelta

import pytest

from app.deliveries.vapid import Authorization, generate_vapid_keys
from tests.browser.rig.vapid import Rejected, decoded, verified_claims

PRIVATE_PEM, PUBLIC_KEY = generate_vapid_keys()
CONTACT = "mailto:push@nafuda.example"
NOW = datetime(2030, 1, 1, 9, tzinfo=UTC)
APPLE, GOOGLE = "https://web.push.apple.com", "https://fcm.googleapis.com"


class Watch:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def authorization(watch: Watch) -> Authorization:
    return Authorization(PRIVATE_PEM, CONTACT, watch)


def test_a_push_service_verifies_who_we_are(authorization: Authorization) -> None:
    header = authorization.header(APPLE)
    claims = verified_claims(header, APPLE, decoded(PUBLIC_KEY), NOW.timestamp())
    assert claims["sub"] == CONTACT
    assert claims["exp"] == (NOW + timedelta(hours=12)).timestamp()


def test_a_header_is_good_at_one_push_service_only(authorization: Authorization) -> None:
    authorization.header(APPLE)
    header = authorization.header(GOOGLE)
    verified_claims(header, GOOGLE, decoded(PUBLIC_KEY), NOW.timestamp())
    with pytest.raises(Rejected, match="audience"):
        verified_claims(header, APPLE, decoded(PUBLIC_KEY), NOW.timestamp())


def test_a_header_is_good_for_twelve_hours_only(authorization: Authorization) -> None:
    header = authorization.header(APPLE)
    verified_claims(header, APPLE, None, NOW.timestamp() + 12 * 3600 - 1)
    with pytest.raises(Rejected, match="expired"):
        verified_claims(header, APPLE, None, NOW.timestamp() + 12 * 3600)


def test_a_header_changed_on_its_way_is_good_nowhere(authorization: Authorization) -> None:
    header = authorization.header(APPLE)
    signed = header.index(".", header.index(".") + 1) + 1
    changed = header[:signed] + ("A" if header[signed] != "A" else "B") + header[signed + 1 :]
    with pytest.raises(Rejected, match="signature"):
        verified_claims(changed, APPLE, None, NOW.timestamp())


def test_a_header_is_signed_once_and_again_after_six_hours(
    authorization: Authorization, watch: Watch
) -> None:
    first = authorization.header(APPLE)
    watch.now = NOW + timedelta(hours=5, minutes=59)
    assert authorization.header(APPLE) == first
    watch.now = NOW + timedelta(hours=6)
    assert authorization.header(APPLE) != first


def test_a_clock_put_right_makes_a_new_signature(
    authorization: Authorization, watch: Watch
) -> None:
    watch.now = NOW + timedelta(days=3650)
    authorization.header(APPLE)
    watch.now = NOW
    header = authorization.header(APPLE)
    assert verified_claims(header, APPLE, decoded(PUBLIC_KEY), NOW.timestamp())


@pytest.mark.parametrize("contact", ["", "push@nafuda.example", "http://nafuda.example", "mailto:"])
def test_a_contact_that_push_services_refuse_is_refused_at_once(contact: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        Authorization(PRIVATE_PEM, contact, Watch())


def test_a_broken_key_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="PEM"):
        Authorization("no key", CONTACT, Watch())


def test_every_key_pair_is_new_and_the_public_half_a_point_in_base64url() -> None:
    private, public = generate_vapid_keys()
    assert private.startswith("-----BEGIN PRIVATE KEY-----\n")
    assert (len(public), decoded(public)[0]) == (87, 4)
    assert public != PUBLIC_KEY
