"""Roles and what each may do: data in one place. A generated test checks every route against it."""

from enum import StrEnum

from app.web.access import Permission


class Role(StrEnum):
    COUNSELLOR = "counsellor"
    SUPERVISOR = "supervisor"
    CLERK = "clerk"


DESK = frozenset(
    {
        Permission.REPORT_READ,
        Permission.REPORT_CLAIM,
        Permission.REPORT_CLOSE,
        Permission.INSTRUCTION_SEND,
        Permission.OWN_ACCOUNT,
    }
)
OFFICE = frozenset(
    {
        Permission.ORGANIZATION_READ,
        Permission.BADGE_READ,
        Permission.BADGE_PRINT,
        Permission.BADGE_STOP,
        Permission.HEALTH_READ,
        Permission.DATA_EXPORT,
        Permission.DATA_END,
        Permission.RUNNING_WRITE,
        Permission.OWN_ACCOUNT,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: DESK,
    Role.SUPERVISOR: DESK
    | {Permission.HEALTH_READ, Permission.BADGE_READ, Permission.PHONE_TASK_CLOSE},
    Role.CLERK: OFFICE,
}

START_PAGES = {Role.COUNSELLOR: "/desk", Role.SUPERVISOR: "/desk", Role.CLERK: "/office"}
