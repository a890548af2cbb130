"""お約束: what is promised in which version, and who did (消費者安全法11条の5, 11条の7)."""

from datetime import datetime
from functools import cache
from pathlib import Path

import yaml
from markupsafe import Markup
from sqlmodel import Session, col

from app.badges.models import Agreement, Badge, Promise
from app.badges.queries import BadgeHolder
from app.clock import TOKYO
from app.networks.models import Network
from app.networks.scope import in_network
from app.organizations.models import Organization
from app.organizations.rules import Standing
from app.web.language import in_language
from app.web.text import marked_up

STANDARD = Path(__file__).parent / "standard" / "promise.yaml"
MEMBERS, PARTNERS = "member", "partner"
KINDS = (MEMBERS, PARTNERS)
SCREEN, PAPER = "screen", "paper"
Texts = dict[str, dict[str, str]]


def kind_for(standing: str) -> str:
    """Agencies and members work for the council; partners and volunteers were commissioned."""
    return MEMBERS if standing in {Standing.AGENCY, Standing.MEMBER} else PARTNERS


@cache
def standard_promise() -> Texts:
    """By standing and language, a line for each promise. Not to be changed."""
    texts: Texts = yaml.safe_load(STANDARD.read_text(encoding="utf-8"))
    return texts


def promises(session: Session, network: Network) -> list[Promise]:
    """What the network itself wrote, newest first. Before the first of them, the standard holds."""
    found = in_network(Promise, network.id).order_by(col(Promise.version).desc())
    return list(session.exec(found))


def current_texts(session: Session, network: Network) -> Texts:
    current = in_network(Promise, network.id).where(Promise.version == network.secrecy_version)
    found = session.exec(current).first()
    return found.texts if found else standard_promise()


def promise_lines(session: Session, network: Network, standing: str) -> list[Markup]:
    """The current promises one by one, in the reader's language."""
    text = in_language(current_texts(session, network)[kind_for(standing)])
    return [marked_up(line) for line in text.splitlines() if line.strip()]


def note_screen_agreement(
    session: Session, holder: BadgeHolder, version: int, language: str, now: datetime
) -> None:
    """Every version that was agreed to under a badge stays on record, in every language once."""
    known = in_network(Agreement, holder.network.id).where(
        Agreement.badge_id == holder.badge.id,
        Agreement.version == version,
        Agreement.method == SCREEN,
        Agreement.language == language,
    )
    if session.exec(known.limit(1)).first() is None:
        session.add(
            Agreement(
                network_id=holder.network.id,
                organization_id=holder.organization.id,
                badge_id=holder.badge.id,
                version=version,
                method=SCREEN,
                language=language,
                agreed_on=now.astimezone(TOKYO).date(),
                recorded_at=now,
            )
        )


def representatives_of(session: Session, organization: Organization) -> list[Agreement]:
    """What the organization's representatives confirmed, newest version first."""
    found = in_network(Agreement, organization.network_id).where(
        Agreement.organization_id == organization.id, col(Agreement.badge_id).is_(None)
    )
    order = found.order_by(col(Agreement.version).desc(), col(Agreement.id).desc())
    return list(session.exec(order))


def agreements_of(session: Session, badge: Badge) -> list[Agreement]:
    """Every version that was agreed to under this badge, newest first."""
    found = in_network(Agreement, badge.network_id).where(Agreement.badge_id == badge.id)
    order = found.order_by(col(Agreement.version).desc(), col(Agreement.id).desc())
    return list(session.exec(order))
