"""invite people and set networks up."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op
from app.db import UTCDateTime

revision: str = "b7c41d90e2f5"
down_revision: str | Sequence[str] | None = "8b4698e557ea"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Networks that are there have had their first run."""
    op.add_column("network", sa.Column("standings", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column(
        "network", sa.Column("setup_saved", sa.JSON(), nullable=False, server_default="[]")
    )
    op.add_column("network", sa.Column("setup_ended_at", UTCDateTime(timezone=True), nullable=True))
    op.execute("UPDATE network SET setup_ended_at = created_at")
    op.create_table(
        "invitation",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "staff_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_invitation_network_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_invitation_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "network_id", "secret_hash", name=op.f("uq_invitation_network_id_secret_hash")
        ),
    )
    op.create_index("ix_invitation_secret_hash", "invitation", ["secret_hash"])


def downgrade() -> None:
    op.drop_table("invitation")
    for name in ("setup_ended_at", "setup_saved", "standings"):
        op.drop_column("network", name)
