"""A form as it was typed: every field is read once, and what is wrong is said beside it."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from app.errors import N_
from app.web.text import one_line

LINES = re.compile(r"\r\n?|\n")
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


class Fields:
    """`values`: what to show again. `wrong`: by field, a catalogue sentence with its values."""

    def __init__(self, typed: Mapping[str, object]) -> None:
        self.values = {name: value for name, value in typed.items() if isinstance(value, str)}
        self.wrong: dict[str, tuple[str, dict[str, object]]] = {}

    def refuse(self, name: str, message: str, /, **values: object) -> None:
        """The first complaint about a field is the one that is shown."""
        self.wrong.setdefault(name, (message, values))

    def line(self, name: str, longest: int, *, needed: bool = False) -> str:
        return self._measured(name, one_line(self.values.get(name, "")).strip(), longest, needed)

    def lines(self, name: str, longest: int, *, needed: bool = False) -> str:
        """Several lines, without empty ones at either end."""
        parts = LINES.split(self.values.get(name, ""))
        text = "\n".join(one_line(part).rstrip() for part in parts).strip("\n")
        return self._measured(name, text, longest, needed)

    def _measured(self, name: str, text: str, longest: int, needed: bool) -> str:
        if needed and not text:
            self.refuse(name, N_("入力してください。"))
        if len(text) > longest:
            self.refuse(name, N_("%(n)s字までで入力してください。"), n=longest)
        return text

    def day(self, name: str, *, needed: bool = False) -> date | None:
        typed = self.values.get(name, "").strip()
        if not typed:
            if needed:
                self.refuse(name, N_("日付を入れてください。"))
            return None
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            day = date.min
        if EARLIEST <= day <= LATEST:
            return day
        self.refuse(name, N_("日付は「2026-04-01」の形で入れてください。"))
        return None

    def choice(self, name: str, allowed: Collection[str], *, needed: bool = False) -> str:
        chosen = self.values.get(name, "")
        if (chosen and chosen not in allowed) or (needed and not chosen):
            self.refuse(name, N_("1つ選んでください。"))
        return chosen if chosen in allowed else ""

    def number(self, name: str, least: int, most: int) -> int:
        typed = self.values.get(name, "").strip()
        if re.fullmatch(r"[0-9]{1,6}", typed) and least <= int(typed) <= most:
            return int(typed)
        self.refuse(name, N_("%(least)s〜%(most)sの数を入れてください。"), least=least, most=most)
        return least
