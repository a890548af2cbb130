"""ask for personal data, where a network allows it."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "d15c105e0a11"
down_revision: str | Sequence[str] | None = "5ab0e7c41d92"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ITEMS = '["name", "address", "telephone", "age_band", "other"]'


def upgrade() -> None:
    op.add_column(
        "network",
        sa.Column("personal_data", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "network", sa.Column("asked_items", sa.JSON(), nullable=False, server_default=ITEMS)
    )
    op.create_table(
        "disclosure",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("instruction_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asker", sa.String(length=60), nullable=False),
        sa.Column("ground", sa.String(length=12), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("other_item", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("purpose_text", sa.String(length=120), nullable=False),
        sa.Column("device_ids", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("consent", sa.String(length=12), nullable=False),
        sa.Column("sealed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("transcribed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_disclosure_network_id")
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "report_id"],
            ["report.network_id", "report.id"],
            name=op.f("fk_disclosure_network_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "instruction_id"],
            ["instruction.network_id", "instruction.id"],
            name=op.f("fk_disclosure_network_id_instruction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "asked_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_disclosure_network_id_asked_by_id"),
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint(
            "network_id", "instruction_id", name=op.f("uq_disclosure_network_id_instruction_id")
        ),
    )
    op.create_index("ix_disclosure_network_id_report_id", "disclosure", ["network_id", "report_id"])


def downgrade() -> None:
    op.drop_table("disclosure")
    op.drop_column("network", "asked_items")
    op.drop_column("network", "personal_data")
