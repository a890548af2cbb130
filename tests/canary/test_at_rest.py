"""What was typed of twelve persons lies nowhere but sealed: every byte that is written is read."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlmodel import Session, select

from app.deliveries.messages import send_message
from app.deliveries.models import Subscription
from app.holdings.archive import write_archive
from app.holdings.rows import Reading
from app.operations.backup import back_up
from app.reports.models import Report
from tests.browser.rig.push_service import PushService
from tests.canary.journeys import Journeys
from tests.canary.persons import PERSONS
from tests.canary.places import packed, search, search_bytes
from tests.canary.spellings import Needles
from tests.cast import Cast
from tests.deliveries.mail_server import MailRig
from tests.deliveries.phones import PushedPhone
from tests.holdings.asking import ask as ask_for_export
from tests.postgres import Cluster, programs

NEEDLES = Needles(PERSONS)
LAST = PERSONS[-1]


class Places:
    """Where bytes come to rest, each with a way to read all of it."""

    def __init__(self, cast: Cast, folder: Path, mail: MailRig, phone: PushedPhone) -> None:
        self.cast, self.folder, self.mail, self.phone = cast, folder, mail, phone
        self.kept = folder / "kept"
        self.kept.mkdir()
        self.began = self.kept.stat().st_mtime

    def gather(self, session: Session, work: Callable[[], int]) -> None:
        """Backups, dumps and exports, as people make them."""
        database, network = self.cast.app.state.database, self.cast.town.here.network.id
        for what in ("backup", "dumps", "exports", "mails", "pushes"):
            shutil.rmtree(self.kept / what, ignore_errors=True)
            (self.kept / what).mkdir()
        back_up(database, self.kept / "backup", self.cast.clock.now)
        if not database.is_sqlite:
            url = make_url(database.url).set(drivername="postgresql")
            for way in ("plain", "custom"):
                target = self.kept / "dumps" / way
                command = [programs() / "pg_dump", f"--format={way}", f"--file={target}"]
                subprocess.run([*command, url.render_as_string(False)], check=True)
        whole = Reading(codes=True, contents=True)
        with database.reading() as reading:
            exported = self.kept / "exports" / "operator.zip"
            write_archive(reading, network, whole, exported, self.cast.clock.now)
        clerk = self.cast.staff("clerk")
        export = ask_for_export(clerk, session, codes="yes")
        work()
        answer = clerk.post(f"/office/data/exports/{export.id}/file")
        (self.kept / "exports" / "office.zip").write_bytes(answer.content)
        for kind in ("csv", "xlsx"):
            answer = clerk.post("/office/audit/export", format=kind)
            (self.kept / "exports" / f"records.{kind}").write_bytes(answer.content)
        for place, one in enumerate(self.mail.inbox):
            (self.kept / "mails" / str(place)).write_bytes(bytes(one.message))
        for place, post in enumerate(self.phone.service.log):
            (self.kept / "pushes" / f"{place}.sent").write_bytes(post.body)
        for place, shown in enumerate(self.phone.notifications()):
            (self.kept / "pushes" / f"{place}.read").write_text(str(shown))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def places(cast: Cast, tmp_path: Path, mail: MailRig, push_service: PushService) -> Places:
    return Places(cast, tmp_path, mail, PushedPhone(cast, push_service, cast.phone("finance")))


def everywhere(
    places: Places, temporary: Path, request: pytest.FixtureRequest, logged: str
) -> dict[str, set[str]]:
    """By place, which words of the twelve lie there."""
    settings = places.cast.app.state.settings
    folders = {"data": settings.data_dir, "kept": places.kept, "temporary": temporary}
    others: set[Path] = set()
    if not places.cast.app.state.database.is_sqlite:
        cluster: Cluster = request.getfixturevalue("cluster")
        cluster.execute("CHECKPOINT")
        folders["cluster"] = cluster.folder
        others = databases_of_others(places, cluster)
    found = {
        f"{name}/{file}": texts
        for name, folder in folders.items()
        for file, texts in search(folder, NEEDLES, others, places.began).items()
    }
    if texts := search_bytes(logged.encode(), NEEDLES):
        found["log"] = texts
    return found


def databases_of_others(places: Places, cluster: Cluster) -> set[Path]:
    """Other tests work in the same cluster."""
    with places.cast.app.state.database.reading() as session:
        table = session.execute(text("SELECT pg_relation_filepath('report')")).scalar_one()
    own = cluster.folder / "data" / Path(table).parent
    return {one for one in own.parent.iterdir() if one != own}


def test_twelve_persons_lie_nowhere(
    cast: Cast,
    places: Places,
    temporary: Path,
    session: Session,
    work: Callable[[], int],
    request: pytest.FixtureRequest,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """And what is written down plainly is found in each kind of place by the same search."""
    Journeys(cast, places.phone.phone, cast.staff("counsellor"), work).all()
    for _ in range(30):
        cast.clock.advance(minutes=1)
        work()
    places.gather(session, work)
    logged = "".join(capfd.readouterr())
    assert "route" in logged
    assert places.mail.inbox
    assert places.phone.notifications()
    assert everywhere(places, temporary, request, logged) == {}

    _write_plainly(cast, places, temporary)
    work()
    places.gather(session, work)
    print(LAST.sentence)
    found = everywhere(places, temporary, request, "".join(capfd.readouterr()))
    kinds = {"/".join(one.split("/")[:2]) for one in found}
    expected = {"kept/backup", "kept/exports", "kept/mails", "kept/pushes", "temporary/packed.gz"}
    if cast.app.state.database.is_sqlite:
        expected |= {"data/nafuda.db-wal"}
    else:
        expected |= {"kept/dumps", "cluster/data"}
        assert {"kept/dumps/plain", "kept/dumps/custom"} <= {*found}
        assert [one for one in found if one.startswith("cluster/data/base/")]
        assert [one for one in found if one.startswith("cluster/data/pg_wal/")]
    assert kinds - {"log", "data/nafuda.db"} == expected
    assert "log" in found


def _write_plainly(cast: Cast, places: Places, temporary: Path) -> None:
    """The positive control."""
    (temporary / "packed.gz").write_bytes(packed(LAST.sentence))
    with cast.app.state.database.writing() as session:
        subscription = session.exec(select(Subscription)).first()
        report = session.exec(select(Report)).first()
        assert subscription
        assert subscription.device_id
        assert report
        report.headline = LAST.sentence[:60]
        send_message(
            session,
            subscription.network_id,
            uuid4(),
            texts={"ja": {"title": LAST.name, "body": LAST.telephone}},
            path="/me",
            urgent=True,
            expires_at=cast.clock.now + timedelta(hours=1),
            phones={subscription.device_id: cast.clock.now},
            now=cast.clock.now,
        )
    places.mail.inbox[0].message.set_content(LAST.sentence)
