"""One chain for SQLite and PostgreSQL; the address comes from the caller or the settings."""

from alembic import context
from app.db import Database
from app.settings import Settings
from app.tables import metadata


def run() -> None:
    url = context.config.attributes.get("database_url") or Settings().database
    database = Database(url)
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=database.is_sqlite,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    database.close()


run()
