"""The second factor: setting it up, taking it off, and using each code once (RFC 6238, 5.2)."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

import pyotp
import qrcode
from cryptography.exceptions import InvalidTag
from qrcode.image.svg import SvgPathFillImage
from sqlalchemy import or_, update
from sqlmodel import Session, col

from app.audit.commands import record
from app.errors import N_, Conflict, Invalid
from app.sealing.custody import MasterKey
from app.staff.models import Staff
from app.staff.passwords import is_long_enough, totp_step
from app.web.access import StaffActor


@dataclass(frozen=True)
class Setup:
    """A secret that doesn't count yet. The browser holds it, sealed, until a code confirms it."""

    secret: str
    sealed: str

    @property
    def in_groups(self) -> str:
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


def begin_setup(master: MasterKey, staff: Staff, actor: StaffActor) -> Setup:
    """A new secret for this session. Raises Conflict if there is a second factor already."""
    if staff.totp_wrapped is not None:
        raise Conflict(N_("確認コードは、もう設定されています。"))
    secret = pyotp.random_base32()
    return Setup(secret, master.wrap(secret, _setup_purpose(actor)))


def resume_setup(master: MasterKey, sealed: str, actor: StaffActor) -> Setup:
    """Raises Invalid for a secret that another session began."""
    try:
        return Setup(master.unwrap(sealed, _setup_purpose(actor)), sealed)
    except (InvalidTag, binascii.Error, ValueError):
        raise Invalid(N_("時間が切れました。もう一度お試しください。")) from None


def _setup_purpose(actor: StaffActor) -> str:
    return f"totp-setup/{actor.session_id}"


def confirm_setup(
    session: Session, master: MasterKey, staff: Staff, setup: Setup, code: str, now: datetime
) -> None:
    """From now on a code is asked for. Raises Invalid for a wrong one."""
    if staff.totp_wrapped is not None:
        raise Conflict(N_("確認コードは、もう設定されています。"))
    step = totp_step(setup.secret, code, now)
    if step is None:
        raise Invalid(N_("確認コードが違います。アプリに出ている新しい番号を入れてください。"))
    staff.totp_wrapped = master.wrap(setup.secret, f"totp/{staff.id}")
    staff.totp_last_step = step
    _note(session, staff, "staff.totp_on", now)


def remove_second_factor(session: Session, staff: Staff, password: str, now: datetime) -> None:
    """`password` was confirmed. Raises Invalid if it is too short to stand alone."""
    if not is_long_enough(password, has_totp=False):
        raise Invalid(N_("先に、パスワードを15文字以上に変えてください。"))
    staff.totp_wrapped = staff.totp_last_step = None
    _note(session, staff, "staff.totp_off", now)


def use_code(session: Session, master: MasterKey, staff: Staff, code: str, now: datetime) -> bool:
    """Whether the code holds. It is used up: neither it nor an earlier one holds again."""
    if staff.totp_wrapped is None:
        return False
    step = totp_step(master.unwrap(staff.totp_wrapped, f"totp/{staff.id}"), code, now)
    if step is None:
        return False
    last = col(Staff.totp_last_step)
    used = session.exec(
        update(Staff)
        .where(col(Staff.network_id) == staff.network_id, col(Staff.id) == staff.id)
        .where(or_(last.is_(None), last < step))
        .values(totp_last_step=step)
    )
    return used.rowcount == 1


def qr_address(secret: str, sign_in: str, site_name: str) -> str:
    """A data: address of the picture that authenticator apps read (otpauth key URI)."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=sign_in, issuer_name=site_name)
    svg: bytes = qrcode.make(uri, image_factory=SvgPathFillImage).to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def _note(session: Session, staff: Staff, action: str, now: datetime) -> None:
    record(
        session,
        staff.network_id,
        actor=f"staff:{staff.id}",
        action=action,
        object_id=staff.id,
        now=now,
    )
