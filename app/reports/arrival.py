"""What a counsellor should know about the way reports came, beside what stands in them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.reports.gaps import note_numbers
from app.reports.numbering import Numbered
from app.reports.senders import Sender
from app.reports.submissions import Submission
from app.sealing.keys import key_states


def arrival_flags(
    session: Session,
    fresh: Sequence[tuple[Submission, Sender]],
    numbered: Sequence[Numbered],
    now: datetime,
) -> dict[tuple[UUID, UUID], list[str]]:
    """By key. Also notes which numbers of their phones are missing."""
    repeated = note_numbers(session, fresh, now)
    states = key_states(session, {one.network_id for one, _ in fresh if one.envelope.sealed})
    flags = {}
    for (one, _), given in zip(fresh, numbered, strict=True):
        sealed = one.envelope.sealed
        raised = {
            "odd_number": one.key in repeated,
            "renumbered": given.renumbered,
        }
        found = [flag for flag, is_so in raised.items() if is_so]
        if sealed and (state := states.get((one.network_id, sealed.kid), "key_unknown")):
            found.append(state)
        flags[one.key] = [*found, *one.flags]
    return flags
