"""A municipality's own roster file: `read_roster` turns it into rows and problems."""

from app.organizations.roster.entries import (
    Column,
    Layout,
    Problem,
    Roster,
    RosterRow,
    RosterUnreadable,
)
from app.organizations.roster.reading import read_roster

__all__ = [
    "Column",
    "Layout",
    "Problem",
    "Roster",
    "RosterRow",
    "RosterUnreadable",
    "read_roster",
]
