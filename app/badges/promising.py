"""Writing a new version of お約束, and entering what was agreed to on paper."""

from datetime import date, datetime

from sqlmodel import Session

from app.audit.commands import record
from app.badges.models import Agreement, Badge, Promise
from app.badges.secrecy import KINDS, PAPER, Texts, representatives_of
from app.networks.models import Network
from app.networks.scope import get_row
from app.organizations.models import Organization, Workplace
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.language import Language

LONGEST = 1000


def read_promise(fields: Fields) -> Texts:
    """A text for each standing in each language, none of them empty."""
    return {
        kind: {
            lang.value: fields.lines(f"{kind}-{lang}", LONGEST, needed=True) for lang in Language
        }
        for kind in KINDS
    }


def write_promise(
    session: Session, network: Network, texts: Texts, actor: StaffActor, now: datetime
) -> None:
    """From now on every phone asks again, at its next report or registration."""
    network.secrecy_version += 1
    version = network.secrecy_version
    session.add(Promise(network_id=network.id, version=version, texts=texts, written_at=now))
    record(
        session,
        network.id,
        actor=f"staff:{actor.id}",
        action="secrecy.write",
        object_id=network.id,
        now=now,
        details={"version": version},
    )


def note_paper_agreement(
    session: Session, badge: Badge, version: int, on: date, actor: StaffActor, now: datetime
) -> None:
    workplace = get_row(session, Workplace, badge.network_id, badge.workplace_id)
    agreement = Agreement(
        network_id=badge.network_id,
        organization_id=workplace.organization_id,
        badge_id=badge.id,
        version=version,
        method=PAPER,
        agreed_on=on,
        recorded_at=now,
    )
    session.add(agreement)
    _record(session, actor, agreement, badge.number, now)


def note_representative(
    session: Session,
    organization: Organization,
    signer: str,
    version: int,
    on: date,
    actor: StaffActor,
    now: datetime,
) -> None:
    """The organization's own confirmation, apart from what its people agree to. Noting the same
    one twice changes nothing."""
    if any(
        (one.signer, one.version, one.agreed_on) == (signer, version, on)
        for one in representatives_of(session, organization)
    ):
        return
    agreement = Agreement(
        network_id=organization.network_id,
        organization_id=organization.id,
        signer=signer,
        version=version,
        method=PAPER,
        agreed_on=on,
        recorded_at=now,
    )
    session.add(agreement)
    _record(session, actor, agreement, "", now)


def _record(
    session: Session, actor: StaffActor, agreement: Agreement, number: str, now: datetime
) -> None:
    details = {"version": agreement.version, "number": number}
    record(
        session,
        agreement.network_id,
        actor=f"staff:{actor.id}",
        action="secrecy.agree",
        object_id=agreement.badge_id or agreement.organization_id,
        now=now,
        details=details,
    )
