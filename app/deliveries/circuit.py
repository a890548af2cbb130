"""Our own faults at a push service: 400, 401 and 403 say that we are wrong, not the phone.

A single phone can be refused too (a subscription made with another key), so only refusals of
different phones in a row, with no success between them, open the circuit.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col

from app.deliveries.models import PushCircuit, Subscription
from app.networks.scope import in_network

TOO_MANY = 3
TRY_AGAIN = timedelta(minutes=1)


def note_refusal(
    session: Session, subscription: Subscription, origin: str, status: int, now: datetime
) -> bool:
    """Whether the circuit is open now: then nothing is wrong with this phone."""
    circuit = circuit_of(session, subscription.network_id, origin)
    if circuit is None:
        circuit = PushCircuit(network_id=subscription.network_id, origin=origin)
        session.add(circuit)
    if circuit.subscription_id != subscription.id:
        circuit.refusals += 1
    circuit.subscription_id, circuit.status = subscription.id, status
    if circuit.refusals >= TOO_MANY:
        circuit.opened_at, circuit.retry_at = circuit.opened_at or now, now + TRY_AGAIN
    return circuit.opened_at is not None


def note_success(session: Session, network_id: UUID, origin: str) -> None:
    circuit = circuit_of(session, network_id, origin)
    if circuit and circuit.refusals:
        circuit.refusals, circuit.subscription_id = 0, None
        circuit.opened_at, circuit.retry_at = None, None


def open_circuits(session: Session, network_id: UUID) -> list[PushCircuit]:
    query = in_network(PushCircuit, network_id).where(col(PushCircuit.opened_at).is_not(None))
    return list(session.exec(query.order_by(col(PushCircuit.origin))))


def circuit_of(session: Session, network_id: UUID, origin: str) -> PushCircuit | None:
    return session.exec(
        in_network(PushCircuit, network_id).where(PushCircuit.origin == origin)
    ).first()
