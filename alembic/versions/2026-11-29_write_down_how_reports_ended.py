"""write down how reports ended."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel

import app.db
from alembic import op

revision: str = "b53d0c71e9a4"
down_revision: str | Sequence[str] | None = "d15c105e0a11"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "report_outcome",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("connections", sa.JSON(), nullable=False),
        sa.Column("stopped_yen", sa.BigInteger(), nullable=True),
        sa.Column("grade", sqlmodel.sql.sqltypes.AutoString(length=1), nullable=False),
        sa.Column("recovered_yen", sa.BigInteger(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "author_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_report_outcome_network_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "report_id"],
            ["report.network_id", "report.id"],
            name=op.f("fk_report_outcome_network_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_report_outcome_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_report_outcome")),
        sa.UniqueConstraint(
            "network_id",
            "report_id",
            "number",
            name=op.f("uq_report_outcome_network_id_report_id_number"),
        ),
    )
    op.create_table(
        "candidate",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("marked_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", app.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "author_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_candidate_network_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "report_id"],
            ["report.network_id", "report.id"],
            name=op.f("fk_candidate_network_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_candidate_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_candidate")),
        sa.UniqueConstraint(
            "network_id", "report_id", "kind", name=op.f("uq_candidate_network_id_report_id_kind")
        ),
    )
    op.create_index("ix_candidate_listed", "candidate", ["network_id", "withdrawn_at", "marked_at"])
    length = sqlmodel.sql.sqltypes.AutoString
    for column in (
        sa.Column("outcome", length(length=16), nullable=False, server_default=""),
        sa.Column("connections", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("stopped_yen", sa.BigInteger(), nullable=True),
        sa.Column("grade", length(length=1), nullable=False, server_default=""),
        sa.Column("recovered_yen", sa.BigInteger(), nullable=True),
    ):
        op.add_column("past_report", column)
    ground = sa.Column("ground", length(length=16), nullable=False, server_default="")
    op.add_column("instruction", ground)


def downgrade() -> None:
    op.drop_column("instruction", "ground")
    for name in ("recovered_yen", "grade", "stopped_yen", "connections", "outcome"):
        op.drop_column("past_report", name)
    op.drop_table("candidate")
    op.drop_table("report_outcome")
