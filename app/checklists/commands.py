"""A new network starts with the standard set as version 1 of every industry."""

from datetime import datetime

from sqlmodel import Session

from app.checklists.models import ChecklistVersion
from app.checklists.standard_set import INDUSTRIES, standard_checklist
from app.networks.models import Network


def adopt_standard_set(session: Session, network: Network, now: datetime) -> None:
    session.add_all(
        ChecklistVersion(
            network_id=network.id,
            industry=industry,
            version=1,
            document=standard_checklist(industry),
            published_at=now,
        )
        for industry in INDUSTRIES
    )
    session.flush()
