"""What taking a roster over would change, row by row, before anything changes."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from app.office.roster.register import Register
from app.office.roster.standings import Standings, UsualStandings
from app.organizations.models import Organization, Workplace
from app.organizations.roster.cells import folded
from app.organizations.roster.entries import Roster, RosterRow
from app.organizations.roster.identity import is_person, organization_key
from app.organizations.rules import Standing

OF_ORGANIZATION = {"organization": "name", "organization_kana": "kana"}
OF_WORKPLACE = {"workplace": "name"}
_ORGANIZATION = ("organization", "organization_kana", "standing", "commissioned_on")
_WORKPLACE = ("workplace", "address", "telephone", "email", "contact")


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """A field of the roster, with what is registered and what the row says."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class PlannedRow:
    """`badges` are to be issued; `spare` are in use beyond what the roster asks for.
    `is_assumed`: nobody said the standing; it is what the network usually has."""

    row: RosterRow
    standing: Standing
    is_assumed: bool
    organization: Organization | None
    workplace: Workplace | None
    of_organization: list[Change]
    of_workplace: list[Change]
    badges: int
    spare: int = 0

    @property
    def changes(self) -> list[Change]:
        return self.of_organization + self.of_workplace

    @property
    def is_back(self) -> bool:
        """It had ended, and the roster lists it again."""
        return bool(self.workplace and self.workplace.ended_on)

    @property
    def verdict(self) -> Verdict:
        if self.workplace is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.changes or self.is_back else Verdict.SAME


@dataclass(frozen=True)
class Unlisted:
    """A registered workplace that the roster doesn't list any more."""

    workplace: Workplace
    organization: Organization
    badges: int


@dataclass(frozen=True)
class Plan:
    rows: list[PlannedRow]
    unlisted: list[Unlisted]
    fingerprint: str
    organizations: int = field(default=0)

    def count(self, verdict: Verdict) -> int:
        return self._counts[verdict]

    @cached_property
    def _counts(self) -> dict[Verdict, int]:
        verdicts = [row.verdict for row in self.rows]
        return {verdict: verdicts.count(verdict) for verdict in Verdict}

    @cached_property
    def assumed(self) -> int:
        """How many new organizations get a standing that nobody said."""
        return len({organization_key(one.row.organization) for one in self.rows if one.is_assumed})

    @cached_property
    def badges(self) -> int:
        return sum(row.badges for row in self.rows)


def planned(roster: Roster, register: Register, usual: UsualStandings) -> Plan:
    """Blank cells leave what is registered as it is; nothing is ended here."""
    standings = Standings(roster.rows, usual)
    firsts: dict[str, RosterRow] = {}
    rows: list[PlannedRow] = []
    for row in roster.rows:
        key = organization_key(row.organization)
        is_first = key not in firsts
        firsts.setdefault(key, row)
        rows.append(_planned_row(row, register, standings, is_first=is_first))
    new = {organization_key(one.row.organization) for one in rows if one.organization is None}
    listed = {one.workplace.id for one in rows if one.workplace}
    unlisted = list(_unlisted(roster, register, listed))
    return Plan(rows, unlisted, _fingerprint(register, usual), len(new))


def _fingerprint(register: Register, usual: UsualStandings) -> str:
    rule = repr(sorted(usual.items())).encode()
    return hashlib.sha256(register.fingerprint.encode() + rule).hexdigest()


def _planned_row(
    row: RosterRow, register: Register, standings: Standings, *, is_first: bool
) -> PlannedRow:
    organization, said = register.find_organization(row), standings.find_said(row)
    if organization is None:
        standing = said or standings.usual_of(row)
        return PlannedRow(row, standing, said is None, None, None, [], [], row.badges)
    standing = said or Standing(organization.standing)
    workplace = register.find_workplace(organization, row)
    told_row = replace(row, standing=said) if said != row.standing else row
    of_organization = _changes(told_row, organization, _ORGANIZATION, OF_ORGANIZATION)
    told = of_organization if is_first else []
    if workplace is None:
        return PlannedRow(row, standing, False, organization, None, told, [], row.badges)
    of_workplace = _changes(row, workplace, _WORKPLACE, OF_WORKPLACE)
    count = register.count(workplace)
    has = count.live if workplace.ended_on else count.owed_for
    owed, spare = max(0, row.badges - has), max(0, count.live - row.badges)
    return PlannedRow(
        row, standing, False, organization, workplace, told, of_workplace, owed, spare
    )


def _changes(
    row: RosterRow, known: Organization | Workplace, fields: tuple[str, ...], names: dict[str, str]
) -> list[Change]:
    found = []
    for name in fields:
        old, said = getattr(known, names.get(name, name)), getattr(row, name)
        new = said.value if isinstance(said, StrEnum) else said
        is_spelling = name in {"organization", "workplace"}
        if new and new != old and not (is_spelling and is_person(row.organization)):
            found.append(Change(name, old, new))
    return found


def _unlisted(roster: Roster, register: Register, listed: set[UUID]) -> Iterator[Unlisted]:
    """A line that couldn't be read may well be about a workplace: then it is listed."""
    doubtful = set(_named_with_problems(roster))
    for workplace in register.workplaces:
        organization, told_by, _ = register.key_of(workplace)
        if workplace.ended_on or workplace.id in listed or (organization, told_by) in doubtful:
            continue
        badges = register.count(workplace).live
        yield Unlisted(workplace, register.organization_of(workplace), badges)


def _named_with_problems(roster: Roster) -> Iterator[tuple[str, str]]:
    fields = [column.field for column in roster.layout.read]
    for texts in roster.cells.values():
        cells = dict(zip(fields, texts, strict=True))
        name = cells.get("organization", "")
        told_by = cells.get("contact" if is_person(name) else "workplace", "")
        yield organization_key(name), folded(told_by)
