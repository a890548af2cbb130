"""Everybody who may come to a door, and one of each object that a door may be about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.badges.queries import find_badge, holder_of, live_pairings
from app.holdings.exports import LIFE
from app.holdings.models import DataExport
from app.instructions.follow_up import note_step
from app.instructions.models import Instruction
from app.instructions.phone_tasks import ask_to_phone
from app.main import create_app
from app.networks.scope import get_row, in_network
from app.organizations.models import ContactPerson
from app.printing.models import PrintJob
from app.reports.models import DeviceGap
from app.settings import Settings
from app.staff.invitations import invite
from app.staff.models import Passkey, Staff, StaffSession
from app.staff.permissions import Role
from app.tables import metadata
from tests.cast import Cast, Desk, Phone
from tests.drills.practice import Practice
from tests.house_rules.doors import Door
from tests.house_rules.hanging_up import run, status_of_endless_answer
from tests.house_rules.running import running
from tests.towns import AFTERNOON, StandingClock, Town

ENDLESS = {"GET /desk/events"}
TAKES_AWAY = "POST /account/passkeys/{passkey_id}/removal"
DISCARDS = "POST /office/roster/{draft_id}/discard"
WITHDRAWS = "POST /desk/instructions/{instruction_id}/withdrawal"
ENDS_A_PHONE = "POST /office/badges/{badge_id}/phones/{pairing_id}/end"
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
        clock.advance(seconds=11)
        run(self.app.state.dispatcher.work_once())
        self.ids = {
            "report_id": str(report_id),
            "instruction_id": str(instruction_id),
            "message_id": str(instruction_id),
            "badge_id": self._badge(town.code("finance")),
            "used_badge_id": self._badge(phone.code),
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
            "article": "check-script",
        }
        clerk = cast.staff(Role.CLERK)
        self.ids["draft_id"] = self._draft(clerk)
        self.ids["gap_id"] = self._gap()
        newcomer = cast.phone("newspaper")
        newcomer.pair()
        self.ids |= self._office(newcomer.code)
        self.ids |= drilled(Practice(cast, phone, cast.staff(Role.CLERK), counsellor))
        self.ids["task_id"] = self._call(instruction_id, clock.now)
        self.ids["export_id"] = self._export(town, clock.now)
        self.ids |= running(self.app, self.network_id, self.ids, clock.now)
        self.ids["job_id"] = self._job(clock.now)
        self.ids["session_id"] = self._belonging(town, StaffSession)
        self.ids["staff_id"], _ = self._newcomer("ono", clock.now)
        _, self.ids["secret"] = self._newcomer("ohno", clock.now)
        self.ids["passkey_id"] = self._belonging(town, Passkey)
        self.apart = {
            TAKES_AWAY: {"passkey_id": self._belonging(town, Passkey)},
            ENDS_A_PHONE: {"badge_id": self._badge(newcomer.code)},
            WITHDRAWS: {"instruction_id": str(withdrawn_id)},
            DISCARDS: {"draft_id": self._draft(clerk)},
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

    def _badge(self, code: str) -> str:
        with self.app.state.database.reading() as session:
            badge = find_badge(session, code)
            assert badge
            return str(badge.id)

    def _office(self, code: str) -> dict[str, str]:
        """Where that badge belongs, its phone, and a person to speak with there."""
        with self.app.state.database.writing() as session:
            badge = find_badge(session, code)
            assert badge
            holder = holder_of(session, badge)
            pairing = session.exec(live_pairings(badge)).first()
            assert pairing
            ids = {"network_id": badge.network_id, "organization_id": holder.organization.id}
            contact = ContactPerson(**ids, name="青木")
            session.add(contact)
        return {
            "organization_id": str(holder.organization.id),
            "workplace_id": str(holder.workplace.id),
            "pairing_id": str(pairing.id),
            "contact_id": str(contact.id),
        }

    def _gap(self) -> str:
        """The numbers that the worker's phone left out."""
        with self.app.state.database.reading() as session:
            return str(session.exec(in_network(DeviceGap, self.network_id)).one().id)

    def _draft(self, clerk: Desk) -> str:
        """A roster that waits for the clerk's word."""
        answer = clerk.post("/office/roster", cells="区分\t業種\t団体名\n構成員\t保険\tみなと\n")
        return str(answer.headers["location"]).rsplit("/", 1)[1]

    def _call(self, instruction_id: UUID, now: datetime) -> str:
        """Nobody answered: colleagues were told, and somebody is to phone."""
        with self.app.state.database.writing() as session:
            instruction = get_row(session, Instruction, self.network_id, instruction_id)
            note_step(session, instruction, "colleagues", now)
            return str(ask_to_phone(session, instruction, now).id)

    def _newcomer(self, sign_in: str, now: datetime) -> tuple[str, str]:
        """Somebody who was invited, and the secret of their link."""
        with self.app.state.database.writing() as session:
            staff = Staff(
                network_id=self.network_id,
                sign_in=sign_in,
                name="小野",
                role=Role.COUNSELLOR,
                created_at=now,
            )
            session.add(staff)
            session.flush()
            return str(staff.id), invite(session, staff, actor="operator", now=now)

    def _export(self, town: Town, now: datetime) -> str:
        """Everything the town holds, as a file that may still be fetched."""
        with self.app.state.database.writing() as session:
            sign_in = town.person(Role.CLERK).sign_in
            clerk = session.exec(
                in_network(Staff, self.network_id).where(Staff.sign_in == sign_in)
            ).one()
            export = DataExport(
                network_id=self.network_id, asked_by_id=clerk.id, asked_at=now, done_at=now,
                ends_at=now + LIFE,
            )  # fmt: skip
            session.add(export)
            return str(export.id)

    def _job(self, now: datetime) -> str:
        """A job whose PDF isn't kept any more."""
        with self.app.state.database.writing() as session:
            maker = session.exec(in_network(Staff, self.network_id)).first()
            assert maker
            ids = {"network_id": self.network_id, "id": uuid4(), "made_by_id": maker.id}
            job = PrintJob(**ids, layout={}, count=1, made_at=now, ends_at=now)
            session.add(job)
            return str(job.id)

    def _belonging(self, town: Town, model: type[Passkey | StaffSession]) -> str:
        """One more passkey, or an ended session, of the counsellor."""
        name, at = town.person(Role.COUNSELLOR).sign_in, AFTERNOON
        with self.app.state.database.writing() as session:
            mine = in_network(Staff, self.network_id).where(Staff.sign_in == name)
            staff_id = session.exec(mine).one().id
            ids = {"network_id": self.network_id, "staff_id": staff_id, "id": uuid4()}
            secret = uuid4().hex
            session.add(
                Passkey(**ids, credential_id=secret, public_key="", created_at=at)
                if model is Passkey
                else StaffSession(**ids, secret_hash=secret, began_at=at, ends_at=at, ended_at=at)
            )
        return str(ids["id"])

    def anonymous(self) -> TestClient:
        return TestClient(self.app, follow_redirects=False)

    def path(self, door: Door) -> str:
        """A KeyError here: give the crowd one of the objects that the new door is about."""
        return door.route.path.format_map(self.ids | self.apart.get(door.address, {}))

    def ask(self, door: Door, visitor: Visitor) -> int:
        """The status of the answer. Whoever signs out is signed in again for it."""
        client = visitor.come() if door.address in ENDS_THE_SESSION else visitor.client
        if door.address in ENDLESS:
            return status_of_endless_answer(self.app, self.path(door), dict(client.cookies))
        options = self.bodies.get(door.address, {})
        return int(client.request(door.method, self.path(door), **options).status_code)

    def rows(self, network_id: UUID | None = None) -> dict[str, list[str]]:
        """Everything that the database holds of one network, or of all, to be compared."""
        with self.app.state.database.reading() as session:
            return {
                table.name: sorted(
                    repr(row)
                    for row in session.execute(select(table))
                    if network_id in {None, getattr(row, "network_id", None)}
                )
                for table in metadata.sorted_tables
            }


