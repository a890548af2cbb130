"""The hash chain: an entry's digest covers all its fields and the digest before it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64


def digest_of(previous: str, fields: Mapping[str, Any]) -> str:
    """SHA-256 over the previous digest and the canonical JSON of the fields."""
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()
