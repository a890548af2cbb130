"""日本語, やさしい日本語 and English: one language per answer, from the catalogue."""

from collections.abc import Mapping
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from pathlib import Path

from babel.support import Translations
from markupsafe import Markup, escape
from starlette.requests import HTTPConnection

from app.web.text import marked_up, plain

LOCALES = Path(__file__).parents[2] / "locales"
COOKIE = "nafuda_language"


class Language(StrEnum):
    JA = "ja"
    EASY = "easy"
    EN = "en"

    @property
    def locale(self) -> str:
        return "ja@easy" if self is Language.EASY else self.value

    @property
    def tag(self) -> str:
        """For the `lang` attribute (BCP 47)."""
        return "ja-x-yasashii" if self is Language.EASY else self.value

    @property
    def own_name(self) -> str:
        return {"ja": "日本語", "easy": "やさしい{日本語|にほんご}", "en": "English"}[self.value]


active: ContextVar[Language] = ContextVar("language", default=Language.JA)


def cookie_name(secure: bool) -> str:
    return f"__Host-{COOKIE}" if secure else COOKIE


def chosen(connection: HTTPConnection) -> Language:
    """The address says it, else the reader's earlier choice, else what their browser prefers."""
    kept = (connection.cookies.get(cookie_name(secure)) for secure in (True, False))
    for wish in (connection.query_params.get("lang"), *kept):
        if wish in set(Language):
            return Language(wish)
    preferred = connection.headers.get("accept-language", "ja").split(",")[0].strip().lower()
    return Language.EN if preferred.startswith("en") else Language.JA


@cache
def catalogue(language: Language) -> Translations:
    found = Translations.load(str(LOCALES), [language.locale])
    assert isinstance(found, Translations) or language is Language.JA
    return found  # type: ignore[return-value]


def translated(message: str, language: Language | None = None) -> str:
    """The catalogue's sentence with its markup still in it."""
    return catalogue(language or active.get()).gettext(message)


def say(message: str, /, **values: object) -> Markup:
    """A sentence for a page (`_` in templates). Values are escaped."""
    html = marked_up(translated(message))
    return Markup(str(html) % {k: escape(v) for k, v in values.items()}) if values else html  # noqa: S704


def say_plainly(message: str, /, **values: object) -> str:
    """A sentence for an attribute, a title or a problem document (`_a` in templates)."""
    text = plain(translated(message))
    return text % values if values else text


def in_language(texts: Mapping[str, str]) -> str:
    """Our own content comes as {ja, easy, en}; what isn't there yet is shown in Japanese."""
    return texts.get(active.get().value) or texts["ja"]
