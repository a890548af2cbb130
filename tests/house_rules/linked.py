"""A town around ours, which belongs to nobody who comes to a door."""

from datetime import datetime
from uuid import UUID

from fastapi import FastAPI
from sqlmodel import Session

from app.checklists.edition import CHECKLISTS
from app.editions.models import Draft
from app.links.commands import link_networks
from app.links.rules import LinkKind
from app.networks.models import Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.networks.scope import get_network
from app.office.founding import found_network
from app.staff.commands import create_staff
from app.staff.permissions import Role


class Around:
    """Networks for which ours is the 中心市; each method gives the id of a link."""

    def __init__(self, app: FastAPI, network_id: UUID, now: datetime) -> None:
        self.app, self.network_id, self.now = app, network_id, now

    def town(self, slug: str) -> str:
        with self.app.state.database.writing() as session:
            town: Network = found_network(
                session, self.app.state.master_key, self.now, slug=slug, municipality="南浜町",
                name="見守りネットワーク", center_name="南浜町役場", center_tel="0000-00-4188",
                hours=WEEKDAYS_9_TO_1630,
            )  # fmt: skip
            here = get_network(session, self.network_id)
            link_id = link_networks(session, here, town, LinkKind.CENTER, "協定書", self.now)
            self.ask(session, town.id, link_id)
            return str(link_id)

    def ask(self, session: Session, town_id: UUID, link_id: UUID) -> None:
        """Its clerk wants a draft of the standard checklist to be read."""
        writer = create_staff(
            session, town_id, sign_in=f"minami-{town_id}"[:30], name="南", role=Role.CLERK,
            password=None, now=self.now,
        )  # fmt: skip
        draft = Draft(
            network_id=town_id, kind="checklist", subject="conveni", based_on=1,
            document=CHECKLISTS.standard_form("conveni"), writers=[str(writer.id)],
            started_at=self.now, changed_at=self.now, changed_by_id=writer.id,
            asked_at=self.now, asked_link_id=link_id,
        )  # fmt: skip
        session.add(draft)
