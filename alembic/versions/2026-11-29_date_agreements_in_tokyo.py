"""date agreements in Tokyo: those that came from pairings had the day of UTC."""

from collections.abc import Sequence

from alembic import op

revision: str = "e3a91c07d5b8"
down_revision: str | Sequence[str] | None = "7d2c95e1b0a4"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DAYS = {
    "sqlite": """
UPDATE agreement SET agreed_on = date(recorded_at, '+9 hours') WHERE method = 'screen'
""",
    "postgresql": """
UPDATE agreement SET agreed_on = CAST(recorded_at AT TIME ZONE 'Asia/Tokyo' AS date)
WHERE method = 'screen'
""",
}


def upgrade() -> None:
    """On a screen one agrees at the moment that is recorded. Paper has days of its own."""
    op.execute(DAYS[op.get_bind().dialect.name])


def downgrade() -> None:
    """The day in Tokyo is the right one for earlier versions too."""
