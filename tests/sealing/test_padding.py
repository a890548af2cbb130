import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sealing.padding import pad, unpad


@pytest.mark.parametrize(
    ("length", "padded"), [(0, 256), (1, 256), (254, 256), (255, 512), (510, 512), (511, 768)]
)
def test_lengths_show_in_steps_of_256_bytes_only(length: int, padded: int) -> None:
    assert len(pad("x" * length)) == padded


def test_the_length_comes_first_then_the_text_then_zeros() -> None:
    assert pad("あ") == b"\x00\x03" + "あ".encode() + bytes(251)
    assert pad("x" * 300)[:3] == b"\x01\x2cx"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unpad(pad(text)) == text


def test_the_longest_text_is_65535_bytes() -> None:
    assert unpad(pad("x" * 65_535)) == "x" * 65_535
    with pytest.raises(ValueError, match="longer"):
        pad("x" * 65_536)


def test_half_a_surrogate_pair_is_not_sealed_as_something_else() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        pad("\ud83d")
