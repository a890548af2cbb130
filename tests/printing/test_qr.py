import random
import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from app.printing.qr import (
    DARK_ON_WHITE,
    LONGEST_ADDRESS,
    USUAL_COLOURS,
    AddressTooLong,
    qr_blocks,
    qr_svg,
)

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
HOST = "HTTPS://MIMAMORI.AONAMI.EXAMPLE"
PIXELS = 4
STROKE = re.compile(r"M(\d+) (\d+)\.5h(\d+)")


def draw(svg: str) -> Image.Image:
    image = Image.new("L", (37 * PIXELS, 37 * PIXELS), 255)
    pen = ImageDraw.Draw(image)
    for x, y, length in STROKE.findall(svg):
        left, top, width = int(x) * PIXELS, int(y) * PIXELS, int(length) * PIXELS
        pen.rectangle((left, top, left + width - 1, top + PIXELS - 1), fill=0)
    return image


def draw_blocks(lines: list[str]) -> Image.Image:
    """As a terminal does: a letter is twice as high as wide."""
    image = Image.new("L", (37 * PIXELS, 38 * PIXELS), 255)
    pen = ImageDraw.Draw(image)
    for y, line in enumerate(lines):
        for x, letter in enumerate(line):
            for lower in (half for half, inked in ((0, "▀█"), (1, "▄█")) if letter in inked):
                left, top = x * PIXELS, (2 * y + lower) * PIXELS
                pen.rectangle((left, top, left + PIXELS - 1, top + PIXELS - 1), fill=0)
    return image


def read(image: Image.Image) -> zxingcpp.Barcode:
    (code,) = zxingcpp.read_barcodes(image)
    return code


def addresses(count: int) -> list[str]:
    chance = random.Random(188)
    return [f"{HOST}/B/{''.join(chance.choices(ALPHABET, k=11))}" for _ in range(count)]


@pytest.mark.parametrize("address", addresses(40))
def test_the_code_reads_as_the_address(address: str) -> None:
    assert read(draw(qr_svg(address))).text == address


def test_the_code_is_level_q() -> None:
    assert read(draw(qr_svg(addresses(1)[0]))).ec_level == "Q"


@pytest.mark.parametrize("length", [1, 20, 36, LONGEST_ADDRESS])
def test_every_code_is_version_3_with_its_quiet_zone(length: int) -> None:
    svg = qr_svg("A" * length)
    assert 'viewBox="0 0 37 37"' in svg
    dark = draw(svg).point(lambda grey: 255 - grey).getbbox()
    assert dark == (4 * PIXELS, 4 * PIXELS, 33 * PIXELS, 33 * PIXELS)


def test_a_blot_of_a_tenth_of_the_code_does_no_harm() -> None:
    address = addresses(1)[0]
    image = draw(qr_svg(address))
    ImageDraw.Draw(image).rectangle((14 * PIXELS, 14 * PIXELS, 23 * PIXELS, 22 * PIXELS), fill=0)
    assert read(image).text == address


def test_a_longer_address_is_refused() -> None:
    with pytest.raises(AddressTooLong, match="48 characters"):
        qr_svg("A" * 48)


@pytest.mark.parametrize("text", ["https://aonami.example/b/k7m3", "青波市"])
def test_an_address_outside_the_compact_alphabet_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="outside the compact alphabet"):
        qr_svg(text)


@pytest.mark.parametrize("address", [*addresses(3), "HTTP://192.168.100.200:65535/"])
def test_a_terminal_shows_a_code_that_reads_as_the_address(address: str) -> None:
    lines = qr_blocks(address).splitlines()
    assert all(one.startswith(DARK_ON_WHITE) and one.endswith(USUAL_COLOURS) for one in lines)
    bare = [one.removeprefix(DARK_ON_WHITE).removesuffix(USUAL_COLOURS) for one in lines]
    assert (len(bare), {len(one) for one in bare}) == (19, {37})
    assert read(draw_blocks(bare)).text == address


@pytest.mark.parametrize("length", [1, 36, 47])
def test_another_program_makes_the_same_code(length: int) -> None:
    text = (HOST + "/B/" + "K" * 47)[:length]
    other = QRCode(version=3, error_correction=ERROR_CORRECT_Q, border=4, mask_pattern=0)
    other.add_data(QRData(text, mode=MODE_ALPHA_NUM))
    other.make(fit=False)
    dark = [(int(x) + i, int(y)) for x, y, n in STROKE.findall(qr_svg(text)) for i in range(int(n))]
    matrix = other.get_matrix()
    assert sorted(dark) == sorted(
        (x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module
    )
