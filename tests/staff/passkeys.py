"""A person with a passkey, at the account page and at the door."""

from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.staff.models import Passkey
from tests.staff.authenticator import Authenticator


def register(client: TestClient, authenticator: Authenticator, label: str = "窓口のPC") -> Any:
    """Register it for whoever is signed in on this client; the answer of the last step."""
    options = client.post("/account/passkeys/options").json()
    credential = authenticator.create(options)
    return client.post("/account/passkeys", data={"credential": credential, "label": label})


def sign_in(client: TestClient, authenticator: Authenticator, **fields: str) -> Any:
    options = client.post("/sign-in/passkey/options").json()
    return client.post(
        "/sign-in/passkey", data={"credential": authenticator.get(options), **fields}
    )


def is_signed_in(client: TestClient) -> bool:
    return client.get("/account").status_code == 200


def the_passkey(session: Session) -> Passkey:
    session.rollback()
    return session.exec(select(Passkey)).one()
