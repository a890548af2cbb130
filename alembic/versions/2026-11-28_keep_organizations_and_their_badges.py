"""keep organizations and their badges."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel

import app.db
from alembic import op

revision: str = "cd544f64507c"
down_revision: str | Sequence[str] | None = "3c9e1f7a4b20"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


# What phones agreed to before there was a list of agreements: one for each pairing.
AGREED_ON_PHONES = """
INSERT INTO agreement (network_id, id, organization_id, badge_id, version, method, language,
    signer, agreed_on, recorded_at)
SELECT pairing.network_id, pairing.id, workplace.organization_id, pairing.badge_id,
    pairing.agreed_version, 'screen', pairing.agreed_language, '', date(pairing.paired_at),
    pairing.paired_at
FROM pairing
JOIN badge ON badge.network_id = pairing.network_id AND badge.id = pairing.badge_id
JOIN workplace ON workplace.network_id = badge.network_id AND workplace.id = badge.workplace_id
WHERE pairing.agreed_version > 0
"""


def upgrade() -> None:
    op.create_table(
        "number_lookup",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("neighbours", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_lookup")),
    )
    with op.batch_alter_table("number_lookup", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_number_lookup_at"), ["at"], unique=False)

    op.create_table(
        "promise",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("written_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_promise_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_promise")),
        sa.UniqueConstraint("network_id", "version", name=op.f("uq_promise_network_id_version")),
    )
    op.create_table(
        "term",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "organization_id"],
            ["organization.network_id", "organization.id"],
            name=op.f("fk_term_network_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_term_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_term")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index(
            "ix_term_network_id_organization_id", ["network_id", "organization_id"], unique=False
        )

    op.create_table(
        "contact_person",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("telephone", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "organization_id"],
            ["organization.network_id", "organization.id"],
            name=op.f("fk_contact_person_network_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "workplace_id"],
            ["workplace.network_id", "workplace.id"],
            name=op.f("fk_contact_person_network_id_workplace_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_contact_person_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_contact_person")),
    )
    with op.batch_alter_table("contact_person", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contact_person_network_id_organization_id",
            ["network_id", "organization_id"],
            unique=False,
        )

    op.create_table(
        "agreement",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("badge_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("signer", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", app.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "badge_id"],
            ["badge.network_id", "badge.id"],
            name=op.f("fk_agreement_network_id_badge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "organization_id"],
            ["organization.network_id", "organization.id"],
            name=op.f("fk_agreement_network_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_agreement_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_agreement_network_id_badge_id", ["network_id", "badge_id"], unique=False
        )
        batch_op.create_index(
            "ix_agreement_network_id_organization_id",
            ["network_id", "organization_id"],
            unique=False,
        )

    op.add_column(
        "badge",
        sa.Column(
            "kind",
            sqlmodel.sql.sqltypes.AutoString(length=10),
            server_default="personal",
            nullable=False,
        ),
    )
    op.add_column(
        "badge",
        sa.Column(
            "call_name",
            sqlmodel.sql.sqltypes.AutoString(length=12),
            server_default="",
            nullable=False,
        ),
    )
    op.add_column(
        "badge",
        sa.Column(
            "holder_note",
            sqlmodel.sql.sqltypes.AutoString(length=60),
            server_default="",
            nullable=False,
        ),
    )
    op.add_column(
        "badge",
        sa.Column(
            "stop_reason",
            sqlmodel.sql.sqltypes.AutoString(length=10),
            server_default="",
            nullable=False,
        ),
    )
    op.create_index(
        "ix_badge_network_id_workplace_id", "badge", ["network_id", "workplace_id"], unique=False
    )
    op.create_index("ix_badge_number", "badge", ["number"], unique=False)

    op.add_column(
        "network",
        sa.Column("notes_holders", sa.Boolean(), server_default=sa.false(), nullable=False),
    )

    op.add_column(
        "organization",
        sa.Column(
            "ground", sqlmodel.sql.sqltypes.AutoString(length=12), server_default="", nullable=False
        ),
    )
    op.add_column(
        "organization",
        sa.Column(
            "ground_reference",
            sqlmodel.sql.sqltypes.AutoString(length=120),
            server_default="",
            nullable=False,
        ),
    )
    op.add_column("organization", sa.Column("term_begins_on", sa.Date(), nullable=True))
    op.add_column("organization", sa.Column("term_ends_on", sa.Date(), nullable=True))
    op.add_column(
        "organization",
        sa.Column(
            "approval",
            sqlmodel.sql.sqltypes.AutoString(length=12),
            server_default="",
            nullable=False,
        ),
    )
    op.add_column("organization", sa.Column("approved_on", sa.Date(), nullable=True))
    op.add_column(
        "organization",
        sa.Column(
            "approval_scope",
            sqlmodel.sql.sqltypes.AutoString(length=200),
            server_default="",
            nullable=False,
        ),
    )
    op.add_column(
        "organization",
        sa.Column(
            "note", sqlmodel.sql.sqltypes.AutoString(length=500), server_default="", nullable=False
        ),
    )

    op.execute(AGREED_ON_PHONES)


def downgrade() -> None:

    op.drop_column("organization", "note")
    op.drop_column("organization", "approval_scope")
    op.drop_column("organization", "approved_on")
    op.drop_column("organization", "approval")
    op.drop_column("organization", "term_ends_on")
    op.drop_column("organization", "term_begins_on")
    op.drop_column("organization", "ground_reference")
    op.drop_column("organization", "ground")

    op.drop_column("network", "notes_holders")

    op.drop_index("ix_badge_number", "badge")
    op.drop_index("ix_badge_network_id_workplace_id", "badge")
    op.drop_column("badge", "stop_reason")
    op.drop_column("badge", "holder_note")
    op.drop_column("badge", "call_name")
    op.drop_column("badge", "kind")

    op.drop_table("agreement")
    op.drop_table("contact_person")
    op.drop_table("term")
    op.drop_table("promise")
    op.drop_table("number_lookup")
