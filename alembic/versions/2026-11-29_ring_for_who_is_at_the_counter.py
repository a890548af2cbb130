"""ring for who is at the counter."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel

import app.db
from alembic import op

revision: str = "5ab0e7c41d92"
down_revision: str | Sequence[str] | None = "3f7b20c9d41e"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TIME = app.db.UTCDateTime(timezone=True)


def text(length: int) -> sqlmodel.sql.sqltypes.AutoString:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def row(*others: sa.schema.SchemaItem) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *others,
    ]


def keys(table: str, **references: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{table}_network_id")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["network_id", column],
                [f"{other}.network_id", f"{other}.id"],
                name=op.f(f"fk_{table}_network_id_{column}"),
            )
            for column, other in references.items()
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    op.create_table(
        "desk_presence",
        *row(
            sa.Column("staff_id", sa.Uuid(), nullable=False),
            sa.Column("seen_at", TIME, nullable=False),
            sa.Column("on_call_since", TIME, nullable=True),
        ),
        *keys("desk_presence", staff_id="staff"),
        sa.UniqueConstraint(
            "network_id", "staff_id", name=op.f("uq_desk_presence_network_id_staff_id")
        ),
    )
    op.create_table(
        "report_watch",
        *row(
            sa.Column("report_id", sa.Uuid(), nullable=False),
            sa.Column("staff_id", sa.Uuid(), nullable=False),
            sa.Column("began_at", TIME, nullable=False),
            sa.Column("seen_at", TIME, nullable=False),
            sa.Column("taken_at", TIME, nullable=True),
        ),
        *keys("report_watch", report_id="report", staff_id="staff"),
        sa.UniqueConstraint(
            "network_id",
            "report_id",
            "staff_id",
            name=op.f("uq_report_watch_network_id_report_id_staff_id"),
        ),
    )
    op.create_table(
        "talk_line",
        *row(
            sa.Column("report_id", sa.Uuid(), nullable=False),
            sa.Column("author_id", sa.Uuid(), nullable=True),
            sa.Column("device_id", sa.Uuid(), nullable=True),
            sa.Column("phrase", text(12), nullable=False),
            sa.Column("text", text(60), nullable=False),
            sa.Column("at", TIME, nullable=False),
        ),
        *keys("talk_line", report_id="report", author_id="staff", device_id="device"),
    )
    op.create_index(
        "ix_talk_line_network_id_report_id_at", "talk_line", ["network_id", "report_id", "at"]
    )
    op.create_table(
        "threat",
        *row(
            sa.Column("report_id", sa.Uuid(), nullable=False),
            sa.Column("device_id", sa.Uuid(), nullable=False),
            sa.Column("assigned_to_id", sa.Uuid(), nullable=True),
            sa.Column("created_at", TIME, nullable=False),
            sa.Column("done_at", TIME, nullable=True),
            sa.Column("done_by_id", sa.Uuid(), nullable=True),
            sa.Column("outcome", text(12), nullable=False),
        ),
        *keys(
            "threat",
            report_id="report",
            device_id="device",
            assigned_to_id="staff",
            done_by_id="staff",
        ),
        sa.UniqueConstraint("network_id", "report_id", name=op.f("uq_threat_network_id_report_id")),
    )
    op.create_index("ix_threat_open", "threat", ["network_id", "done_at", "created_at"])


def downgrade() -> None:
    for table in ("threat", "talk_line", "report_watch", "desk_presence"):
        op.drop_table(table)
