"""keep data as long as it is needed."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "1b615fcca064"
down_revision: str | Sequence[str] | None = "459d65e5e24b"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


NIGHTLY = """
    INSERT INTO outbox_item (network_id, id, kind, payload, due_at, attempts, outcome)
    SELECT id, id, 'retention.run', '{}', CURRENT_TIMESTAMP, 0, '' FROM network
"""


def upgrade() -> None:
    op.create_table(
        "retention_run",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_retention_run_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_retention_run")),
    )
    op.create_table(
        "closing_request",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "asked_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_closing_request_network_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "withdrawn_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_closing_request_network_id_withdrawn_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_closing_request_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_closing_request")),
    )
    op.create_table(
        "data_export",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("with_codes", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "asked_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_data_export_network_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_data_export_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_data_export")),
    )
    op.create_table(
        "note_for_successor",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "updated_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_note_for_successor_network_id_updated_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_note_for_successor_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_note_for_successor")),
        sa.UniqueConstraint(
            "network_id", "topic", name=op.f("uq_note_for_successor_network_id_topic")
        ),
    )
    op.create_table(
        "data_export_part",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "export_id"],
            ["data_export.network_id", "data_export.id"],
            name=op.f("fk_data_export_part_network_id_export_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_data_export_part_network_id")
        ),
        sa.PrimaryKeyConstraint(
            "network_id", "export_id", "number", name=op.f("pk_data_export_part")
        ),
    )
    op.create_table(
        "past_report",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=43), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("industry", sa.String(length=12), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("urgency", sa.String(length=6), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_open", sa.Boolean(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "workplace_id"],
            ["workplace.network_id", "workplace.id"],
            name=op.f("fk_past_report_network_id_workplace_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_past_report_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_past_report")),
        sa.UniqueConstraint("network_id", "seq", name=op.f("uq_past_report_network_id_seq")),
    )
    op.create_index(
        "ix_past_report_network_id_received_at", "past_report", ["network_id", "received_at"]
    )
    op.add_column(
        "badge", sa.Column("counted_through", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.add_column(
        "device", sa.Column("counted_through", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.add_column("network", sa.Column("retention", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("report", sa.Column("note_erased_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(NIGHTLY)


def downgrade() -> None:
    """Reports that were let go stay gone; a phone that offers one again then brings it anew."""
    op.execute("DELETE FROM outbox_item WHERE kind LIKE 'retention.%' OR kind LIKE 'data.%'")
    op.drop_column("report", "note_erased_at")
    op.drop_column("network", "retention")
    op.drop_column("device", "counted_through")
    op.drop_column("badge", "counted_through")
    op.drop_index("ix_past_report_network_id_received_at", "past_report")
    op.drop_table("past_report")
    op.drop_table("data_export_part")
    op.drop_table("note_for_successor")
    op.drop_table("data_export")
    op.drop_table("closing_request")
    op.drop_table("retention_run")
