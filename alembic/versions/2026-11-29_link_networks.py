"""link networks, and say of what each of them is."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "7d2c95e1b0a4"
down_revision: str | Sequence[str] | None = "2b8e4f6a90c3"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "network",
        sa.Column("kind", sa.String(length=12), nullable=False, server_default="municipality"),
    )
    op.add_column(
        "network", sa.Column("municipalities", sa.JSON(), nullable=False, server_default="[]")
    )
    op.create_table(
        "network_link",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("peer_id", sa.Uuid(), nullable=False),
        sa.Column("peer_name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(length=100), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_network_link_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_network_link")),
    )
    with op.batch_alter_table("edition_draft") as batch:
        batch.add_column(sa.Column("asked_link_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_edition_draft_network_id_asked_link_id"),
            "network_link",
            ["network_id", "asked_link_id"],
            ["network_id", "id"],
        )
    with op.batch_alter_table("publication") as batch:
        batch.add_column(sa.Column("approved_link_id", sa.Uuid(), nullable=True))
        batch.alter_column("approved_by_id", existing_type=sa.Uuid(), nullable=True)
        batch.create_foreign_key(
            op.f("fk_publication_network_id_approved_link_id"),
            "network_link",
            ["network_id", "approved_link_id"],
            ["network_id", "id"],
        )


def downgrade() -> None:
    """What a centre approved has no place in the older table: it goes from the history."""
    op.execute("DELETE FROM publication WHERE approved_by_id IS NULL")
    with op.batch_alter_table("publication") as batch:
        batch.drop_constraint(op.f("fk_publication_network_id_approved_link_id"), "foreignkey")
        batch.alter_column("approved_by_id", existing_type=sa.Uuid(), nullable=False)
        batch.drop_column("approved_link_id")
    with op.batch_alter_table("edition_draft") as batch:
        batch.drop_constraint(op.f("fk_edition_draft_network_id_asked_link_id"), "foreignkey")
        batch.drop_column("asked_link_id")
    op.drop_table("network_link")
    op.drop_column("network", "municipalities")
    op.drop_column("network", "kind")
