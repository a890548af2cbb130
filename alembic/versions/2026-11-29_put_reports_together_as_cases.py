"""put reports together as cases."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "b7d2e94a1c60"
down_revision: str | Sequence[str] | None = "9c41d7e05b3f"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("report", sa.Column("case_id", sa.Uuid(), nullable=True))
    is_in_a_case = sa.text("case_id IS NOT NULL")
    op.create_index(
        "ix_report_network_id_case_id",
        "report",
        ["network_id", "case_id"],
        sqlite_where=is_in_a_case,
        postgresql_where=is_in_a_case,
    )
    op.create_index(
        "ix_report_network_id_category_seq", "report", ["network_id", "category", "seq"]
    )


def downgrade() -> None:
    op.drop_index("ix_report_network_id_category_seq", table_name="report")
    op.drop_index("ix_report_network_id_case_id", table_name="report")
    op.drop_column("report", "case_id")
