"""hand badges over to installed apps."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel

import app.db
from alembic import op

revision: str = "2f5556c89fb7"
down_revision: str | Sequence[str] | None = "357ab047b0d2"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "handover_try",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("neighbours", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_try")),
    )
    with op.batch_alter_table("handover_try", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_try_at"), ["at"], unique=False)

    op.create_table(
        "handover_number",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("badge_id", sa.Uuid(), nullable=False),
        sa.Column("half", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("ends_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "badge_id"],
            ["badge.network_id", "badge.id"],
            name=op.f("fk_handover_number_network_id_badge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "device_id"],
            ["device.network_id", "device.id"],
            name=op.f("fk_handover_number_network_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_handover_number_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_handover_number")),
    )
    with op.batch_alter_table("handover_number", schema=None) as batch_op:
        batch_op.create_index("ix_handover_number_half", ["half", "ends_at"], unique=False)
        batch_op.create_index(
            "ix_handover_number_network_id_device_id", ["network_id", "device_id"], unique=False
        )

    op.add_column(
        "device", sa.Column("handovers", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("device", "handovers")
    op.drop_table("handover_number")
    op.drop_table("handover_try")
