"""A note from one counsellor to another: short, and about nobody by name."""

from app.claims.colleagues import Unfit
from app.errors import N_
from app.reports.personal_data import suspicions
from app.web.text import one_line


def read_note(typed: str, longest: int, *, is_fine: bool, is_needed: bool = False) -> str:
    """Raises Unfit where it is too long, where one is needed and none was written, and where
    something looks like personal data that nobody said is none."""
    note = " ".join(one_line(line).strip() for line in typed.splitlines()).strip()
    if is_needed and not note:
        raise Unfit("note", N_("わけを書いてください。"))
    if len(note) > longest:
        raise Unfit("note", N_("%(most)s字までです(いま %(n)s字)。"), most=longest, n=len(note))
    if suspicions(note) and not is_fine:
        raise Suspected("note", N_("名前や番号のような文字があります。直すか、確かめてください。"))
    return note


class Suspected(Unfit):
    """The writer may say that it is nobody's."""
