"""The town of the stories, put back before each of them: none meets what another left there."""

from contextlib import closing
from pathlib import Path
from typing import Protocol

import psycopg
import pysqlite3.dbapi2 as sqlite
from sqlalchemy.engine import make_url
from sqlmodel import col, select, update

from app.db import Database
from app.networks.models import Counter
from tests.kept_rows import KeptRows


class Kept(Protocol):
    def put_back(self) -> None: ...
    def close(self) -> None: ...


class KeptFile:
    """A SQLite database that others have open meanwhile."""

    def __init__(self, path: str) -> None:
        self.path, self.copy = path, f"{path}-kept"
        fill(self.copy, self.path)

    def put_back(self) -> None:
        fill(self.path, self.copy)

    def close(self) -> None:
        Path(self.copy).unlink()


def fill(one: str, other: str) -> None:
    with closing(sqlite.connect(one)) as target, closing(sqlite.connect(other)) as source:
        source.backup(target)


class FreshTown:
    """Only the pulse of each network counts on: a server that saw a value once would be silent
    when it came again."""

    def __init__(self, database: Database, kept: Kept) -> None:
        self.database, self.kept = database, kept

    def put_back(self) -> None:
        pulse = col(Counter.kind) == "pulse"
        with self.database.reading() as session:
            seen = session.exec(select(Counter).where(pulse)).all()
        self.kept.put_back()
        with self.database.writing() as session:
            for one in seen:
                here = pulse & (col(Counter.network_id) == one.network_id)
                session.exec(update(Counter).where(here).values(value=one.value + 1))

    def close(self) -> None:
        self.kept.close()
        self.database.close()


def fresh_town(database: Database) -> FreshTown:
    """As it is now."""
    url = make_url(database.url)
    if database.is_sqlite:
        return FreshTown(database, KeptFile(str(url.database)))
    address = f"host={url.query['host']} user={url.username} dbname={url.database}"
    return FreshTown(database, KeptRows(psycopg.connect(address, autocommit=True)))
