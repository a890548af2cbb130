"""What the clerk types about an organization, a workplace or a contact person."""

import re
from typing import Any

from app.errors import N_
from app.organizations.models import Organization
from app.organizations.rules import Approval, Ground, Industry, Standing, needs_ground
from app.web.fields import Fields

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TELEPHONE = re.compile(r"[0-9０-９+()（）\-‐ー−－ 　]*")
Values = dict[str, Any]


def read_organization(fields: Fields, known: Organization | None) -> Values:
    """Whoever sets a standing by hand says since when and on what ground; a row of the roster
    that never had one may wait for it."""
    values: Values = {
        "name": fields.line("name", 120, needed=True),
        "kana": fields.line("kana", 120),
        "standing": fields.choice("standing", list(Standing), needed=True),
        "note": fields.lines("note", 500),
    }
    is_by_hand = known is None or bool(known.ground) or known.standing != values["standing"]
    owes = bool(values["standing"]) and needs_ground(values["standing"]) and is_by_hand
    values |= {
        "commissioned_on": fields.day("commissioned_on", needed=owes),
        "ground": fields.choice("ground", list(Ground), needed=owes),
        "ground_reference": fields.line("ground_reference", 120),
    }
    return values | read_term(fields) | _read_approval(fields)


def read_term(fields: Fields, *, needed: bool = False) -> Values:
    begins = fields.day("term_begins_on", needed=needed)
    ends = fields.day("term_ends_on", needed=needed)
    if begins and ends and ends < begins:
        fields.refuse("term_ends_on", N_("任期の終わりが、始まりより前です。"))
    return {"term_begins_on": begins, "term_ends_on": ends}


def _read_approval(fields: Fields) -> Values:
    approval = fields.choice("approval", list(Approval))
    return {
        "approval": approval,
        "approved_on": fields.day("approved_on", needed=approval == Approval.APPROVED),
        "approval_scope": fields.line("approval_scope", 200),
    }


def read_workplace(fields: Fields, *, industry: str = "") -> Values:
    """`industry`: stays as it is, since badges with its letter were issued."""
    return {
        "name": fields.line("name", 120),
        "industry": industry or fields.choice("industry", list(Industry), needed=True),
        "address": fields.line("address", 200),
        "telephone": _read_telephone(fields),
        "email": _read_email(fields),
        "contact": fields.line("contact", 80),
    }


def read_contact_person(fields: Fields) -> Values:
    return {
        "name": fields.line("name", 60, needed=True),
        "role": fields.line("role", 60),
        "telephone": _read_telephone(fields),
        "email": _read_email(fields),
        "is_main": bool(fields.values.get("is_main")),
    }


def _read_telephone(fields: Fields) -> str:
    typed = fields.line("telephone", 40)
    if not TELEPHONE.fullmatch(typed):
        fields.refuse("telephone", N_("電話番号は、数字とハイフンで入れてください。"))
    return typed


def _read_email(fields: Fields) -> str:
    typed = fields.line("email", 200)
    if typed and not EMAIL.fullmatch(typed):
        fields.refuse("email", N_("メールアドレスの形を確かめてください。"))
    return typed
