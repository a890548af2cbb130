"""The receipt: what the phone verifies before it says 届きました. Repeated byte for byte.

It carries a mark that only this installation can make, so that a server restored from an old copy
recognises the receipts it gave and keeps their numbers (docs/receipts.md).
"""

import hashlib
import hmac
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.reports.models import receipt_number
from app.sealing import base64url

LARGEST = 1000
DRILL = "訓-"


@dataclass(frozen=True, slots=True)
class Receipt:
    report_id: UUID
    fingerprint: str
    seq: int
    received_at: datetime
    is_drill: bool = False

    @property
    def number(self) -> str:
        return drill_number(self.seq) if self.is_drill else receipt_number(self.seq)


class Receipts:
    """Writes receipts and knows its own again, by a key that follows from the master key."""

    def __init__(self, master: bytes) -> None:
        self._key = hmac.digest(master, b"nafuda/1 receipts", hashlib.sha256)

    def write(self, network_id: UUID, receipt: Receipt) -> bytes:
        fields: dict[str, Any] = {
            "report_id": str(receipt.report_id),
            "fp": receipt.fingerprint,
            "receipt_no": receipt.number,
            "received_at": receipt.received_at.isoformat(timespec="milliseconds"),
            "seq": receipt.seq,
        }
        signed = b"nafuda-receipt/1\n" + network_id.bytes + _bytes(fields)
        mac = hmac.digest(self._key, signed, hashlib.sha256)
        return _bytes(fields | {"mac": base64url.encode(mac)})

    def read(self, network_id: UUID, raw: bytes) -> Receipt | None:
        """Only what `write` wrote for this network, to the byte."""
        with suppress(ValueError, TypeError, KeyError, OverflowError, RecursionError):
            given = json.loads(raw[:LARGEST])
            receipt = Receipt(
                report_id=UUID(given["report_id"]),
                fingerprint=str(given["fp"]),
                seq=int(given["seq"]),
                received_at=datetime.fromisoformat(given["received_at"]),
                is_drill=str(given["receipt_no"]).startswith(DRILL),
            )
            if hmac.compare_digest(self.write(network_id, receipt), raw):
                return receipt
        return None


def drill_number(seq: int) -> str:
    """訓-0007: of a report made in a drill, counted apart."""
    return f"{DRILL}{seq:04d}"


def _bytes(fields: dict[str, Any]) -> bytes:
    """As a browser writes it: what a phone sends back has to be the same to the byte."""
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()
