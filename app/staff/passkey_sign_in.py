"""Finding out who signs in with a passkey: nobody types a name, the key says whose it is."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select
from webauthn import generate_authentication_options, verify_authentication_response
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
)
from webauthn.helpers.structs import AuthenticationCredential, PublicKeyCredentialRequestOptions

from app.staff.challenges import Challenge
from app.staff.commands import note_sign_in
from app.staff.models import Passkey, Staff
from app.staff.passkeys import REFUSALS, RelyingParty


def sign_in_options(party: RelyingParty) -> PublicKeyCredentialRequestOptions:
    """Names no credential: the browser offers those it has for this site."""
    return generate_authentication_options(rp_id=party.id)


def check_passkey(
    session: Session,
    party: RelyingParty,
    challenge: Challenge | None,
    credential: str,
    now: datetime,
) -> Staff | None:
    """Whose passkey answered this challenge, or None after noting the refusal of a known one."""
    passkey = _named_passkey(session, credential)
    if passkey is None:
        return None
    staff = session.get_one(Staff, (passkey.network_id, passkey.staff_id))
    verified = _verified_sign_in(party, challenge, credential, passkey)
    if staff.ended_at or verified is None:
        note_sign_in(session, staff, "refused", now)
        return None
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, now
    return staff


def _named_passkey(session: Session, credential: str) -> Passkey | None:
    """Named by credential and owner. Locked, so that two answers to one challenge take turns."""
    parsed = _parsed(credential)
    if parsed is None or len(parsed.response.user_handle or b"") != 16:
        return None
    named = select(Passkey).where(
        Passkey.credential_id == bytes_to_base64url(parsed.raw_id),
        Passkey.staff_id == UUID(bytes=parsed.response.user_handle),
    )
    return session.exec(named.with_for_update()).first()


def _parsed(credential: str) -> AuthenticationCredential | None:
    try:
        return parse_authentication_credential_json(credential)
    except REFUSALS:
        return None


def _verified_sign_in(
    party: RelyingParty, challenge: Challenge | None, credential: str, passkey: Passkey
) -> VerifiedAuthentication | None:
    """None also for a counter that went back: somebody made a copy of the key."""
    if challenge is None or _used_since(passkey, challenge):
        return None
    try:
        return verify_authentication_response(
            credential=credential,
            expected_challenge=challenge.value,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except REFUSALS:
        return None


def _used_since(passkey: Passkey, challenge: Challenge) -> bool:
    return passkey.last_used_at is not None and passkey.last_used_at >= challenge.issued_at
