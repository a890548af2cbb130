"""remember when a workplace ended."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "c41d7e90a2b5"
down_revision: str | Sequence[str] | None = "6d1f0b7c52aa"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("organization", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("workplace", sa.Column("ended_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("workplace", "ended_on")
    op.drop_column("organization", "ended_on")
