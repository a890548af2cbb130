"""What a counsellor asks for, and what comes back from a phone."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from app.disclosures.rules import CONSENTS, ITEMS, LIVES, LONGEST_FIELD, PURPOSES, Ground
from app.errors import N_, Invalid
from app.reports.forms import Sealed
from app.reports.personal_data import suspicions
from app.web.text import one_line

Short = Annotated[str, Field(max_length=1000)]


class RequestForm(BaseModel):
    ground: Annotated[str, Field(max_length=12)] = ""
    asker: Short = ""
    items: Annotated[list[str], Field(max_length=10)] = []
    other_item: Short = ""
    purpose: Annotated[str, Field(max_length=12)] = ""
    purpose_text: Short = ""
    hours: Annotated[str, Field(max_length=3)] = ""

    def problem(self, grounds: Sequence[Ground], allowed: Sequence[str]) -> tuple[str, str] | None:
        """The first field that can't be sent so, and why."""
        checks = (
            ("ground", self.ground in grounds, N_("根拠を1つ選んでください。")),
            (
                "asker",
                0 < len(self.asked_by) <= 60,
                N_("だれが求めるかを、60字までで入れてください。"),
            ),
            ("items", self._items_are_right(allowed), N_("求める項目を、1つは選んでください。")),
            (
                "other_item",
                self._other_is_right(),
                N_("そのほかの項目を、60字までで入れてください。"),
            ),
            ("purpose", self._purpose_is_right(), N_("目的を選ぶか、120字までで入れてください。")),
            ("hours", self.hours in LIVES, N_("期限を選んでください。")),
        )
        for field, is_right, sentence in checks:
            if not is_right:
                return field, sentence
        for field, text in (("purpose_text", self.reason), ("other_item", self.other)):
            if any(one.kind != "phone" for one in suspicions(text)):
                sentence = N_(
                    "名前や番号のような文字があります。個人が分かることは書かないでください。"
                )
                return field, sentence
        return None

    @property
    def asked_by(self) -> str:
        return one_line(self.asker).strip()

    @property
    def other(self) -> str:
        return one_line(self.other_item).strip() if "other" in self.items else ""

    @property
    def reason(self) -> str:
        return one_line(self.purpose_text).strip() if self.purpose == "own" else ""

    @property
    def chosen(self) -> list[str]:
        return [one for one in ITEMS if one in self.items]

    def _items_are_right(self, allowed: Sequence[str]) -> bool:
        return bool(self.items) and set(self.items) <= set(allowed)

    def _other_is_right(self) -> bool:
        return "other" not in self.items or 0 < len(self.other) <= 60

    def _purpose_is_right(self) -> bool:
        own = self.purpose != "own" or 0 < len(self.reason) <= 120
        return self.purpose in PURPOSES and own


class AnswerForm(BaseModel):
    """`sealed`: from the phone's script. Without it the fields come as they are."""

    sealed: Annotated[str, Field(max_length=50_000)] = ""
    consent: Annotated[str, Field(max_length=12)] = ""
    name: Short = ""
    address: Short = ""
    telephone: Short = ""
    age_band: Short = ""
    other: Short = ""

    def envelope(self) -> dict[str, Any] | None:
        """Raises Invalid for what no script of ours has sealed."""
        if not self.sealed:
            return None
        try:
            return Sealed.model_validate_json(self.sealed).model_dump()
        except ValidationError:
            raise Invalid(N_("送れませんでした。もう一度お試しください。")) from None

    def plain(self, items: Sequence[str]) -> str:
        """What was asked and typed, as the phone's script would write it. Raises Invalid."""
        typed = {one: getattr(self, one).strip() for one in items}
        if any(len(text) > LONGEST_FIELD for text in typed.values()):
            raise Invalid(N_("長すぎます。短くしてください。"))
        if not any(typed.values()):
            raise Invalid(
                N_("分かることを1つは入れるか、「分からない・送れない」を選んでください。")
            )
        return json.dumps(typed, ensure_ascii=False)

    def check_consent(self, is_needed: bool) -> None:
        if self.consent not in (CONSENTS if is_needed else ("", *CONSENTS)):
            raise Invalid(N_("ご本人の同意をどう得たか、選んでください。"))


class RefusalForm(BaseModel):
    outcome: Annotated[str, Field(max_length=12)] = ""
