"""What `make assets` built: hashed files under /static/built, some of them inlined in a page."""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from markupsafe import Markup

STATIC = Path(__file__).parents[2] / "static"
BUILT = STATIC / "built"


@cache
def _manifest() -> dict[str, str]:
    """Source entry → built file name, from the bundler's own list of outputs."""
    outputs = json.loads((BUILT / "outputs.json").read_text("utf-8"))["outputs"]
    return {
        output["entryPoint"]: Path(path).name
        for path, output in outputs.items()
        if "entryPoint" in output
    }


def asset(entry: str) -> str:
    """Address of a built file; its name changes with its content, so it may be kept for ever."""
    return f"/static/built/{_manifest()[entry]}"


@cache
def inlined(entry: str) -> Markup:
    return Markup((BUILT / _manifest()[entry]).read_text("utf-8").strip())  # noqa: S704


@cache
def digest(entry: str) -> str:
    """Content-Security-Policy source of an inlined file."""
    return source_of(str(inlined(entry)))


def source_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
