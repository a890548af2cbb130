"""send messages to many phones."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "6d1f0b7c52aa"
down_revision: str | Sequence[str] | None = "2f5556c89fb7"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ADDRESSED = {
    "sqlite": """
        INSERT INTO recipient (network_id, message_id, device_id)
        SELECT DISTINCT message.network_id, message.id, replace(phone.value, '-', '')
        FROM message, json_each(message.device_ids) AS phone
    """,
    "postgresql": """
        INSERT INTO recipient (network_id, message_id, device_id)
        SELECT DISTINCT message.network_id, message.id, phone::uuid
        FROM message, json_array_elements_text(message.device_ids) AS phone
    """,
}


def upgrade() -> None:
    op.create_table(
        "recipient",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "device_id"],
            ["device.network_id", "device.id"],
            name=op.f("fk_recipient_network_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "message_id"],
            ["message.network_id", "message.id"],
            name=op.f("fk_recipient_network_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_recipient_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "message_id", "device_id", name=op.f("pk_recipient")),
    )
    op.execute(ADDRESSED[op.get_bind().dialect.name])
    op.drop_column("message", "device_ids")
    op.add_column("message", sa.Column("tag", sa.Uuid(), nullable=True))
    op.drop_index("ix_outbox_item_done_at_due_at", "outbox_item")
    op.create_index(
        "ix_outbox_item_kind_due_at",
        "outbox_item",
        ["kind", "due_at"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def downgrade() -> None:
    """Receipts of earlier messages are refused then."""
    op.drop_index("ix_outbox_item_kind_due_at", "outbox_item")
    op.create_index("ix_outbox_item_done_at_due_at", "outbox_item", ["done_at", "due_at"])
    op.drop_column("message", "tag")
    op.add_column(
        "message", sa.Column("device_ids", sa.JSON(), nullable=False, server_default="[]")
    )
    op.drop_table("recipient")
