"""青波市 and a neighbour that must never see its rows, built once and copied for every test."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session, select

from app.badges.commands import issue_badges
from app.db import Database
from app.demo.town import DemoStaff, DemoTown, add_person, badge_lines, build_town
from app.networks.commands import begin_epoch
from app.networks.models import Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.office.founding import found_network
from app.operations.migrations import migrate
from app.organizations.models import Organization, Workplace
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings
from app.staff.models import Staff
from app.staff.permissions import Role

# A Thursday afternoon, while the centre is open.
AFTERNOON = datetime(2026, 9, 24, 5, 5, tzinfo=UTC)
# A hash carries its own cost, and a fifth of a second at each sign-in is most of what a test does.
QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)


class StandingClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, now: datetime = AFTERNOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass(frozen=True)
class Town:
    """The two networks, their people and their badges."""

    here: DemoTown
    neighbour: Network
    neighbour_staff: dict[str, DemoStaff]
    neighbour_code: str
    badges: list[dict[str, str]]

    def person(self, role: str, place: int = 0) -> DemoStaff:
        return [one for one in self.here.staff if one.role == role][place]

    def code(self, industry: str = "conveni", place: int = 0) -> str:
        chosen = [one for one in self.badges if one["industry"] == industry][place]
        return chosen["url"].rsplit("/", 1)[1]


def build(settings: Settings) -> Town:
    migrate(settings)
    database = Database(settings.database)
    master = MasterKey(key_file(settings.data_dir, "master"))
    with database.writing() as session:
        begin_epoch(session, AFTERNOON)
        here = build_town(session, master, AFTERNOON, always_open=False)
        badges = badge_lines(session, here.network, "http://localhost:8000")
        neighbour, code, staff = build_neighbour(session, master)
        make_quick(session, [*here.staff, *staff.values()])
    database.close()
    return Town(here, neighbour, staff, code, badges)


def build_neighbour(
    session: Session, master: MasterKey
) -> tuple[Network, str, dict[str, DemoStaff]]:
    network = found_network(
        session, master, AFTERNOON, slug="kitayama", municipality="北山町",
        hours=WEEKDAYS_9_TO_1630,
        name="見守りネットワーク", center_name="北山町消費生活センター", center_tel="0000-00-2188",
        pairing_policy="open",
    )  # fmt: skip
    organization = Organization(
        network_id=network.id, name="北山商店", standing="partner", created_at=AFTERNOON
    )
    session.add(organization)
    session.flush()
    workplace = Workplace(
        network_id=network.id, organization_id=organization.id, industry="conveni",
        created_at=AFTERNOON,
    )  # fmt: skip
    session.add(workplace)
    session.flush()
    (badge,) = issue_badges(session, workplace, 1, valid_until=date(2027, 3, 31), now=AFTERNOON)
    staff = {
        role.value: add_person(session, network, f"kitayama-{role}", "北川", role, AFTERNOON)
        for role in Role
    }
    return network, badge.code, staff


def make_quick(session: Session, people: list[DemoStaff]) -> None:
    """Their passwords stay what they are; to check one takes no time."""
    passwords = {one.sign_in: one.password for one in people}
    for staff in session.exec(select(Staff)):
        staff.password_hash = QUICK.hash(passwords[staff.sign_in])


def settings_in(folder: Path, database_url: str = "") -> Settings:
    return Settings(data_dir=folder, database_url=database_url, log_json=True)
