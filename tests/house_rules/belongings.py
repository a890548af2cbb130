"""One of each object that a door may be about."""

from datetime import datetime
from uuid import UUID, uuid4

from fastapi import FastAPI

from app.alarms.threats import tell_threat
from app.badges.queries import find_badge, holder_of, live_pairings
from app.claims.models import Relay
from app.deliveries.models import Message
from app.deliveries.trial import TEXTS
from app.holdings.exports import LIFE
from app.holdings.models import DataExport
from app.instructions.follow_up import note_step
from app.instructions.models import Instruction
from app.instructions.phone_tasks import ask_to_phone
from app.networks.scope import get_row, in_network
from app.organizations.models import ContactPerson
from app.outcomes.models import Candidate
from app.printing.models import PrintJob
from app.reports.models import DeviceGap, Report
from app.staff.invitations import invite
from app.staff.models import Passkey, Staff, StaffSession
from app.staff.permissions import Role
from app.web.access import PhoneActor
from tests.bylaws.papers import bring_bylaw
from tests.cast import Desk
from tests.drills.practice import Practice
from tests.towns import AFTERNOON, Town


class Belongings:
    """What a town has; the methods make one, or find the one that is there, and give its id."""

    def __init__(self, app: FastAPI, network_id: UUID) -> None:
        self.app, self.network_id = app, network_id

    def badge(self, code: str) -> str:
        with self.app.state.database.reading() as session:
            badge = find_badge(session, code)
            assert badge
            return str(badge.id)

    def office(self, code: str) -> dict[str, str]:
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

    def bylaw(self, clerk: Desk, version: str = "1") -> str:
        """A charter that may be read."""
        answer = bring_bylaw(clerk, version=version)
        return str(answer.headers["location"]).rsplit("/", 1)[1]

    def gap(self) -> str:
        """The numbers that the worker's phone left out."""
        with self.app.state.database.reading() as session:
            return str(session.exec(in_network(DeviceGap, self.network_id)).one().id)

    def draft(self, clerk: Desk) -> str:
        """A roster that waits for the clerk's word."""
        answer = clerk.post("/office/roster", cells="区分\t業種\t団体名\n構成員\t保険\tみなと\n")
        return str(answer.headers["location"]).rsplit("/", 1)[1]

    def call(self, instruction_id: UUID, now: datetime) -> str:
        """Nobody answered: colleagues were told, and somebody is to phone."""
        with self.app.state.database.writing() as session:
            instruction = get_row(session, Instruction, self.network_id, instruction_id)
            note_step(session, instruction, "colleagues", now)
            return str(ask_to_phone(session, instruction, now).id)

    def relay(self, town: Town, now: datetime) -> str:
        """What the supervisor left to the counsellor."""
        with self.app.state.database.writing() as session:
            giver, receiver = (
                session.exec(
                    in_network(Staff, self.network_id).filter_by(sign_in=town.person(role).sign_in)
                ).one()
                for role in (Role.SUPERVISOR, Role.COUNSELLOR)
            )
            relay = Relay(
                network_id=self.network_id,
                from_id=giver.id,
                to_id=receiver.id,
                note="",
                at=now,
            )
            session.add(relay)
            session.flush()
            return str(relay.id)

    def threat(self, report_id: UUID, now: datetime) -> str:
        """Somebody at the till was threatened, and nobody has spoken with them yet."""
        with self.app.state.database.writing() as session:
            report = get_row(session, Report, self.network_id, report_id)
            phone = PhoneActor(self.network_id, report.device_id)
            return str(tell_threat(session, report, phone, now).id)

    def candidate(self, report_id: UUID, now: datetime) -> str:
        """Its report may be an example to others."""
        with self.app.state.database.writing() as session:
            author = session.exec(in_network(Staff, self.network_id)).first()
            assert author
            candidate = Candidate(
                network_id=self.network_id, report_id=report_id, kind="bulletin", reason="3件",
                author_id=author.id, marked_at=now,
            )  # fmt: skip
            session.add(candidate)
            return str(candidate.id)

    def trial(self, town: Town, now: datetime) -> str:
        """A push that the clerk waits for in their own browser."""
        sign_in = town.person(Role.CLERK).sign_in
        with self.app.state.database.writing() as session:
            me = session.exec(in_network(Staff, self.network_id).filter_by(sign_in=sign_in)).one()
            message = Message(
                network_id=self.network_id,
                texts=TEXTS,
                path="/office/settings",
                is_trial=True,
                expires_at=now,
                created_at=now,
            )
            session.add(message)
            me.trial_sent_at = now
            return str(message.id)

    def newcomer(self, sign_in: str, now: datetime) -> tuple[str, str]:
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

    def export(self, town: Town, now: datetime) -> str:
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

    def job(self, now: datetime) -> str:
        """A job whose PDF isn't kept any more."""
        with self.app.state.database.writing() as session:
            maker = session.exec(in_network(Staff, self.network_id)).first()
            assert maker
            ids = {"network_id": self.network_id, "id": uuid4(), "made_by_id": maker.id}
            job = PrintJob(**ids, layout={}, count=1, made_at=now, ends_at=now)
            session.add(job)
            return str(job.id)

    def belonging(self, town: Town, model: type[Passkey | StaffSession]) -> str:
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


def drilled(practice: Practice) -> dict[str, str]:
    """A drill that runs at the worker's shop, and what they reported in it."""
    drill_id = practice.start()
    return {"drill_id": str(drill_id), "drill_report_id": str(practice.report(drill_id))}
