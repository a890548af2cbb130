"""The receipt: what the phone verifies before it says 届きました. Repeated byte for byte."""

import json
from datetime import datetime
from uuid import UUID

from app.reports.models import receipt_number


def receipt_bytes(report_id: UUID, fingerprint: str, seq: int, received_at: datetime) -> bytes:
    receipt = {
        "report_id": str(report_id),
        "fp": fingerprint,
        "receipt_no": receipt_number(seq),
        "received_at": received_at.isoformat(timespec="milliseconds"),
        "seq": seq,
    }
    return json.dumps(receipt, separators=(",", ":")).encode()
