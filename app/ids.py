"""Ids made here: UUIDv7 (RFC 9562), so that rows sort by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()


def read_id(text: object) -> UUID | None:
    """The id that was sent in a form or an address; None for anything else."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
