"""The standing of an organization of which a roster says none."""

from collections.abc import Iterable, Mapping

from app.organizations.roster.entries import RosterRow
from app.organizations.roster.identity import is_person, organization_key
from app.organizations.rules import Industry, Standing

UsualStandings = Mapping[Industry, Standing]


class Standings:
    """What any line of an organization says holds for all of its lines. Where none says anything,
    the first one's industry decides; a volunteer is one."""

    def __init__(self, rows: Iterable[RosterRow], usual: UsualStandings) -> None:
        self._usual = usual
        self._said: dict[str, Standing] = {}
        self._firsts: dict[str, RosterRow] = {}
        for row in rows:
            key = organization_key(row.organization)
            self._firsts.setdefault(key, row)
            if row.standing:
                self._said.setdefault(key, row.standing)

    def find_said(self, row: RosterRow) -> Standing | None:
        return self._said.get(organization_key(row.organization))

    def usual_of(self, row: RosterRow) -> Standing:
        if is_person(row.organization):
            return Standing.VOLUNTEER
        return self._usual[self._firsts[organization_key(row.organization)].industry]
