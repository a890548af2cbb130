"""Whoever holds a badge: its code in the address is the key."""

from typing import Annotated

from fastapi import Depends

from app.badges.queries import BadgeHolder, get_holder
from app.web.access import Everyone
from app.web.session import SessionDep

bearer = Depends(Everyone("whoever holds the badge may report; the code is the key"))


def get_badge(session: SessionDep, code: str) -> BadgeHolder:
    return get_holder(session, code)


Holder = Annotated[BadgeHolder, Depends(get_badge)]
