"""One migration chain for both databases."""

from pathlib import Path

from alembic.config import Config

from alembic import command
from app.settings import Settings

ROOT = Path(__file__).parents[2]


def alembic_config(settings: Settings) -> Config:
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.attributes["database_url"] = settings.database
    return config


def migrate(settings: Settings) -> None:
    """Bring the database to the newest version; nothing happens if it is there already."""
    if settings.database.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(settings), "head")
