"""Chromium whose camera looks at two-dimensional codes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import qrcode
from PIL import Image
from playwright.sync_api import Browser, Playwright

from tests.browser.chromium import STAYS_HERE

SHOWN_FOR = 12


def film(codes: list[str], file: Path) -> None:
    """640 × 480, each code for a while, on a white screen. MJPEG is JPEGs in a row."""
    with file.open("wb") as out:
        for code in codes:
            drawn = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=4)
            drawn.add_data(code)
            picture = drawn.make_image().get_image().convert("RGB").resize((440, 440))
            screen = Image.new("RGB", (640, 480), "#777")
            screen.paste(picture, (100, 20))
            for _ in range(SHOWN_FOR):
                screen.save(out, "JPEG", quality=80)


@contextmanager
def browser_that_sees(playwright: Playwright, codes: list[str], folder: Path) -> Iterator[Browser]:
    """The codes one after the other, over and over."""
    camera = folder / "camera.mjpeg"
    film(codes, camera)
    arguments = (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    )
    with playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=[*STAYS_HERE, *arguments]
    ) as browser:
        yield browser
