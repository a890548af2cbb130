"""Roles and what each may do: data in one place. A generated test checks every route against it."""

from enum import StrEnum

from app.web.access import Permission as P


class Role(StrEnum):
    COUNSELLOR = "counsellor"
    SUPERVISOR = "supervisor"
    CLERK = "clerk"


DESK = frozenset({P.REPORT_READ, P.REPORT_CLAIM, P.REPORT_CLOSE, P.INSTRUCTION_SEND, P.OWN_ACCOUNT})
OFFICE = frozenset(
    {P.ORGANIZATION_READ, P.BADGE_READ, P.BADGE_PRINT, P.BADGE_STOP, P.HEALTH_READ, P.OWN_ACCOUNT}
)

PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.COUNSELLOR: DESK,
    Role.SUPERVISOR: DESK | {P.HEALTH_READ, P.BADGE_READ},
    Role.CLERK: OFFICE,
}

START_PAGES = {Role.COUNSELLOR: "/desk", Role.SUPERVISOR: "/desk", Role.CLERK: "/office"}
