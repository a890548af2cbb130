"""take in calls and paper, and quiet floods."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel

import app.db
from alembic import op

revision: str = "3f7b20c9d41e"
down_revision: str | Sequence[str] | None = "5c1e8a7d20f4"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    instant = app.db.UTCDateTime(timezone=True)
    way = sqlmodel.sql.sqltypes.AutoString(length=6)
    op.create_table(
        "report_intake",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("way", way, nullable=False),
        sa.Column("said_number", sa.Boolean(), nullable=False),
        sa.Column("typed_by_id", sa.Uuid(), nullable=False),
        sa.Column("typed_at", instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "report_id"],
            ["report.network_id", "report.id"],
            name=op.f("fk_report_intake_network_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "typed_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_report_intake_network_id_typed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_report_intake_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_report_intake")),
        sa.UniqueConstraint(
            "network_id", "report_id", name=op.f("uq_report_intake_network_id_report_id")
        ),
    )
    op.add_column("past_report", sa.Column("way", way, nullable=False, server_default=""))
    op.add_column("badge", sa.Column("quiet_since", instant, nullable=True))
    op.add_column("badge", sa.Column("heard_again_at", instant, nullable=True))
    for name, usual in (("flood_in_ten_minutes", "10"), ("flood_in_a_day", "30")):
        op.add_column(
            "network", sa.Column(name, sa.Integer(), nullable=False, server_default=usual)
        )
    op.add_column("report", sa.Column("quieted_at", instant, nullable=True))
    quieted = sa.text("quieted_at IS NOT NULL")
    op.create_index(
        "ix_report_quieted",
        "report",
        ["network_id", "seq"],
        sqlite_where=quieted,
        postgresql_where=quieted,
    )


def downgrade() -> None:
    op.drop_index("ix_report_quieted", "report")
    op.drop_column("report", "quieted_at")
    op.drop_column("network", "flood_in_a_day")
    op.drop_column("network", "flood_in_ten_minutes")
    op.drop_column("badge", "heard_again_at")
    op.drop_column("badge", "quiet_since")
    op.drop_column("past_report", "way")
    op.drop_table("report_intake")