def paired(name: str, phone: Phone, *, knows: bool = False) -> Visitor:
    phone.pair()
    return Visitor(name, lambda: phone.client, phone.client, has_phone=True, knows=knows)


def employed(
    name: str, role: Role, sign_in: Callable[[str], Desk], *, knows: bool = False
) -> Visitor:
    def come() -> TestClient:
        return sign_in(role).client

    return Visitor(name, come, come(), role=role, knows=knows)


def drilled(practice: Practice) -> dict[str, str]:
    """A drill that runs at the worker's shop, and what they reported in it."""
    drill_id = practice.start()
    return {"drill_id": str(drill_id), "drill_report_id": str(practice.report(drill_id))}


def bodies(phone: Phone, ids: dict[str, str], town: Town) -> dict[str, dict[str, Any]]:
    """What has to be sent so that the door itself decides, and not the form behind it."""
    person = town.person(Role.COUNSELLOR)
    template = {"data": {"template": "R05"}}
    return {
        "PUT /api/reports/{report_id}": {"json": phone.envelope(report_id=ids["report_id"])},
        "POST /api/reports": {"json": {"envelopes": ["e30"]}},
        "PUT /api/subscription": {
            "json": {"endpoint": "https://push.example", "keys": {"p256dh": "", "auth": ""}}
        },
        "POST /api/messages/{message_id}/receipts": {"json": {"kind": "delivered"}},
        "POST /desk/reports/{report_id}/instructions/preview": template,
        "POST /desk/reports/{report_id}/instructions": template,
        "POST /desk/missing/{gap_id}/dismissal": {"data": {"reason": "told"}},
        "POST /desk/calls/{task_id}/outcome": {"data": {"outcome": "no_reply"}},
        "POST /office/badges/sheet": {"data": {"badge": ids["used_badge_id"]}},
        "GET /office/badges/validity": {"params": {"badge": ids["used_badge_id"]}},
        "POST /office/badges/validity": {
            "data": {"badge": ids["used_badge_id"], "valid_until": "2028-03-31"}
        },
        "POST /b/{code}/pairing": {"json": {"agreed_version": 1}},
        "POST /sign-in": {"data": {"sign_in": person.sign_in, "password": person.password}},
    }
