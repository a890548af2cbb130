"""After rows were deleted: their bytes leave the files of the database too."""

from contextlib import closing

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import text

from app.db import Database

POSTGRES = "VACUUM"
SQLITE = ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


def wipe(database: Database) -> bool:
    """SQLite writes the whole file anew; PostgreSQL frees the room of dead rows, to be written
    over. False: somebody was using the database all the time; to be done once they are gone.
    What disks, snapshots and copies still hold is beyond any database."""
    if not database.is_sqlite:
        engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(POSTGRES))
        return True
    # Not through the engine: it begins a transaction, in which there is no VACUUM.
    with closing(database.engine.raw_connection()) as raw:
        try:
            for statement in SQLITE:
                raw.cursor().execute(statement)
        except sqlite.OperationalError:
            return False
    return True
