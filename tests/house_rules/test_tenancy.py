"""One network never sees another's rows: no query of a network's table leaves it by accident."""

from pathlib import Path

import pytest
from sqlmodel import SQLModel

import app.tables
from tests.house_rules.queries import unbound_queries

APP = Path(app.tables.__file__).parent
CLASSES = {mapper.class_ for mapper in SQLModel._sa_registry.mappers}
TABLES = {one.__name__ for one in CLASSES if "network_id" in one.model_fields}
FREE = {one.__name__ for one in CLASSES} - TABLES
EXCEPTIONS = [
    ("cli/founding.py:create_person", "a sign-in name has to be free on the whole server"),
    ("badges/queries.py:find_badge", "a scan knows a secret code and nothing else; it says where"),
    ("badges/lookups.py:look_up", "a resident reads a number off a badge; the answer says where"),
    ("badges/credentials.py:find_phone", "the key is what our own signed cookie holds"),
    ("badges/handover_numbers.py:_find_number", "an unpaired app knows six digits; they say where"),
    ("badges/handover_numbers.py:_is_given_out", "and so no two live ones may be the same"),
    ("pilots/queries.py:get_survey", "a slip's code is all that a reader has; it says where"),
    ("staff/people.py:check_sign_in_name", "a sign-in name has to be free on the whole server"),
    ("staff/invitations.py:get_invited", "an invitation's secret is all a browser has"),
    ("staff/commands.py:find_by_sign_in", "the sign-in name is one of a kind on the whole server"),
    ("staff/passkey_sign_in.py:_named_passkey", "a passkey says whose it is, and so where"),
    ("staff/sessions.py:find_staff", "the session's secret is all a browser has; it says where"),
    ("deliveries/live.py:pulses", "numbers only, of just the networks that have a screen open"),
    ("deliveries/outbox.py:", "the worker serves all networks; each item carries its own"),
    ("reports/turns.py:", "of just the networks whose reports are being accepted"),
    ("networks/numbers.py:leave_room", "a restored database is all networks'; numbers only"),
    ("reports/senders.py:", "many networks' phones at once, each by its whole key"),
    ("reports/senders.py:", "the device of such a pairing, by the whole key"),
    ("reports/senders.py:", "the badge of such a pairing, by the whole key"),
    ("reports/senders.py:", "the workplace of such a badge, by the whole key"),
    ("reports/known.py:", "many networks' reports at once, by their whole keys"),
    ("reports/known.py:", "those of them that were let go, by their whole keys"),
    ("reports/senders.py:", "the badges of those reports, by their whole keys"),
    ("reports/senders.py:", "the devices of those reports, by their whole keys"),
    ("reports/gaps.py:", "many networks' devices at once, each by its whole key"),
    ("sealing/keys.py:", "of just the networks whose reports are being accepted"),
    ("operations/health.py:overdue_items", "a count for whoever looks after the whole server"),
    ("operations/backup.py:covered_numbers", "a copy holds all networks; one number for each"),
    ("operations/backup.py:copy_sqlite", "SQLite's own integrity check, no rows"),
    ("operations/restore.py:check_sqlite", "SQLite's own integrity check, no rows"),
    ("operations/restore.py:check_sqlite", "whether it is a database of ours, no rows"),
    ("db.py:_configure_connection", "pragmas, no rows"),
    ("db.py:take_stock", "lets SQLite count, no rows"),
    ("db.py:take_stock", "and how far, no rows"),
    ("db.py:_begin", "begins a transaction, no rows"),
]


def found_in_app() -> list[str]:
    return [
        place
        for path in APP.rglob("*.py")
        for place in unbound_queries(
            path.read_text("utf-8"), path.relative_to(APP).as_posix(), TABLES, FREE
        )
    ]


def test_the_tables_are_known() -> None:
    assert len(TABLES) >= 22
    assert {"Network", "Epoch", "HandoverTry", "NumberLookup"} == FREE


def test_no_query_leaves_its_network_but_those_that_say_why() -> None:
    """One query for each reason: a second one in the same function needs its own."""
    assert sorted(found_in_app()) == sorted(place for place, _ in EXCEPTIONS)


@pytest.mark.parametrize(
    "planted",
    [
        "session.exec(select(Report)).all()",
        "session.exec(sqlmodel.select(Report.id).where(Report.seq == 1))",
        "select(func.count()).select_from(Report)",
        "select(col(Report.id))",
        "select(model)",
        "select(Report).where(Report.network_id == Report.network_id)",
        "select(Report).where(Report.network_id != network_id)",
        "select(Badge).where(Report.network_id == network_id)",
        "in_network(Report, here).join(Badge, col(Badge.id) == col(Report.badge_id))",
        "select(Badge, Report).where(Badge.network_id == here)",
        "session.get(Report, report_id)",
        "session.get_one(Report, (report_id, network_id))",
        "other.get(Report, key)",
        "session.execute(update(Report).values(rank=1))",
        "session.execute(delete(Report))",
        "session.execute(text('DELETE FROM report'))",
        "connection.exec_driver_sql(statement)",
    ],
)
def test_a_query_that_could_leave_is_noticed(planted: str) -> None:
    source = f"def peek():\n    return {planted}\n"
    assert set(unbound_queries(source, "planted.py", TABLES, FREE)) == {"planted.py:peek"}


@pytest.mark.parametrize(
    "planted",
    [
        "session.exec(in_network(Report, here).where(Report.id == report_id)).first()",
        "select(Report).where(Report.network_id == actor.network_id)",
        "select(Badge, Report).where(Badge.network_id == here)"
        ".join(Report, col(Report.network_id) == col(Badge.network_id))",
        "session.get(Report, (phone.network_id, report_id))",
        "select(Network).where(Network.slug == slug)",
        "session.get(Network, network_id)",
        "update(Report).where(col(Report.network_id) == here).values(rank=1)",
        "cookies.get('a', None)",
    ],
)
def test_a_query_that_stays_is_left_alone(planted: str) -> None:
    assert unbound_queries(f"found = {planted}", "planted.py", TABLES, FREE) == []
