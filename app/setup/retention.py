"""保存期間 as a step of the first run; later it is changed where the data are."""

from collections.abc import Mapping

from app.errors import N_
from app.networks.retention import KINDS, NoteOutlives, Refused, read_days, shown_days
from app.office.settings.fields import Reading
from app.office.settings.sections import Section
from app.web.text import one_line

BEYOND = N_("範囲の中の日数を、数字で入れてください。")
LONGEST = 8


def read(sent: Mapping[str, str]) -> Reading:
    typed = {kind.code: one_line(sent.get(kind.code, ""))[:LONGEST] for kind in KINDS}
    try:
        return Reading(typed, {"retention": read_days(typed)})
    except Refused as refused:
        sentence = refused.message if isinstance(refused, NoteOutlives) else BEYOND
        return Reading(typed, problems={refused.kind.code: sentence})


RETENTION = Section("retention", shown_days, read)
