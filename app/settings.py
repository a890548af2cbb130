"""The only reader of the environment. docs/operations.md names every setting."""

from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="NAFUDA_", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    base_url: str = "http://localhost:8000"
    vapid_contact: str = "mailto:postmaster@localhost"
    push_origins: tuple[str, ...] = ()
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_sender: str = "tsunagu-nafuda@localhost"
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    live_seconds: float = 0.5
    reading_seconds: float = 30
    log_json: bool = True

    @property
    def database(self) -> str:
        """Address of the database; a SQLite file in the data folder unless told otherwise."""
        return self.database_url or f"sqlite:///{self.data_dir / 'nafuda.db'}"

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")
