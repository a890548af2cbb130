"""The file of 全データ lives in the database for a day, and nowhere else."""

import os
import time

from sqlmodel import Session, select

from app.deliveries.carriers import Sent
from app.deliveries.models import OutboxItem
from app.deliveries.outbox import Item
from app.holdings.exporting import Exporter, Made, Wanted
from app.holdings.exports import MAKE
from app.settings import Settings
from tests.cast import Desk
from tests.holdings.asking import ask
from tests.holdings.years import Work
from tests.towns import AFTERNOON


def test_nothing_of_it_stays_on_the_disk(
    clerk: Desk, session: Session, work: Work, settings: Settings
) -> None:
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
    ask(clerk, session)
    work()
    assert set(settings.data_dir.iterdir()) - before == {fresh}


def test_a_file_that_another_worker_was_faster_with_goes(
    clerk: Desk, session: Session, settings: Settings
) -> None:
    export = ask(clerk, session)
    file = settings.data_dir / "export-late.zip"
    file.write_bytes(b"everything")
    export.done_at = AFTERNOON
    item = session.exec(select(OutboxItem).where(OutboxItem.kind == MAKE)).one()
    leased = Item(item.network_id, item.id, item.kind, item.payload, 1)
    late = Sent(leased, Wanted(leased, export.id, False), Made("made", file))
    exporter = Exporter(settings.database, settings.data_dir, lambda: AFTERNOON)
    exporter.record(session, [late], AFTERNOON)
    assert not file.exists()
