"""find open reports in their order, and what stands of their instructions, along an index."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "9b64e0c7a215"
down_revision: str | Sequence[str] | None = "e41d7a90c3b6"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OPEN = "closed_at IS NULL"
OF_OPEN_REPORTS = {
    "ix_report_inbox": (["rank DESC", "seq", "id"], f"quieted_at IS NULL AND {OPEN}"),
    "ix_report_open_received": (["received_at", "seq"], OPEN),
    "ix_report_open_claimed": (["claimed_by_id", "seq"], OPEN),
}


def upgrade() -> None:
    for name, (columns, which) in OF_OPEN_REPORTS.items():
        op.create_index(
            name,
            "report",
            ["network_id", *map(sa.text, columns)],
            sqlite_where=sa.text(which),
            postgresql_where=sa.text(which),
        )
    op.create_index(
        "ix_instruction_standing",
        "instruction",
        ["network_id", "report_id", "cancelled_at", "end_reason"],
    )
    op.drop_index("ix_instruction_network_id_report_id", "instruction")


def downgrade() -> None:
    op.create_index(
        "ix_instruction_network_id_report_id", "instruction", ["network_id", "report_id"]
    )
    op.drop_index("ix_instruction_standing", "instruction")
    for name in OF_OPEN_REPORTS:
        op.drop_index(name, "report")
