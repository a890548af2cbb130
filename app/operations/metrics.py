"""What a collector reads: the figures of the health page, one line for each network."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge
from sqlmodel import Session, select

from app.deliveries.health import health_of
from app.instructions.phone_tasks import count_open_tasks
from app.networks.models import Network

NAMES = {
    "outbox_overdue": "Outbox items late by five minutes",
    "outbox_oldest_seconds": "How late the oldest of those is",
    "push_circuits_open": "Push services that refuse us",
    "letters_refused": "Letters of the last 30 days that nobody will take, 50 at most",
    "letters_waiting": "Letters not taken for a quarter of an hour, 50 at most",
    "phones_silent": "Subscribed phones not heard from for 14 days",
    "phones_mute": "Phones with an inbox and without a push subscription",
    "calls_owed": "Calls that somebody is asked to make",
}


def measured(session: Session, now: datetime) -> CollectorRegistry:
    registry = CollectorRegistry()
    gauges = {
        name: Gauge(f"nafuda_{name}", words, ["network"], registry=registry)
        for name, words in NAMES.items()
    }
    for network in session.exec(select(Network)):
        for name, value in _figures(session, network, now).items():
            gauges[name].labels(network.slug).set(value)
    return registry


def _figures(session: Session, network: Network, now: datetime) -> dict[str, float]:
    health = health_of(session, network.id, now)
    oldest = health.oldest_due_at or now
    return {
        "outbox_overdue": health.overdue,
        "outbox_oldest_seconds": (now - oldest).total_seconds(),
        "push_circuits_open": len(health.circuits),
        "letters_refused": len(health.refused_letters),
        "letters_waiting": len(health.waiting_letters),
        "phones_silent": health.silent_count,
        "phones_mute": sum(health.mute.values()),
        "calls_owed": count_open_tasks(session, network.id),
    }
