import pytest

from app.staff.browsers import short_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"(Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/131 Safari/537 Edg/131", "Edge・Windows"),
        (f"(Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Chrome/131 Safari/537", "Chrome・Mac"),
        (f"(iPhone; CPU iPhone OS 18_1 like Mac OS X) {WEBKIT} Safari/604", "Safari・iPhone"),
        (f"(iPad; CPU OS 18_1 like Mac OS X) {WEBKIT} CriOS/131 Safari/604", "Chrome・iPad"),
        (f"(Linux; Android 10; K) {WEBKIT} Chrome/131 Mobile Safari/537", "Chrome・Android"),
        ("(X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox・Linux"),
        ("curl/8.9", ""),
    ],
)
def test_a_browser_is_named_as_people_call_it(user_agent: str, name: str) -> None:
    assert short_name(f"Mozilla/5.0 {user_agent}") == name
