"""Writing an export: what stood in its files leaves the disk, also when a worker died over it."""

import os
import time
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app.deliveries.carriers import Sent
from app.deliveries.models import OutboxItem
from app.deliveries.outbox import Item
from app.holdings.exporting import Exporter, Made, Wanted
from app.holdings.exports import MAKE
from app.holdings.models import DataExport
from app.settings import Settings
from tests.cast import Cast, Desk
from tests.towns import AFTERNOON

Work = Callable[[], int]


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def test_nothing_of_it_stays_on_the_disk(clerk: Desk, work: Work, settings: Settings) -> None:
    """Not even what a worker left behind that died on the way."""
    before, old = set(settings.data_dir.iterdir()), time.time() - 25 * 3600
    file, folder = settings.data_dir / "export-a.zip", settings.data_dir / "export-a-b"
    folder.mkdir()
    for left in (file, folder / "book.xlsx"):
        left.write_bytes(b"everything")
    for left in (file, folder):
        os.utime(left, (old, old))
    fresh = settings.data_dir / "export-c.zip"
    fresh.write_bytes(b"another worker writes here")
    clerk.post("/office/data/exports")
    work()
    assert set(settings.data_dir.iterdir()) - before == {fresh}


def test_a_file_that_another_worker_was_faster_with_goes(
    clerk: Desk, session: Session, settings: Settings
) -> None:
    clerk.post("/office/data/exports")
    export = session.exec(select(DataExport)).one()
    file = settings.data_dir / "export-late.zip"
    file.write_bytes(b"everything")
    export.done_at = AFTERNOON
    item = session.exec(select(OutboxItem).where(OutboxItem.kind == MAKE)).one()
    leased = Item(item.network_id, item.id, item.kind, item.payload, 1)
    late = Sent(leased, Wanted(leased, export.id, False), Made("made", file))
    exporter = Exporter(settings.database, settings.data_dir, lambda: AFTERNOON)
    exporter.record(session, [late], AFTERNOON)
    assert not file.exists()
