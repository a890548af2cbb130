"""Standard custody: private keys lie in the database wrapped by a key that lies outside it."""

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class MasterKey:
    """32 bytes outside the database. Wrapped text is bound to what it is for."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def wrap(self, secret: str, purpose: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        wrapped = self._aead.encrypt(nonce, secret.encode(), purpose.encode())
        return base64.urlsafe_b64encode(nonce + wrapped).decode()

    def unwrap(self, wrapped: str, purpose: str) -> str:
        """Raises cryptography.exceptions.InvalidTag if it was changed or is for something else."""
        data = base64.urlsafe_b64decode(wrapped)
        nonce, rest = data[:NONCE_BYTES], data[NONCE_BYTES:]
        return self._aead.decrypt(nonce, rest, purpose.encode()).decode()


def key_file(data_dir: Path, name: str) -> bytes:
    """A 32-byte key kept in its own file, made on first use and readable by its owner only."""
    path = data_dir / "keys" / f"{name}.key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "wb") as file:
            file.write(os.urandom(32))
    return path.read_bytes()
