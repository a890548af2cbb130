"""職場の番号 is six letters that open a badge's inbox. Whoever found the badge, or its picture,
could try them all; after ten wrong ones in an hour nobody is listened to."""

from datetime import datetime, timedelta

from sqlmodel import Session

from app.badges.models import Badge
from app.badges.queries import get_holder
from app.db import Database
from app.errors import N_, DomainError, Invalid, TooMany

TRIES = 10
WINDOW = timedelta(hours=1)


def check_workplace_code(database: Database, badge_code: str, typed: str, now: datetime) -> None:
    """In a transaction of its own, so that a wrong one stays counted. Raises Invalid, TooMany, and
    NotFound for a badge that nobody has. Nothing typed is nothing to check: it opens nothing."""
    if not typed.strip():
        return
    with database.writing() as session:
        holder = get_holder(session, badge_code)
        session.refresh(holder.badge, with_for_update=True)
        refusal = _refusal(session, holder.badge, holder.workplace.code, typed, now)
    if refusal and holder.network.pairing_policy != "open":
        raise refusal


def _refusal(
    session: Session, badge: Badge, right: str, typed: str, now: datetime
) -> DomainError | None:
    began = badge.guessed_since
    is_over = began is None or began + WINDOW <= now
    if not is_over and badge.wrong_guesses >= TRIES:
        return TooMany(
            N_("職場の番号が何度も違いました。1時間ほど待つか、事務局に聞いてください。")
        )
    if typed.strip().upper() == right:
        return None
    badge.wrong_guesses = 1 if is_over else badge.wrong_guesses + 1
    badge.guessed_since = now if is_over else began
    session.add(badge)
    return Invalid(N_("職場の番号が違います。お渡しした紙を確かめてください。"))
