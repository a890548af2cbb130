"""Codes and numbers of badges. The secret code on the back and the public number don't relate."""

import re
import secrets
from datetime import date, timedelta
from enum import StrEnum

NEARLY_OVER = timedelta(days=60)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_ROUNDS = 256 // len(ALPHABET)
_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_LEFT_OUT = bytes(range(_ROUNDS * len(ALPHABET), 256))
CODE_LENGTH = 11
CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


class BadgeState(StrEnum):
    ISSUED = "issued"
    PRINTED = "printed"
    IN_USE = "in_use"
    STOPPED = "stopped"


class BadgeKind(StrEnum):
    PERSONAL = "personal"
    SHARED = "shared"


class StopReason(StrEnum):
    LOST = "lost"
    LEFT = "left"
    SWAPPED = "swapped"
    RETURNED = "returned"
    ENDED = "ended"
    UNNUMBERED = "unnumbered"
    MISUSED = "misused"


def new_code() -> str:
    """54 bits that can't be guessed, in characters that aren't mistaken for each other."""
    return random_letters(CODE_LENGTH)


def new_codes(count: int) -> list[str]:
    """Drawn together: asking for chance code by code takes five times as long."""
    letters = random_letters(CODE_LENGTH * count)
    return [letters[at : at + CODE_LENGTH] for at in range(0, len(letters), CODE_LENGTH)]


def random_letters(length: int) -> str:
    """Each as likely as any other: a byte beyond the last whole round of letters is left out."""
    letters = b""
    while len(letters) < length:
        letters += secrets.token_bytes(length).translate(_LETTERS, _LEFT_OUT)
    return letters[:length].decode()


def read_code(typed: str) -> str | None:
    """The code a person typed or a phone scanned, tidied; None if it can't be one."""
    tidy = re.sub(r"[\s\-‐ー−]", "", typed).upper()
    return tidy if CODE.fullmatch(tidy) else None


def end_of_validity(today: date) -> date:
    """The end of the fiscal year; of the next one when this one is nearly over."""
    end = date(today.year + (today.month > 3), 3, 31)
    return end if end - today > NEARLY_OVER else date(end.year + 1, 3, 31)


def number_of(letter: str, value: int) -> str:
    return f"{letter}-{value:04d}"
