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
        Permission.DISCLOSURE_HANDLE,
        Permission.EDITION_READ,
        Permission.EDITION_APPROVE,
        Permission.BYLAW_READ,
        Permission.OWN_ACCOUNT,
    }
)
OFFICE = frozenset(
    {
        Permission.ORGANIZATION_READ,
        Permission.ROSTER_IMPORT,
        Permission.ORGANIZATION_WRITE,
        Permission.BADGE_READ,
        Permission.BADGE_ISSUE,
        Permission.BADGE_PRINT,
        Permission.BADGE_STOP,
        Permission.EDITION_READ,
        Permission.EDITION_WRITE,
        Permission.EDITION_APPROVE,
        Permission.HEALTH_READ,
        Permission.STAFF_MANAGE,
        Permission.SETTINGS_EDIT,
        Permission.AUDIT_READ,
        Permission.DRILL_RUN,
        Permission.DATA_EXPORT,
        Permission.DATA_END,
        Permission.PUSH_TRY,
        Permission.RUNNING_WRITE,
        Permission.BYLAW_READ,
        Permission.OWN_ACCOUNT,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: DESK,
    Role.SUPERVISOR: DESK
    | {
        Permission.HEALTH_READ,
        Permission.BADGE_READ,
        Permission.PHONE_TASK_CLOSE,
        Permission.CLAIM_TAKE_OVER,
        Permission.DISCLOSURE_OVERSEE,
        Permission.OUTCOME_CORRECT,
        Permission.EDITION_WRITE,
        Permission.DRILL_RUN,
    },
    Role.CLERK: OFFICE,
}

START_PAGES = {Role.COUNSELLOR: "/desk", Role.SUPERVISOR: "/desk", Role.CLERK: "/office"}
