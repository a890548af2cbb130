"""A town around ours, which belongs to nobody who comes to a door."""

from datetime import datetime
from uuid import UUID

from fastapi import FastAPI

from app.links.commands import link_networks
from app.links.rules import LinkKind
from app.networks.models import Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.networks.scope import get_network
from app.office.founding import found_network


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
            return str(link_networks(session, here, town, LinkKind.CENTER, "協定書", self.now))
