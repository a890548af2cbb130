"""ほかの会に渡すファイル: what is in it, read strictly. Nothing in it names a place or a person."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from app.errors import N_, Invalid
from app.web.text import one_line

FORMAT, VERSION = "tsunagu-nafuda blueprint", 1
LARGEST = 1024 * 1024
Section = Literal["hours", "standings", "times", "phones"]
SECTIONS: tuple[Section, ...] = ("hours", "standings", "times", "phones")
Code = Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9_-]+$")]
Text = Annotated[str, Field(max_length=1500), AfterValidator(one_line)]
Language = Literal["ja", "easy", "en"]
Texts = dict[Language, Text]
Lines = dict[Language, Annotated[list[Text], Field(max_length=5)]]
Codes = Annotated[list[Code], Field(max_length=20)]
Kind = Literal["member", "partner"]
Promise = dict[Language, Annotated[list[Text], Field(max_length=500)]]
Industry = Literal[
    "conveni", "finance", "post", "delivery", "insurance", "retail", "newspaper", "other"
]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ItemPart(Strict):
    id: Code
    on: bool
    urgency: Code
    category: Code
    text: Texts
    short: Texts
    say: Texts
    do: Codes
    dont: Codes


class ChecklistPart(Strict):
    items: Annotated[list[ItemPart], Field(max_length=200)]
    enough: Annotated[int, Field(ge=2, le=9)]


class TemplatePart(Strict):
    id: Code
    on: bool
    label: Texts
    title: Texts
    steps: Lines
    say: Texts
    minutes: Annotated[int, Field(ge=0, le=10_000)]


class Blueprint(Strict):
    """`promise`: お約束 by standing and language, a line for each promise; files made before it
    was in them have none."""

    format: Literal["tsunagu-nafuda blueprint"]
    version: int
    promise: dict[Kind, Promise] | None = None
    checklists: dict[Industry, ChecklistPart]
    templates: Annotated[list[TemplatePart], Field(max_length=60)]
    settings: dict[
        Section,
        dict[Code, Annotated[str, Field(max_length=1000)]],
    ]
    retention: dict[Code, int]


def read_blueprint(content: bytes) -> Blueprint:
    """Raises Invalid with what is wrong, for people who may have chosen the wrong file."""
    try:
        found = Blueprint.model_validate_json(content)
    except ValidationError as wrong:
        raise _refusal(wrong) from None
    if found.version != VERSION:
        raise Invalid(N_("このファイルの版(%(n)s)は、ここでは読めません。"), n=found.version)
    return found


def _refusal(wrong: ValidationError) -> Invalid:
    first = wrong.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid" or first["loc"][:1] in {(), ("format",)}:
        return Invalid(N_("「ほかの会に渡すファイル」ではないか、こわれています。"))
    place = one_line("/".join(str(part) for part in first["loc"]))[:80]
    if first["type"] == "extra_forbidden":
        return Invalid(N_("知らない項目があるので、読めません:%(place)s"), place=place)
    return Invalid(N_("正しくない値があるので、読めません:%(place)s"), place=place)
