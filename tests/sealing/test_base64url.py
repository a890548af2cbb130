import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sealing import base64url


@given(st.binary(max_size=70))
def test_bytes_come_back(data: bytes) -> None:
    assert base64url.decode(base64url.encode(data)) == data


def test_the_alphabet_is_url_safe_and_without_padding() -> None:
    assert base64url.encode(b"\xff\xef\xbe\xff") == "_---_w"


@pytest.mark.parametrize("text", ["A", "AA==", "AB", "AA\n", " AA", "A*A", "+/+/", "あ", "____="])
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        base64url.decode(text)
