"""Where the pictures go."""

import re
from pathlib import Path

from playwright.sync_api import Page


class Album:
    """Takes the pictures of one walk, in light and in dark."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str, *, full: bool = False) -> None:
        page.screenshot(path=self.folder / f"{name}.png", full_page=full, animations="disabled")

    def both(self, page: Page, name: str) -> None:
        self.take(page, name)
        page.emulate_media(color_scheme="dark")
        page.wait_for_timeout(300)
        self.take(page, f"{name}_dark")
        page.emulate_media(color_scheme="light")


def file_name(room: str, path: str) -> str:
    """Of the page at that path; what stands in it of one report or one person is left out."""
    return room + re.sub(r"\W+", "_", re.sub(r"/[0-9a-f-]{36}", "", path)).rstrip("_")
