"""The invariants of protocol A6, as far as they can be seen from outside (docs/faults.md)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.reports.forms import fingerprint
from tests.faults.facts import Ledger, PhoneFacts, Row
from tests.faults.phones import NOTE

ARRIVED = ("acked", "confirmed")
WAITING = ("sealed", "sending")


@dataclass
class Outcome:
    reports: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Outcome") -> "Outcome":
        self.reports += other.reports
        self.lost += other.lost
        self.doubled += other.doubled
        self.false += other.false
        return self

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.false)


@dataclass(frozen=True)
class Run:
    """All that a run left behind. `may_park`: the fault makes refusals that are ours."""

    phones: list[PhoneFacts]
    ledger: Ledger
    receipts: list[dict[str, Any]]
    requests: list[tuple[float, list[str]]]
    may_park: bool = False

    @cached_property
    def rows(self) -> dict[str, Row]:
        return {row.report_id: row for row in self.ledger.rows}

    @cached_property
    def confirmed(self) -> dict[str, dict[str, Any]]:
        return {key: one for phone in self.phones for key, one in phone.confirmed.items()}


def judge(run: Run) -> Outcome:
    return Outcome(
        len(run.confirmed),
        [*unkept(run), *undelivered(run)],
        [*twice(run), *told_twice(run)],
        [*claims(run), *renumbered(run), *secrets(run), *gaps(run), *order(run), *chain(run)],
    )


def unkept(run: Run) -> Iterator[str]:
    """I1, I6: whatever the server gave a receipt for is there, with that receipt."""
    rows = run.rows
    for receipt in run.receipts:
        row = rows.get(receipt["report_id"])
        if row is None:
            yield f"I1 acknowledged, not there: {receipt['report_id']}"


def renumbered(run: Run) -> Iterator[str]:
    """I5: the number that somebody was told stays the number of that report (protocol A5)."""
    for receipt in run.receipts:
        row = run.rows.get(receipt["report_id"])
        if row and row.receipt != receipt:
            now = row.receipt["receipt_no"]
            yield f"I5 {receipt['receipt_no']} is {now} now: {receipt['report_id']}"


def undelivered(run: Run) -> Iterator[str]:
    """I4, and that everything arrives once the fault is over; I3: the centre is told."""
    rows = run.rows
    for phone in run.phones:
        for report_id, entry in phone.confirmed.items():
            kept = phone.entries.get(report_id)
            if report_id in phone.evicted or has(run, report_id, entry["bytes"]):
                continue
            if run.may_park and kept and kept["state"] == "parked":
                continue
            yield f"I4 confirmed, not arrived: {report_id} {(kept or {}).get('state')}"
    if run.ledger.tells_centre:
        for report_id in rows:
            if not run.ledger.notices[report_id]:
                yield f"I3 the centre isn't told: {report_id}"


def has(run: Run, report_id: str, envelope: bytes) -> bool:
    row = run.rows.get(report_id)
    kept = run.ledger.quarantine.get(report_id, set())
    return (row is not None and row.envelope == envelope) or envelope in kept


def twice(run: Run) -> Iterator[str]:
    """I2: one row per press, and none that nobody pressed."""
    counts = Counter(row.report_id for row in run.ledger.rows)
    yield from (f"I2 {count} rows: {key}" for key, count in counts.items() if count > 1)
    pressed = run.confirmed.keys() | {key for phone in run.phones for key in phone.entries}
    yield from (f"I2 nobody's report: {key}" for key in counts if key not in pressed)
    drafts = Counter((one.get("draft"), one["badge_code"]) for one in run.confirmed.values())
    yield from (f"I2 one draft, {n} reports: {draft}" for draft, n in drafts.items() if n > 1)


def told_twice(run: Run) -> Iterator[str]:
    """I3 and I9: one notice and one audit entry per report."""
    for report_id in run.rows if run.ledger.tells_centre else ():
        if run.ledger.notices[report_id] > 1:
            yield f"I3 {run.ledger.notices[report_id]} notices: {report_id}"
        if run.ledger.audits[report_id] > 1:
            yield f"I9 {run.ledger.audits[report_id]} audit entries: {report_id}"


def claims(run: Run) -> Iterator[str]:
    """I5, I8: no screen says what isn't so."""
    rows = run.rows
    for phone in run.phones:
        for report_id, entry in phone.entries.items():
            if entry["state"] in ARRIVED:
                pressed = phone.confirmed.get(report_id, entry)
                yield from false_arrival(entry, pressed["bytes"], rows.get(report_id))
            if entry["state"] == "parked":
                yield from false_refusal(run, entry)


