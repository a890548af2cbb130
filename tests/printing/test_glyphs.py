from pathlib import Path

import pytest
from PIL import ImageFont

from app.printing.cmap import read_coverage
from app.printing.fonts import FACES
from app.printing.glyphs import drawable, missing_glyphs, undrawable


@pytest.mark.parametrize(
    "name",
    ["髙﨑 𠮷田", "渡邉\U000e0102", "邊\U000e0100", "濵田 桒原 𣘺本", "神\ufe00", "㈱①", "Nguyễn"],
)
def test_a_name_the_faces_can_draw_is_not_flagged(name: str) -> None:
    assert missing_glyphs(name) == []


def test_each_missing_character_is_named_once_in_order() -> None:
    assert missing_glyphs("山ꙮ田😀ꙮ") == ["ꙮ", "😀"]


def test_a_variant_the_faces_lack_is_flagged_though_its_plain_form_is_there() -> None:
    assert missing_glyphs("渡邊\U000e011f") == ["邊\U000e011f"]


def test_a_selector_with_nothing_to_select_is_flagged() -> None:
    assert missing_glyphs("\U000e0100") == ["\U000e0100"]


@pytest.mark.parametrize("path", FACES, ids=["regular", "bold"])
def test_the_table_agrees_with_what_freetype_draws(path: Path) -> None:
    face = ImageFont.truetype(path, 24, layout_engine=ImageFont.Layout.BASIC)
    characters = {chr(point) for point in range(0x21, 0x2FFFF, 211) if not 0xD800 <= point < 0xE000}
    nothing = bytes(face.getmask("\uffff"))
    drawn = {character for character in characters if bytes(face.getmask(character)) != nothing}
    known = read_coverage(path).characters
    assert len(drawn) > 100
    assert drawn == {character for character in characters if ord(character) in known}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("外\ue000字", "外〓字"),
        ("港😀町", "港〓町"),
        ("\ufeff青\u202e波\uffff", "青波〓"),
        ("渡邉\U000e0102 𠮷\n田", "渡邉\U000e0102 𠮷\n田"),
        ("\ud800", "〓"),
    ],
)
def test_what_no_face_draws_is_seen_to_be_lacking(text: str, shown: str) -> None:
    assert drawable(text) == shown


def test_the_lacking_are_named_each_once() -> None:
    assert undrawable("外\ue000字\u202e\ue000😀〓") == ["\ue000", "😀"]
