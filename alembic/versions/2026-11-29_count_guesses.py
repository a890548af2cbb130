"""count guesses, by the browser and by the badge."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel

import app.db
from alembic import op

revision: str = "9c41d7e05b3f"
down_revision: str | Sequence[str] | None = "2b8e4f6a90c3"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    known = sqlmodel.sql.sqltypes.AutoString(length=16)
    op.add_column(
        "sign_in_attempt", sa.Column("known_browser", known, nullable=False, server_default="")
    )
    op.add_column(
        "badge", sa.Column("wrong_guesses", sa.Integer(), nullable=False, server_default="0")
    )
    since = app.db.UTCDateTime(timezone=True)
    op.add_column("badge", sa.Column("guessed_since", since, nullable=True))


def downgrade() -> None:
    op.drop_column("badge", "guessed_since")
    op.drop_column("badge", "wrong_guesses")
    op.drop_column("sign_in_attempt", "known_browser")
