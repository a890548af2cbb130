"""A town that the database copied could have been: all refer to what is there."""

from collections.abc import Iterable
from uuid import UUID

import pytest
from sqlalchemy import ForeignKeyConstraint, Select, Table, and_, func, select

from app.tables import metadata
from bench import multiplying
from tests.house_rules.gathering import gather
from tests.house_rules.growing import ENDED, MANY

SENT, WANTED = 20, 100
ROWS = dict.fromkeys(MANY - {"instruction_answer"}, WANTED)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_copies_refer_to_copies(
    kind: str,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(multiplying, "ONE_BY_ONE", SENT)
    crowd = gather(kind, request, tmp_path_factory)
    engine = crowd.app.state.database.engine
    multiplying.multiply(engine, crowd.network_id, ROWS, ENDED)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = connection.scalar(select(func.count()).select_from(table)) or 0
            assert table.name not in ROWS or rows >= WANTED, table.name
            for reference in table.foreign_key_constraints:
                assert connection.scalar(dangling(table, reference)) == 0, (table.name, reference)
        assert spread(connection.scalars(select(metadata.tables["instruction"].c.report_id)))
    crowd.app.state.database.close()


def dangling(table: Table, reference: ForeignKeyConstraint) -> Select[tuple[int]]:
    """How many rows name one that isn't there."""
    other = reference.referred_table.alias("named")
    pairs = [(one.parent, other.c[one.column.name]) for one in reference.elements]
    named = and_(*(mine == theirs for mine, theirs in pairs))
    given = and_(*(mine.is_not(None) for mine, _ in pairs))
    missing = given & ~select(other).where(named).exists()
    return select(func.count()).select_from(table).where(missing)


def spread(ids: Iterable[UUID]) -> bool:
    """As many different ones as there are copies: they don't all name the first."""
    return len(set(ids)) >= WANTED - SENT
