"""Waiting for what a browser does in its own time."""

import time
from collections.abc import Callable
from typing import TypeVar

from tests.browser.rig.bidi import BiDiError

T = TypeVar("T")


def awaited(look: Callable[[], T], timeout: float, what: str) -> T:
    """What `look` gives as soon as that is true; a page between two loads counts as not yet."""
    deadline = time.monotonic() + timeout
    trouble: BiDiError | None = None
    while time.monotonic() < deadline:
        try:
            if found := look():
                return found
        except BiDiError as error:
            trouble = error
        time.sleep(0.03)
    raise TimeoutError(f"waited {timeout} s for {what}") from trouble
