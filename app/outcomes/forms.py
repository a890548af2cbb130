"""What is typed about how a report ended."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import N_
from app.outcomes.codes import candidate_words, connection_words, grade_words, outcome_words
from app.reports.personal_data import suspicions
from app.web.fields import Fields

MOST_YEN = 1_000_000_000
LONGEST_REASON = 200


@dataclass(frozen=True)
class Findings:
    """What a counsellor found, checked. `grade` stands exactly where there is a stopped amount."""

    code: str
    connections: list[str]
    stopped_yen: int | None
    grade: str
    recovered_yen: int | None

    @property
    def of_same_case(self) -> "Findings":
        """For others who told of the same event: money and connections count once (K6, K7)."""
        return Findings(self.code, [], None, "", None)

    def as_row(self) -> dict[str, Any]:
        return vars(self)


def read_findings(fields: Fields, connections: Collection[str]) -> Findings:
    """What is wrong is said in `fields`. No connection at all means なし."""
    known = list(connection_words())
    if not set(connections) <= set(known):
        fields.refuse("connections", N_("つないだ先を選び直してください。"))
    stopped = yen(fields, "stopped_yen")
    grade = fields.choice("grade", grade_words())
    if stopped is not None and not grade:
        fields.refuse("grade", N_("止めた金額を、だれが確かめたか選んでください。"))
    if grade and stopped is None:
        fields.refuse("stopped_yen", N_("止めた金額を入れるか、「金額なし」を選んでください。"))
    return Findings(
        code=fields.choice("outcome", outcome_words(), needed=True),
        connections=[code for code in known if code in connections],
        stopped_yen=stopped,
        grade=grade,
        recovered_yen=yen(fields, "recovered_yen"),
    )


def yen(fields: Fields, name: str) -> int | None:
    """Whole yen, also as 12,000円 or １２０００; None where nothing was typed."""
    typed = unicodedata.normalize("NFKC", fields.values.get(name, "")).strip()
    digits = typed.removesuffix("円").strip().replace(",", "")
    if not digits:
        return None
    if re.fullmatch(r"[0-9]{1,10}", digits) and 0 < int(digits) <= MOST_YEN:
        return int(digits)
    fields.refuse(name, N_("1円から10億円までの数を、円で入れてください(例:30000)。"))
    return None


def read_reason(fields: Fields) -> str:
    """Why, in one line, naming nobody: what looks like a name or number goes in when confirmed."""
    reason = fields.line("reason", LONGEST_REASON, needed=True)
    if suspicions(reason) and not fields.values.get("is_fine"):
        fields.refuse(
            "reason",
            N_(
                "名前や番号のような文字があります。消すか、「個人のことではない」を選んでください。"
            ),
        )
    return reason


def read_candidate(fields: Fields) -> Mapping[str, str]:
    return {
        "kind": fields.choice("kind", candidate_words(), needed=True),
        "reason": read_reason(fields),
    }
