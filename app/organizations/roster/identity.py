"""What makes two lines, or a line and a registered workplace, the same one: for comparing only."""

from functools import lru_cache

from app.organizations.roster.cells import folded
from app.organizations.roster.entries import RosterRow

WorkplaceKey = tuple[str, str, str]
PERSONS = "(個人)"
_PERSONS = frozenset({"個人", PERSONS})


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    return folded(name)


def is_person(organization: str) -> bool:
    """A volunteer listed as 個人: told apart by name, which stands in the column of contacts."""
    return _folded(organization) in _PERSONS


def organization_key(name: str) -> str:
    return PERSONS if is_person(name) else _folded(name)


def workplace_key(organization: str, workplace: str, contact: str, industry: str) -> WorkplaceKey:
    told_by = contact if is_person(organization) else workplace
    return organization_key(organization), _folded(told_by), industry


def key_of(row: RosterRow) -> WorkplaceKey:
    return workplace_key(row.organization, row.workplace, row.contact, row.industry)
