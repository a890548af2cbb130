"""Everybody who may come to a door, and one of each object that a door may be about."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.staff.models import Passkey, StaffSession
from app.staff.permissions import Role
from tests.cast import Cast, Desk, Phone
from tests.disclosures.asking import ask, asking
from tests.drills.practice import Practice
from tests.house_rules.belongings import Belongings, drilled
from tests.house_rules.bodies import bodies
from tests.house_rules.doors import Door
from tests.house_rules.hanging_up import run, status_of_endless_answer
from tests.house_rules.holding import rows_of
from tests.house_rules.linked import Around
from tests.house_rules.running import running
from tests.near import NearClient
from tests.towns import StandingClock, Town

ASKED = (
    "GET /instructions/{instruction_id}/disclosure",
    "POST /instructions/{instruction_id}/disclosure",
    "POST /instructions/{instruction_id}/disclosure/refusal",
)
KEPT = (
    "POST /desk/disclosures/{disclosure_id}/opening",
    "POST /desk/disclosures/{disclosure_id}/transcription",
)
ENDLESS = {"GET /desk/events"}
TAKES_AWAY = "POST /account/passkeys/{passkey_id}/removal"
TAKES_OUT = "POST /office/checklists/{industry}/items/{item_id}/use"
DISCARDS = "POST /office/roster/{draft_id}/discard"
TAKES_BACK = "POST /office/running/bylaws/{bylaw_id}/withdrawal"
WITHDRAWS = "POST /desk/instructions/{instruction_id}/withdrawal"
ENDS_A_PHONE = "POST /office/badges/{badge_id}/phones/{pairing_id}/end"
ENDS_A_LINK = "POST /office/settings/links/{link_id}/end"
ARRIVES = "POST /api/trial/{message_id}/receipts"
ENDS_THE_SESSION = {"POST /sign-out"}


@dataclass(frozen=True)
class Visitor:
    """Who comes. `knows`: the crowd's objects are theirs to see."""

    name: str
    come: Callable[[], TestClient]
    client: TestClient
    role: Role | None = None
    has_phone: bool = False
    knows: bool = False

    @property
    def owns(self) -> bool:
        """The passkeys and the session of the crowd are this person's own."""
        return self.knows and self.role is Role.COUNSELLOR

    @property
    def lives_next_door(self) -> bool:
        return self.name.endswith("next door")


