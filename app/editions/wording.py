"""What a sentence may hold before phones show it: markup that closes, readings, known names."""

import re
from collections.abc import Collection, Iterator

from app.editions.kinds import Problem
from app.errors import N_
from app.web.text import RUBY, VARIABLE, one_line, plain, unfilled

KANJI = re.compile(r"[㐀-鿿々〆〇]")
READING = re.compile(r"[ぁ-ゖァ-ヺー]+")
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ㐀-鿿々〆〇、。「」]")
QUOTED = re.compile(r"「[^」]*」|\"[^\"]*\"")
PROMISES = re.compile(r"必ず|かならず|絶対|ぜったい|guarantee", re.IGNORECASE)


def tidied(text: str) -> str:
    return one_line(text).strip()


def problems_in(
    text: str, language: str, *, field: str, most: int, variables: Collection[str]
) -> Iterator[Problem]:
    """`most`: characters as they are read, without readings and marks."""
    length = len(plain(text))
    if length > most:
        yield Problem(field, N_("%(most)s字までです(いま%(n)s字)。"), {"most": most, "n": length})
    yield from _markup_problems(text, language, field)
    unknown = [name for name in unfilled(text) if name not in variables]
    if unknown:
        yield Problem(field, N_("「%(name)s」という差し込みはありません。"), {"name": unknown[0]})
    if promise := PROMISES.search(QUOTED.sub("", plain(text))):
        yield Problem(
            field, N_("「%(word)s」とは約束できません。言い換えてください。"), {"word": promise[0]}
        )


def _markup_problems(text: str, language: str, field: str) -> Iterator[Problem]:
    without_names = VARIABLE.sub("", text)
    rest = RUBY.sub("", without_names)
    if text.count("**") % 2 or "****" in text:
        yield Problem(field, N_("太字のしるし(**)は、言葉の前と後に付けてください。"))
    if set("{|}") & set(rest):
        example = {"example": "{漢字|かんじ}"}
        yield Problem(field, N_("ふりがなは %(example)s の形で書いてください。"), example)
    elif language != "easy" and RUBY.search(without_names):
        yield Problem(field, N_("ふりがなは、やさしい日本語だけで使えます。"))
    elif language == "easy":
        yield from _reading_problems(without_names, rest, field)
    if language == "en" and JAPANESE.search(rest):
        yield Problem(field, N_("英語の欄に日本語があります。"))


def _reading_problems(text: str, rest: str, field: str) -> Iterator[Problem]:
    if bare := KANJI.findall(rest):
        letters = "".join(dict.fromkeys(bare))
        yield Problem(field, N_("読みのない漢字があります:%(letters)s"), {"letters": letters})
    elif not all(READING.fullmatch(kana) for _, kana in RUBY.findall(text)):
        yield Problem(field, N_("読みは、かなで書いてください。"))
