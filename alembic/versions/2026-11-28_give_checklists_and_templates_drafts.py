"""give checklists and templates drafts."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel

import app.db
from alembic import op

revision: str = "3c9e1f7a4b20"
down_revision: str | Sequence[str] | None = "b7c41d90e2f5"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "template_version",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("published_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_template_version_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_template_version")),
        sa.UniqueConstraint(
            "network_id", "version", name=op.f("uq_template_version_network_id_version")
        ),
    )
    op.create_table(
        "edition_draft",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("started_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", app.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("alone_reason", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("return_note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("returned_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "changed_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_edition_draft_network_id_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "returned_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_edition_draft_network_id_returned_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_edition_draft_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_edition_draft")),
        sa.UniqueConstraint(
            "network_id", "kind", "subject", name=op.f("uq_edition_draft_network_id_kind_subject")
        ),
    )
    op.create_table(
        "publication",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=False),
        sa.Column("alone_reason", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("published_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "approved_by_id"],
            ["staff.network_id", "staff.id"],
            name=op.f("fk_publication_network_id_approved_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_publication_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_publication")),
        sa.UniqueConstraint(
            "network_id",
            "kind",
            "subject",
            "version",
            name=op.f("uq_publication_network_id_kind_subject_version"),
        ),
    )


def downgrade() -> None:
    op.drop_table("publication")
    op.drop_table("edition_draft")
    op.drop_table("template_version")
