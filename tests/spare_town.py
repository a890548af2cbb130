"""One PostgreSQL database that is put back to the town's rows after each test.

Copying a database costs a test more than everything else it does there.
"""

import psycopg

from tests.kept_rows import KeptRows, only
from tests.postgres import Cluster

SHAPE = """
SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
  SELECT concat_ws(' ', attrelid::regclass, attname, atttypid::regtype, attnotnull) AS line
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0
  UNION ALL SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
) AS shape
"""
END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class SpareTown:
    """A test that changed the schema costs a new copy. Its one connection stays open: to a new one
    PostgreSQL reads its whole catalogue again."""

    def __init__(self, cluster: Cluster, name: str, template: str) -> None:
        self.cluster, self.name, self.template = cluster, name, template
        self._copy()

    def put_back(self) -> None:
        self.connection.execute(END_OTHERS)
        if only(self.connection, SHAPE) == self.shape:
            self.kept.put_back()
        else:
            self.close()
            self.cluster.execute(f"DROP DATABASE {self.name} WITH (FORCE)")
            self._copy()

    def close(self) -> None:
        self.kept.close()

    def _copy(self) -> None:
        self.cluster.execute(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
        address = f"host={self.cluster.folder} user=postgres dbname={self.name}"
        self.connection = psycopg.connect(address, autocommit=True)
        self.shape = only(self.connection, SHAPE)
        self.kept = KeptRows(self.connection)
