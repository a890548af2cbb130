"""How connections to PostgreSQL are set."""

from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.engine import make_url

from app.db import postgres_engine


def test_joins_keep_their_order_beside_the_options_of_the_address(app: FastAPI) -> None:
    if app.state.database.is_sqlite:
        return
    address = make_url(app.state.settings.database)
    chosen = address.update_query_dict({"options": "-c statement_timeout=12s"})
    engine = postgres_engine(chosen.render_as_string(hide_password=False))
    with engine.connect() as connection:
        for name, value in (("join_collapse_limit", "1"), ("statement_timeout", "12s")):
            assert connection.execute(text(f"SHOW {name}")).scalar_one() == value
    engine.dispose()
