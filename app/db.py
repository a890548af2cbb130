"""Engine, sessions and the base of every table. SQLite inside, PostgreSQL beyond."""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import DateTime, Dialect, Engine, ForeignKeyConstraint, Table, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session, SQLModel

from app.ids import new_id

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Write-ahead logs of older libraries can corrupt the database when the log is reset.
OLDEST_SAFE_SQLITE = (3, 51, 3)
ROWS_COUNTED = 1_000


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class NetworkRow(SQLModel):
    """A row that belongs to one network; the network is part of its key."""

    network_id: UUID = Field(primary_key=True, foreign_key="network.id")
    id: UUID = Field(default_factory=new_id, primary_key=True)


def table_of(model: type[SQLModel]) -> Table:
    """For many rows at once: an insert into the table itself costs a tenth of one of objects."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def take_stock(session: Session) -> None:
    """Let SQLite count what it holds. Without, it takes a network to be ten rows, and so goes
    through all of them along whichever key is in the wanted order. PostgreSQL counts by itself."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit={ROWS_COUNTED}")
        connection.exec_driver_sql("PRAGMA optimize=0x10002")


def is_twin(error: IntegrityError) -> bool:
    """Whether a row was refused because there is one like it already: by PostgreSQL's SQLSTATE,
    and by SQLite's words, since the library gives no code."""
    told = getattr(error.orig, "sqlstate", None) or str(error.orig)
    return told == "23505" or told.startswith("UNIQUE constraint failed")


def within(column: str, table: str, *, of: str = "id") -> ForeignKeyConstraint:
    """A reference that can't leave its network: (network_id, column) → (network_id, id)."""
    return ForeignKeyConstraint(["network_id", column], [f"{table}.network_id", f"{table}.{of}"])


class Database:
    """One database and its sessions. `writing` commits at its end, or rolls everything back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = sqlite_engine(url) if self.is_sqlite else postgres_engine(url)
        # Threads that wait for SQLite's own lock sleep and back off; a queue in front doesn't.
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._turn, Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"writes": True})
            yield session
            for _, call in sorted(session.info.get("before_commit", {}).items(), key=_order):
                call()
            session.commit()
        for call in session.info.get("after_commit", ()):
            call()

    def close(self) -> None:
        self.engine.dispose()


def before_commit(session: Session, order: int, key: Hashable, call: Callable[[], object]) -> None:
    """Run `call` last in this transaction, lower orders first, once per key.

    Rows that everybody writes (audit chain, pulse) are locked for a moment only, and always in
    the same order, so that no two transactions can wait for each other.
    """
    session.info.setdefault("before_commit", {}).setdefault((order, key), call)


def _order(pending: tuple[tuple[int, Hashable], Callable[[], object]]) -> int:
    return pending[0][0]


def after_commit(session: Session, call: Callable[[], None]) -> None:
    """Run `call` once this session's transaction is durable; never if it rolls back."""
    session.info.setdefault("after_commit", []).append(call)


def postgres_engine(url: str) -> Engine:
    """Joins run in the order they are written, from the narrowest table outward: where a database
    is young, its statistics count a whole network as one row, and other orders take seconds.
    Options that stand in the address stay."""
    given = make_url(url).query.get("options", "")
    return create_engine(
        url,
        connect_args={"options": f"{given} -c join_collapse_limit=1"},
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def sqlite_engine(url: str) -> Engine:
    if sqlite.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise RuntimeError(f"SQLite {sqlite.sqlite_version} can corrupt its log; 3.51.3 is needed")
    engine = create_engine(url, module=sqlite, connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine, "connect", _configure_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _configure_connection(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
