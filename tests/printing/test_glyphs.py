from pathlib import Path

import pytest
from PIL import ImageFont

from app.printing.cmap import read_coverage
from app.printing.fonts import FACES
from app.printing.glyphs import missing_glyphs, spelled


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
    ("written", "drawn"),
    [
        ("渡邉\U000e0102 𠮷野家①", "渡邉\U000e0102 𠮷野家①"),
        ("=1+1\n2行目\t終わり　", "=1+1\n2行目\t終わり　"),
        ("丸😀商店", "丸{U+1F600}商店"),
        ("渡邊\U000e011f様", "渡邊{U+E011F}様"),
        ("外字\ue000と\x01と\ufeff", "外字{U+E000}と{U+0001}と{U+FEFF}"),
        ("\U000e0100", "{U+E0100}"),
        ("青\u202e波\ud800", "青{U+202E}波{U+D800}"),
        ("神\ufe0fの\u200b間", "神\ufe0fの\u200b間"),
    ],
)
def test_what_the_faces_lack_is_spelled_by_its_number(written: str, drawn: str) -> None:
    assert spelled(written) == drawn
