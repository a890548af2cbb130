"""Receipt numbers: the next one, or after a restore the one that a report had before."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from app.networks.numbers import next_number, reach_number
from app.reports.models import PastReport, Report
from app.reports.receipts import Receipt, Receipts
from app.reports.submissions import Submission

Place = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class Numbered:
    """`renumbered`: its old number has gone to another report since the restore."""

    receipt: Receipt
    raw: bytes
    restored: bool
    renumbered: bool


def number_all(
    session: Session, receipts: Receipts, submissions: Sequence[Submission], now: datetime
) -> list[Numbered]:
    """One for each, in their order. Whoever holds the networks' receipt numbers calls this."""
    held = [_held(receipts, one) for one in submissions]
    kept = _free(session, zip(submissions, held, strict=True))
    fresh = _fresh_numbers(session, [one for one in submissions if one.key not in kept])
    numbered = []
    for one, had in zip(submissions, held, strict=True):
        receipt = kept.get(one.key) or Receipt(
            one.envelope.report_id, one.fingerprint, next(fresh[one.network_id]), now
        )
        restored = one.key in kept
        raw = receipts.write(one.network_id, receipt)
        numbered.append(Numbered(receipt, raw, restored, had is not None and not restored))
    return numbered


def _held(receipts: Receipts, one: Submission) -> Receipt | None:
    """The receipt that came along, if we wrote it for exactly this report."""
    receipt = receipts.read(one.network_id, one.held) if one.held else None
    same = receipt and (receipt.report_id, receipt.fingerprint) == one.identity
    return receipt if same else None


def _free(
    session: Session, pairs: Iterable[tuple[Submission, Receipt | None]]
) -> dict[tuple[UUID, UUID], Receipt]:
    """Receipts whose numbers nobody has; their networks' counters are moved past them."""
    wanted: dict[Place, tuple[Submission, Receipt]] = {}
    for one, receipt in pairs:
        if receipt:
            wanted.setdefault((one.network_id, receipt.seq), (one, receipt))
    for network_id in {network_id for network_id, _ in wanted}:
        numbers = [number for network, number in wanted if network == network_id]
        for number in _taken(session, network_id, numbers):
            wanted.pop((network_id, number), None)
        reach_number(session, network_id, "receipt", max(numbers))
    return {one.key: receipt for one, receipt in wanted.values()}


def _taken(session: Session, network_id: UUID, numbers: Sequence[int]) -> list[int]:
    """By reports that are here, and by those that were let go."""
    here = select(Report.seq).where(Report.network_id == network_id)
    past = select(PastReport.seq).where(PastReport.network_id == network_id)
    return [
        *session.exec(here.where(col(Report.seq).in_(numbers))),
        *session.exec(past.where(col(PastReport.seq).in_(numbers))),
    ]


def _fresh_numbers(
    session: Session, submissions: Sequence[Submission]
) -> dict[UUID, Iterator[int]]:
    """Per network, taken at once."""
    counts = Counter(one.network_id for one in submissions)
    return {
        network_id: itertools.count(next_number(session, network_id, "receipt", counts[network_id]))
        for network_id in sorted(counts)
    }
