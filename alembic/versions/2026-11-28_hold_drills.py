"""hold drills beside the real reports."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel

import app.db
from alembic import op

revision: str = "459d65e5e24b"
down_revision: str | Sequence[str] | None = "cd544f64507c"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "drill",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mock_case", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("story", sa.JSON(), nullable=False),
        sa.Column("starts_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", app.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "created_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_drill_network_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_drill_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_drill")),
    )
    op.create_index("ix_drill_network_id_ends_at", "drill", ["network_id", "ends_at"])

    op.create_table(
        "drill_phone",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("drill_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", app.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "device_id"],
            ["device.network_id", "device.id"],
            name=op.f("fk_drill_phone_network_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "drill_id"],
            ["drill.network_id", "drill.id"],
            name=op.f("fk_drill_phone_network_id_drill_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "workplace_id"],
            ["workplace.network_id", "workplace.id"],
            name=op.f("fk_drill_phone_network_id_workplace_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_drill_phone_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_drill_phone")),
        sa.UniqueConstraint(
            "network_id",
            "drill_id",
            "device_id",
            name=op.f("uq_drill_phone_network_id_drill_id_device_id"),
        ),
    )
    op.create_table(
        "drill_workplace",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("drill_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "drill_id"],
            ["drill.network_id", "drill.id"],
            name=op.f("fk_drill_workplace_network_id_drill_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "workplace_id"],
            ["workplace.network_id", "workplace.id"],
            name=op.f("fk_drill_workplace_network_id_workplace_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_drill_workplace_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_drill_workplace")),
        sa.UniqueConstraint(
            "network_id",
            "drill_id",
            "workplace_id",
            name=op.f("uq_drill_workplace_network_id_drill_id_workplace_id"),
        ),
    )
    op.create_index(
        "ix_drill_workplace_network_id_workplace_id",
        "drill_workplace",
        ["network_id", "workplace_id"],
    )

    op.create_table(
        "drill_report",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("drill_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=43), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("badge_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("industry", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("checklist_version", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("headline", sa.JSON(), nullable=False),
        sa.Column("urgency", sqlmodel.sql.sqltypes.AutoString(length=6), nullable=False),
        sa.Column("received_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("template", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("instructed_at", app.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("instructed_by_id", sa.Uuid(), nullable=True),
        sa.Column("acknowledged_at", app.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "badge_id"],
            ["badge.network_id", "badge.id"],
            name=op.f("fk_drill_report_network_id_badge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "device_id"],
            ["device.network_id", "device.id"],
            name=op.f("fk_drill_report_network_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "drill_id"],
            ["drill.network_id", "drill.id"],
            name=op.f("fk_drill_report_network_id_drill_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "instructed_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_drill_report_network_id_instructed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "workplace_id"],
            ["workplace.network_id", "workplace.id"],
            name=op.f("fk_drill_report_network_id_workplace_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_drill_report_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_drill_report")),
        sa.UniqueConstraint("network_id", "seq", name=op.f("uq_drill_report_network_id_seq")),
    )
    op.create_index(
        "ix_drill_report_network_id_drill_id", "drill_report", ["network_id", "drill_id"]
    )

    op.execute("INSERT INTO counter (network_id, kind, value) SELECT id, 'drill', 0 FROM network")


def downgrade() -> None:
    op.execute("DELETE FROM counter WHERE kind = 'drill'")
    for table in ("drill_report", "drill_workplace", "drill_phone", "drill"):
        op.drop_table(table)
