"""try pushes to staff."""

from collections.abc import Sequence

import sqlalchemy as sa

import app.db
from alembic import op

revision: str = "2b8e4f6a90c3"
down_revision: str | Sequence[str] | None = "4de7ab19c24c"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for name in ("trial_sent_at", "tried_at"):
        op.add_column("staff", sa.Column(name, app.db.UTCDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("tried_at", "trial_sent_at"):
        op.drop_column("staff", name)
