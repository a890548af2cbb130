"""offer times to be phoned."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op
from app.db import UTCDateTime

revision: str = "e41d7a90c3b6"
down_revision: str | Sequence[str] | None = "5be20d94c7a1"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("instruction", sa.Column("slots", sa.JSON(), nullable=True))
    op.add_column("phone_task", sa.Column("due_at", UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("phone_task", "due_at")
    op.drop_column("instruction", "slots")
