"""The account page, and who asks for it."""

from typing import Annotated

from fastapi import Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, DomainError
from app.networks.scope import get_network
from app.staff.browsers import short_name
from app.staff.models import Staff
from app.staff.passkeys import passkeys_of
from app.staff.passwords import SHORTEST_ALONE, SHORTEST_WITH_TOTP
from app.staff.routes import Mine
from app.staff.second_factor import Setup, qr_address
from app.staff.sessions import open_sessions
from app.web.access import StaffActor
from app.web.language import say_plainly
from app.web.rendering import render
from app.web.session import SessionDep


def get_me(session: SessionDep, actor: Mine) -> Staff:
    return session.get_one(Staff, (actor.network_id, actor.id))


Me = Annotated[Staff, Depends(get_me)]


def account_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    me: Staff,
    *,
    setup: Setup | None = None,
    done: str = "",
    trouble: tuple[str, DomainError] | None = None,
) -> Response:
    """`trouble` is what went wrong in which section; `done` is what just went well."""
    now = request.app.state.clock()
    sessions = [(one, short_name(one.browser)) for one in open_sessions(session, actor, now)]
    return render(
        request,
        "staff/account.html",
        status=trouble[1].status if trouble else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        me=me,
        passkeys=passkeys_of(session, me),
        sessions=sessions,
        setup=setup,
        done=done,
        qr=qr_address(setup.secret, me.sign_in, say_plainly(N_("つなぐ名札"))) if setup else "",
        shortest=SHORTEST_WITH_TOTP if me.totp_wrapped else SHORTEST_ALONE,
        trouble=dict([trouble] if trouble else []),
    )
