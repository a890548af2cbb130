"""Codes and numbers of badges. The secret code on the back and the public number don't relate."""

import re
import secrets
from enum import StrEnum

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 11
CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


class BadgeState(StrEnum):
    ISSUED = "issued"
    PRINTED = "printed"
    IN_USE = "in_use"
    STOPPED = "stopped"


def new_code() -> str:
    """54 bits that can't be guessed, in characters that aren't mistaken for each other."""
    return random_letters(CODE_LENGTH)


def random_letters(length: int) -> str:
    """Drawn as one number: asking for chance letter by letter takes four times as long."""
    drawn = secrets.randbelow(len(ALPHABET) ** length)
    letters = []
    for _ in range(length):
        drawn, place = divmod(drawn, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def read_code(typed: str) -> str | None:
    """The code a person typed or a phone scanned, tidied; None if it can't be one."""
    tidy = re.sub(r"[\s\-‐ー−]", "", typed).upper()
    return tidy if CODE.fullmatch(tidy) else None


def number_of(letter: str, value: int) -> str:
    return f"{letter}-{value:04d}"
