"""find by key what grows."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "5be20d94c7a1"
down_revision: str | Sequence[str] | None = "b53d0c71e9a4"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEXES = (
    ("ix_audit_entry_action", "audit_entry", ("network_id", "action", "number")),
    ("ix_audit_entry_actor", "audit_entry", ("network_id", "actor", "number")),
    ("ix_audit_entry_object_id", "audit_entry", ("network_id", "object_id", "number")),
    ("ix_data_export_network_id_asked_at", "data_export", ("network_id", "asked_at")),
    ("ix_drill_network_id_starts_at", "drill", ("network_id", "starts_at")),
    ("ix_mail_network_id_created_at", "mail", ("network_id", "created_at")),
    ("ix_retention_run_network_id_began_at", "retention_run", ("network_id", "began_at")),
    ("ix_roster_draft_taken_over", "roster_draft", ("network_id", "taken_over_at", "made_at")),
    (
        "ix_staff_session_network_id_staff_id",
        "staff_session",
        ("network_id", "staff_id", "began_at"),
    ),
)
QUIETED = "ix_report_quieted"
OPEN = "ix_report_open_seq"
OUTBOX = "ix_outbox_item_network_id_due_at"


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, list(columns))
    waiting = sa.text("done_at IS NULL")
    op.create_index(
        OUTBOX,
        "outbox_item",
        ["network_id", "due_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    _create_for_reports(OPEN, "closed_at IS NULL")
    op.drop_index(QUIETED, "report")
    _create_for_reports(QUIETED, "quieted_at IS NOT NULL AND closed_at IS NULL")


def downgrade() -> None:
    op.drop_index(QUIETED, "report")
    _create_for_reports(QUIETED, "quieted_at IS NOT NULL")
    op.drop_index(OPEN, "report")
    op.drop_index(OUTBOX, "outbox_item")
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table)


def _create_for_reports(name: str, which: str) -> None:
    """Of a few reports, in their order."""
    where = sa.text(which)
    op.create_index(
        name, "report", ["network_id", "seq"], sqlite_where=where, postgresql_where=where
    )
