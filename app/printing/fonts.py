"""The two faces of Noto Sans CJK JP that every printed thing is set in."""

from pathlib import Path

from noto_cjk_sans_jp_bold import FONT_PATH as BOLD
from noto_cjk_sans_jp_regular import FONT_PATH as REGULAR

FACES: tuple[Path, Path] = (Path(REGULAR), Path(BOLD))
