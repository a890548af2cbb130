"""Everybody who may come to a door, and one of each object that a door may be about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.badges.queries import find_badge
from app.instructions.follow_up import note_step
from app.instructions.models import Instruction
from app.instructions.phone_tasks import ask_to_phone
from app.main import create_app
from app.networks.scope import get_row, in_network
from app.printing.models import PrintJob
from app.reports.models import DeviceGap
from app.settings import Settings
from app.staff.models import Passkey, Staff, StaffSession
from app.staff.permissions import Role
from app.tables import metadata
from tests.cast import Cast, Desk, Phone
from tests.house_rules.doors import Door
from tests.house_rules.hanging_up import run, status_of_endless_answer
from tests.towns import AFTERNOON, StandingClock, Town

ENDLESS = {"GET /desk/events"}
TAKES_AWAY = "POST /account/passkeys/{passkey_id}/removal"
WITHDRAWS = "POST /desk/instructions/{instruction_id}/withdrawal"
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
            "kind": "check-script",
        }
        self.ids["gap_id"] = self._gap()
        self.ids["task_id"] = self._call(instruction_id, clock.now)
        self.ids["job_id"] = self._job(clock.now)
        self.ids["session_id"] = self._belonging(town, StaffSession)
        self.ids["passkey_id"] = self._belonging(town, Passkey)
        self.apart = {
            TAKES_AWAY: {"passkey_id": self._belonging(town, Passkey)},
            WITHDRAWS: {"instruction_id": str(withdrawn_id)},
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

    def _gap(self) -> str:
        """The numbers that the worker's phone left out."""
        with self.app.state.database.reading() as session:
            return str(session.exec(in_network(DeviceGap, self.network_id)).one().id)

    def _call(self, instruction_id: UUID, now: datetime) -> str:
        """Nobody answered: colleagues were told, and somebody is to phone."""
        with self.app.state.database.writing() as session:
            instruction = get_row(session, Instruction, self.network_id, instruction_id)
            note_step(session, instruction, "colleagues", now)
            return str(ask_to_phone(session, instruction, now).id)

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
        "POST /b/{code}/pairing": {"json": {"agreed_version": 1}},
        "POST /sign-in": {"data": {"sign_in": person.sign_in, "password": person.password}},
    }