def false_arrival(entry: dict[str, Any], envelope: bytes, row: Row | None) -> Iterator[str]:
    """A copy that was let go of is judged by what was pressed."""
    receipt = entry.get("receipt") or {}
    expected = {"report_id": entry["report_id"], "fp": fingerprint(envelope)}
    if expected.items() - receipt.items():
        yield f"I5 said to have arrived without its receipt: {entry['report_id']} {receipt}"
    if row is None or row.receipt != receipt or row.envelope != envelope:
        yield f"I5 said to have arrived, isn't there: {entry['report_id']}"


def false_refusal(run: Run, entry: dict[str, Any]) -> Iterator[str]:
    row = run.rows.get(entry["report_id"])
    if not entry.get("reason"):
        yield f"I8 parked without a reason: {entry['report_id']}"
    if not run.may_park or (row and row.envelope == entry["bytes"]):
        yield f"I8 said not to have arrived: {entry['report_id']} {entry.get('reason')}"


def secrets(run: Run) -> Iterator[str]:
    """I7: what was written can't be read on the phone's disk."""
    yield from (f"I7 readable on {phone.name}" for phone in run.phones if NOTE in phone.disk)


def gaps(run: Run) -> Iterator[str]:
    """I10: the numbers that are missing at the server are those of what was evicted."""
    of_device = defaultdict[str, set[int]](set)
    for row in run.ledger.rows:
        of_device[row.device_id].add(row.device_seq)
    for phone in run.phones:
        numbers = {one["device_seq"] for one in phone.confirmed.values()}
        arrived = {run.rows[key].device_seq for key in phone.confirmed if key in run.rows}
        arrived = arrived.union(*(of_device[device] for device in phone.devices))
        waiting = {key for key, one in phone.entries.items() if one["state"] not in ARRIVED}
        absent = {phone.confirmed[key]["device_seq"] for key in phone.evicted | waiting}
        missing = numbers - arrived
        if missing - absent:
            yield f"I10 gaps {sorted(missing)}, evicted {sorted(absent)}"


def order(run: Run) -> Iterator[str]:
    """I11: no urgent report waits behind more than what each tab had in flight."""
    for phone in run.phones:
        urgent = [one for one in phone.confirmed.values() if one["urgent"] and one.get("pressed")]
        for entry in urgent:
            before = overtakers(run, phone, entry)
            if before > phone.tabs:
                yield f"I11 {before} requests went before {entry['report_id']}"


def overtakers(run: Run, phone: PhoneFacts, entry: dict[str, Any]) -> int:
    """Requests with only ordinary reports of this phone, from the press to its own first one."""
    count = 0
    for at, ids in run.requests:
        if at * 1000 < entry["pressed"] or not ids or ids[0] not in phone.confirmed:
            continue
        if entry["report_id"] in ids:
            return count
        count += not any(phone.confirmed[key]["urgent"] for key in ids if key in phone.confirmed)
    return 0


def chain(run: Run) -> Iterator[str]:
    """I9, I12."""
    yield from (f"I9 the audit chain breaks at {place}" for place in run.ledger.broken)
    for report_id in run.rows if run.ledger.tells_centre else ():
        if not run.ledger.audits[report_id]:
            yield f"I9 no audit entry: {report_id}"
    yield from (f"I12 another network's phone: {report_id}" for report_id in run.ledger.strays)