class Crowd:
    """A worker reported and a counsellor instructed; strangers next door know all the ids."""

    def __init__(self, settings: Settings, town: Town) -> None:
        self.network_id, clock = town.here.network.id, StandingClock()
        self.app: FastAPI = create_app(settings, clock)
        cast = Cast(self.app, town, clock)
        phone = cast.phone("conveni")
        report_id = phone.report()
        counsellor = cast.staff(Role.COUNSELLOR)
        withdrawn_id = counsellor.instruct(phone.report())
        phone.put(phone.envelope(device_seq=9))
        instruction_id = counsellor.instruct(report_id)
        ask(counsellor, report_id, ground="consent")
        asked_id = str(asking(self.app, self.network_id, report_id).instruction_id)
        clock.advance(seconds=11)
        run(self.app.state.dispatcher.work_once())
        owned = Belongings(self.app, self.network_id)
        self.ids = {
            "report_id": str(report_id),
            "instruction_id": str(instruction_id),
            "message_id": str(instruction_id),
            "disclosure_id": str(asking(self.app, self.network_id, report_id).id),
            "badge_id": owned.badge(town.code("finance")),
            "used_badge_id": owned.badge(phone.code),
            "code": phone.code,
            "item_id": "CV-01",
            "screen_id": "hang_up",
            "section": "names",
            "step": "keys",
            "industry": "conveni",
            "kind": "checklist",
            "subject": "conveni",
            "version": "1",
            "template_id": "R05",
            "paper": "charter",
            "article": "check-script",
        }
        clerk = cast.staff(Role.CLERK)
        self.ids["draft_id"] = owned.draft(clerk)
        self.ids["gap_id"] = owned.gap()
        newcomer = cast.phone("newspaper")
        newcomer.pair()
        self.ids |= owned.office(newcomer.code)
        self.ids |= drilled(Practice(cast, phone, cast.staff(Role.CLERK), counsellor))
        self.ids["threat_id"] = owned.threat(report_id, clock.now)
        self.ids["task_id"] = owned.call(instruction_id, clock.now)
        self.ids["relay_id"] = owned.relay(town, clock.now)
        self.ids["candidate_id"] = owned.candidate(report_id, clock.now)
        self.ids["export_id"] = owned.export(town, clock.now)
        self.ids |= running(self.app, self.network_id, self.ids, clock.now)
        self.ids["job_id"] = owned.job(clock.now)
        self.ids["bylaw_id"] = owned.bylaw(clerk)
        around = Around(self.app, self.network_id, clock.now)
        self.ids["link_id"] = around.town("minamihama")
        self.ids["session_id"] = owned.belonging(town, StaffSession)
        self.ids["staff_id"], _ = owned.newcomer("ono", clock.now)
        _, self.ids["secret"] = owned.newcomer("ohno", clock.now)
        self.ids["passkey_id"] = owned.belonging(town, Passkey)
        kept_id = phone.report(device_seq=12)
        ask(counsellor, kept_id, ground="consent")
        counsellor.post(f"/desk/reports/{kept_id}/claim")
        self.apart = {
            TAKES_AWAY: {"passkey_id": owned.belonging(town, Passkey)},
            ENDS_A_PHONE: {"badge_id": owned.badge(newcomer.code)},
            WITHDRAWS: {"instruction_id": str(withdrawn_id)},
            TAKES_OUT: {"item_id": "CV-02"},
            DISCARDS: {"draft_id": owned.draft(clerk)},
            TAKES_BACK: {"bylaw_id": owned.bylaw(clerk, version="2")},
            ENDS_A_LINK: {"link_id": around.town("okihama")},
            **{door: {"instruction_id": asked_id} for door in ASKED},
            **{
                door: {"disclosure_id": str(asking(self.app, self.network_id, kept_id).id)}
                for door in KEPT
            },
            ARRIVES: {"message_id": owned.trial(town, clock.now)},
        }
        self.bodies = bodies(phone, self.ids, town)
        self.visitors = [
            Visitor("nobody", self.anonymous, self.anonymous()),
            paired("phone", phone, knows=True),
            paired("phone of another badge", cast.phone("post")),
            paired("phone next door", cast.stranger_phone()),
            *(employed(role.value, role, cast.staff, knows=True) for role in Role),
            *(employed(f"{role} next door", role, cast.stranger) for role in Role),
        ]

    def anonymous(self) -> TestClient:
        return NearClient(self.app, follow_redirects=False)

    def path(self, door: Door) -> str:
        """A KeyError here: give the crowd one of the objects that the new door is about."""
        return door.route.path.format_map(self.ids | self.apart.get(door.address, {}))

    def ask(self, door: Door, visitor: Visitor, query: str = "") -> int:
        """The status of the answer. Whoever signs out is signed in again for it."""
        client = visitor.come() if door.address in ENDS_THE_SESSION else visitor.client
        if door.address in ENDLESS:
            return status_of_endless_answer(self.app, self.path(door), dict(client.cookies))
        options = self.bodies.get(door.address, {})
        path = f"{self.path(door)}?{query}" if query else self.path(door)
        return int(client.request(door.method, path, **options).status_code)

    def rows(self, network_id: UUID | None = None) -> dict[str, list[str]]:
        """Everything that the database holds of one network, or of all, to be compared."""
        with self.app.state.database.reading() as session:
            return rows_of(session, network_id)


def paired(name: str, phone: Phone, *, knows: bool = False) -> Visitor:
    phone.pair()
    return Visitor(name, lambda: phone.client, phone.client, has_phone=True, knows=knows)


def employed(
    name: str, role: Role, sign_in: Callable[[str], Desk], *, knows: bool = False
) -> Visitor:
    def come() -> TestClient:
        return sign_in(role).client

    return Visitor(name, come, come(), role=role, knows=knows)
