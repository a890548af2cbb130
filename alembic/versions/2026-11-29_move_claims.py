"""move claims: handed over, taken over, returned; who writes; 申し送り."""

from collections.abc import Sequence

import sqlalchemy as sa

import app.db
from alembic import op

revision: str = "5c1e8a7d20f4"
down_revision: str | Sequence[str] | None = "b7d2e94a1c60"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def instant(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, app.db.UTCDateTime(timezone=True), nullable=nullable)


def reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{to}.network_id", f"{to}.id"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )


def keys(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{table}_network_id")
        ),
    ]


def upgrade() -> None:
    for name, usual in (("claim_minutes", "15"), ("urgent_claim_minutes", "5")):
        op.add_column(
            "network", sa.Column(name, sa.Integer(), nullable=False, server_default=usual)
        )
    op.create_table(
        "relay",
        *keys("relay"),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        instant("at"),
        instant("received_at", nullable=True),
        reference("relay", "from_id", "staff"),
        reference("relay", "to_id", "staff"),
    )
    op.create_index("ix_relay_network_id_to_id", "relay", ["network_id", "to_id", "received_at"])
    op.create_table(
        "claim_move",
        *keys("claim_move"),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("relay_id", sa.Uuid(), nullable=True),
        instant("at"),
        instant("opened_at", nullable=True),
        reference("claim_move", "report_id", "report"),
        reference("claim_move", "from_id", "staff"),
        reference("claim_move", "to_id", "staff"),
        reference("claim_move", "relay_id", "relay"),
    )
    op.create_index(
        "ix_claim_move_network_id_report_id", "claim_move", ["network_id", "report_id", "at"]
    )
    op.create_table(
        "presence",
        *keys("presence"),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        instant("opened_at"),
        instant("writing_at", nullable=True),
        reference("presence", "report_id", "report"),
        reference("presence", "staff_id", "staff"),
        sa.UniqueConstraint(
            "network_id",
            "report_id",
            "staff_id",
            name=op.f("uq_presence_network_id_report_id_staff_id"),
        ),
    )


def downgrade() -> None:
    for table in ("presence", "claim_move", "relay"):
        op.drop_table(table)
    for name in ("urgent_claim_minutes", "claim_minutes"):
        op.drop_column("network", name)
