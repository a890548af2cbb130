"""Every table keeps to its network, and the migrations make exactly these tables."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    inspect,
)
from sqlmodel import AutoString

import app.tables
from alembic import command
from app.db import Database
from app.operations.migrations import alembic_config, migrate
from app.settings import Settings
from app.tables import metadata
from tests.house_rules.schema import (
    ids_without_a_reference,
    references_that_can_leave,
    tables_outside,
    texts_without_a_limit,
    unique_beyond_the_network,
)

OUTSIDE = {
    "network": "is the network",
    "epoch": "says when this database was made or restored, for everybody on it",
    "number_lookup": "whoever asks about a badge's number belongs to no network",
    "handover_try": "a wrong number is nobody's: only a right one says which network it is of",
}
UNIQUE_ON_THE_SERVER = {
    "staff.sign_in": "the sign-in page can't know the network yet; its name alone says who it is",
}
UNBOUND_IDS = {
    "audit_entry.object_id": "the chain outlives what it speaks of, and speaks of several kinds",
    "network_link.peer_id": "the other network, which may be gone when its half of a link is",
    "report.case_id": "what reports of one event have in common, and nothing else",
    "passkey.credential_id": "given by the authenticator; no row of ours",
}


def test_the_migrations_know_every_area_that_has_tables() -> None:
    imports = Path(app.tables.__file__).read_text("utf-8")
    areas = [one.parent.name for one in Path(app.tables.__file__).parent.glob("*/models.py")]
    assert areas
    assert [area for area in areas if f"import app.{area}.models" not in imports] == []


def test_every_table_belongs_to_a_network() -> None:
    assert len(metadata.tables) >= 24
    assert tables_outside(metadata) == set(OUTSIDE)


def test_nothing_is_unique_beyond_its_network() -> None:
    assert unique_beyond_the_network(metadata) == set(UNIQUE_ON_THE_SERVER)


def test_no_reference_leaves_its_network() -> None:
    assert references_that_can_leave(metadata) == set()


def test_the_database_knows_what_every_id_points_at() -> None:
    assert ids_without_a_reference(metadata) == set(UNBOUND_IDS)


def test_every_text_has_a_limit() -> None:
    assert texts_without_a_limit(metadata) == set()


def test_a_table_that_keeps_to_no_network_is_noticed() -> None:
    """The checks above can fail."""
    careless = MetaData()
    Table("network", careless, Column("id", Integer, primary_key=True))
    Table(
        "visit",
        careless,
        Column("id", Integer, primary_key=True),
        Column("network_id", Integer),
        Column("note", AutoString),
        Column("code", String(9)),
        UniqueConstraint("code"),
    )
    Table(
        "trace",
        careless,
        Column("network_id", Integer, primary_key=True),
        Column("id", Integer, primary_key=True),
        Column("visit_id", Integer),
        Column("by_id", Integer),
        ForeignKeyConstraint(["visit_id"], ["visit.id"]),
    )
    assert tables_outside(careless) == {"network", "visit"}
    assert unique_beyond_the_network(careless) == {"visit.code"}
    assert references_that_can_leave(careless) == {"trace.visit_id"}
    assert "trace.by_id" in ids_without_a_reference(careless)
    assert texts_without_a_limit(careless) == {"visit.note"}


def test_there_is_one_way_to_the_newest_version(settings: Settings) -> None:
    assert len(ScriptDirectory.from_config(alembic_config(settings)).get_heads()) == 1


def test_the_migrations_make_what_the_models_say(settings: Settings) -> None:
    assert differences(settings) == []


def test_a_migrated_database_can_go_back_to_nothing_and_return(settings: Settings) -> None:
    command.downgrade(alembic_config(settings), "base")
    assert tables_in(settings) == {"alembic_version"}
    migrate(settings)
    assert tables_in(settings) == {"alembic_version", *metadata.tables}
    assert differences(settings) == []


def differences(settings: Settings) -> list[object]:
    """What `alembic check` would complain about."""
    database = Database(settings.database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    database.close()
    return list(found)


def tables_in(settings: Settings) -> set[str]:
    database = Database(settings.database)
    names = set(inspect(database.engine).get_table_names())
    database.close()
    return names
