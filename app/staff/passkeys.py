"""A person's passkeys (WebAuthn Level 3). All are discoverable, so that nobody types a name."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlmodel import Session, col
from webauthn import generate_registration_options, verify_registration_response
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from app.audit.commands import record
from app.errors import N_, Conflict, Invalid, NotFound
from app.networks.scope import get_row, in_network
from app.staff.challenges import Challenge
from app.staff.models import Passkey, Staff

LONGEST_ID, LONGEST_KEY = 400, 600
DEFAULT_PORTS = {"https": 443, "http": 80}
# What the library raises for an answer that doesn't hold, or can't even be read.
REFUSALS = (WebAuthnException, ValueError, KeyError, RecursionError)


@dataclass(frozen=True)
class RelyingParty:
    """Which site the passkeys are for."""

    id: str
    origin: str


def relying_party(base_url: str) -> RelyingParty:
    address = urlsplit(base_url)
    host = address.hostname or ""
    own_port = address.port not in (None, DEFAULT_PORTS.get(address.scheme))
    port = f":{address.port}" if own_port else ""
    return RelyingParty(host, f"{address.scheme}://{host}{port}")


def registration_options(
    session: Session, staff: Staff, party: RelyingParty, site_name: str
) -> PublicKeyCredentialCreationOptions:
    known = [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential_id))
        for passkey in passkeys_of(session, staff)
    ]
    return generate_registration_options(
        rp_id=party.id,
        rp_name=site_name,
        user_id=staff.id.bytes,
        user_name=staff.sign_in,
        user_display_name=staff.name,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )


def add_passkey(
    session: Session,
    staff: Staff,
    party: RelyingParty,
    challenge: Challenge | None,
    credential: str,
    label: str,
    now: datetime,
) -> Passkey:
    """Raises Invalid unless the browser answered this challenge, and Conflict for a known key."""
    # Two answers to one challenge take turns.
    session.refresh(staff, with_for_update=True)
    if challenge is None or _registered_since(session, staff, challenge):
        raise Invalid(N_("時間が切れました。もう一度お試しください。"))
    verified = _verified_registration(party, challenge, credential)
    passkey = Passkey(
        network_id=staff.network_id,
        staff_id=staff.id,
        credential_id=bytes_to_base64url(verified.credential_id),
        public_key=bytes_to_base64url(verified.credential_public_key),
        sign_count=verified.sign_count,
        label=label,
        created_at=now,
    )
    _refuse_unfit(session, passkey)
    session.add(passkey)
    session.flush()
    _note(session, passkey, "staff.passkey_add", now)
    return passkey


def _registered_since(session: Session, staff: Staff, challenge: Challenge) -> bool:
    newest = max((one.created_at for one in passkeys_of(session, staff)), default=None)
    return newest is not None and newest >= challenge.issued_at


def _refuse_unfit(session: Session, passkey: Passkey) -> None:
    if len(passkey.credential_id) > LONGEST_ID or len(passkey.public_key) > LONGEST_KEY:
        raise Invalid(N_("この種類のパスキーは使えません。"))
    known = in_network(Passkey, passkey.network_id)
    if session.exec(known.where(Passkey.credential_id == passkey.credential_id)).first():
        raise Conflict(N_("このパスキーは、もう登録されています。"))


def _verified_registration(
    party: RelyingParty, challenge: Challenge, credential: str
) -> VerifiedRegistration:
    try:
        return verify_registration_response(
            credential=credential,
            expected_challenge=challenge.value,
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    except REFUSALS:
        raise Invalid(N_("パスキーを登録できませんでした。もう一度お試しください。")) from None


def passkeys_of(session: Session, staff: Staff) -> list[Passkey]:
    mine = in_network(Passkey, staff.network_id).where(Passkey.staff_id == staff.id)
    return list(session.exec(mine.order_by(col(Passkey.created_at))))


def get_passkey(session: Session, staff: Staff, passkey_id: UUID) -> Passkey:
    """One of this person's. Raises NotFound, also for somebody else's."""
    passkey = get_row(session, Passkey, staff.network_id, passkey_id)
    if passkey.staff_id != staff.id:
        raise NotFound(N_("見つかりません。"))
    return passkey


def rename_passkey(session: Session, passkey: Passkey, label: str, now: datetime) -> None:
    passkey.label = label
    _note(session, passkey, "staff.passkey_rename", now)


def remove_passkey(session: Session, staff: Staff, passkey: Passkey, now: datetime) -> None:
    """Raises Conflict for the last way in."""
    if staff.password_hash is None and len(passkeys_of(session, staff)) == 1:
        raise Conflict(N_("最後のパスキーは消せません。先に、別のパスキーを登録してください。"))
    session.delete(passkey)
    _note(session, passkey, "staff.passkey_remove", now)


def _note(session: Session, passkey: Passkey, action: str, now: datetime) -> None:
    record(
        session,
        passkey.network_id,
        actor=f"staff:{passkey.staff_id}",
        action=action,
        object_id=passkey.id,
        now=now,
    )
