import json

import pytest

from app.deliveries.payload import declarative_payload

TEXT = "対応のお願いが届きました(1分で読めます)"


def payload(body: str, title: str = "つなぐ名札") -> bytes:
    return declarative_payload(
        title,
        body,
        navigate="https://nafuda.example/instructions/1",
        tag="instruction-1",
        receipt="https://nafuda.example/receipts/abc",
        lang="ja",
    )


def test_a_payload_is_a_declarative_push_message_that_still_wakes_our_worker() -> None:
    assert json.loads(payload(TEXT)) == {
        "web_push": 8030,
        "mutable": True,
        "notification": {
            "title": "つなぐ名札",
            "body": TEXT,
            "lang": "ja",
            "navigate": "https://nafuda.example/instructions/1",
            "tag": "instruction-1",
            "data": {"receipt": "https://nafuda.example/receipts/abc"},
        },
    }


def test_a_text_that_just_fits_stays_whole() -> None:
    body = "あ" * ((2000 - len(payload(""))) // 3)
    assert json.loads(payload(body))["notification"]["body"] == body


@pytest.mark.parametrize("body", ["あ" * 700, '"' * 5000, "📮" * 3000, "a\n" * 999])
def test_too_long_a_text_loses_its_end(body: str) -> None:
    made = payload(body)
    shown = json.loads(made)["notification"]["body"]
    assert 1990 < len(made) <= 2000
    assert shown.endswith("…")
    assert body.startswith(shown[:-1])


def test_addresses_that_leave_no_room_are_an_error() -> None:
    with pytest.raises(ValueError, match="no room"):
        payload("", title="あ" * 700)
