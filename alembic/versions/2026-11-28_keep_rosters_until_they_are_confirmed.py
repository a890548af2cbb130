"""keep rosters until they are confirmed."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "8b4698e557ea"
down_revision: str | Sequence[str] | None = "c41d7e90a2b5"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "roster_draft",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "made_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_roster_draft_network_id_made_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_roster_draft_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_roster_draft")),
    )


def downgrade() -> None:
    op.drop_table("roster_draft")
