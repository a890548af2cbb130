"""The checklist a workplace uses, and the version a queued report was written against."""

from uuid import UUID

from sqlmodel import Session, col

from app.checklists.models import ChecklistVersion
from app.networks.scope import in_network


def current_checklist(session: Session, network_id: UUID, industry: str) -> ChecklistVersion:
    newest = (
        in_network(ChecklistVersion, network_id)
        .where(ChecklistVersion.industry == industry)
        .order_by(col(ChecklistVersion.version).desc())
        .limit(1)
    )
    return session.exec(newest).one()


def find_version(
    session: Session, network_id: UUID, industry: str, version: int
) -> ChecklistVersion | None:
    exact = in_network(ChecklistVersion, network_id).where(
        ChecklistVersion.industry == industry, ChecklistVersion.version == version
    )
    return session.exec(exact).first()


def versions_of(session: Session, network_id: UUID, industry: str) -> list[ChecklistVersion]:
    """All that were ever published, the newest first."""
    every = in_network(ChecklistVersion, network_id).where(ChecklistVersion.industry == industry)
    return list(session.exec(every.order_by(col(ChecklistVersion.version).desc())))


def current_versions(session: Session, network_id: UUID) -> dict[str, ChecklistVersion]:
    """By industry."""
    every = in_network(ChecklistVersion, network_id).order_by(col(ChecklistVersion.version))
    return {one.industry: one for one in session.exec(every)}
