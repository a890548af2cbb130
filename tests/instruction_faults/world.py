"""One worker, one counsellor and one instruction, with everything between them made to fail."""

import asyncio
import json
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import select

from app.deliveries.carriers import Lane
from app.deliveries.dispatch import Dispatcher
from app.deliveries.models import Mail
from app.main import create_app
from app.organizations.models import Workplace
from app.worker import HANDLERS, lanes
from tests.browser.rig.push_service import PushService
from tests.cast import Cast, Desk
from tests.deliveries.mail_server import HOST, MailRig
from tests.deliveries.phones import PushedPhone
from tests.instruction_faults.model import Model
from tests.postgres import Cluster, running_cluster
from tests.towns import StandingClock, Town, build, settings_in

STEP = 5.0


@dataclass
class Rig:
    """What all runs share: two towns to copy, a push service and a mail server. `many`: how many
    instructions where it has to be many."""

    folder: Path
    cluster: Cluster
    towns: dict[str, Town]
    service: PushService
    mail: MailRig
    many: int = 40


@contextmanager
def running_rig() -> Iterator[Rig]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nafuda-faults-")))
        cluster = stack.enter_context(running_cluster())
        cluster.execute("CREATE DATABASE town")
        towns = {
            "sqlite": build(settings_in(folder / "sqlite")),
            "postgres": build(settings_in(folder / "postgres", cluster.url("town"))),
        }
        mail = stack.enter_context(MailRig(folder))
        os.environ["SSL_CERT_FILE"] = str(mail.trusted)
        yield Rig(folder, cluster, towns, stack.enter_context(PushService()), mail)


class World:
    def __init__(self, rig: Rig, database: str, seed: int) -> None:
        self.rig, self.database, self.rng = rig, database, random.Random(seed)
        self.service, self.mail = rig.service, rig.mail
        self.service.log.clear()
        self.mail.inbox.clear()
        self.mail.answers.clear()
        self.clock, self.runner = StandingClock(), asyncio.Runner()
        self.data = rig.folder / f"run-{uuid4().hex}"
        shutil.copytree(rig.folder / database, self.data)
        self.app = create_app(self._settings(), self.clock, with_worker=False)
        self.cast = Cast(self.app, rig.towns[database], self.clock)
        self.model = Model(self)
        self._give_addresses()
        self.desk: Desk = self.cast.staff("counsellor")
        self.phone = self.subscribe()

    def _settings(self) -> Any:
        url = ""
        if self.database == "postgres":
            self.name = f"f{uuid4().hex}"
            self.rig.cluster.execute(f"CREATE DATABASE {self.name} TEMPLATE town")
            url = self.rig.cluster.url(self.name)
        return settings_in(self.data, url).model_copy(
            update={
                "push_origins": (self.service.origin,),
                "smtp_host": HOST,
                "smtp_port": self.mail.port,
                "smtp_sender": "nafuda@aonami.example",
            }
        )

    def _give_addresses(self) -> None:
        with self.app.state.database.writing() as session:
            for workplace in session.exec(select(Workplace)):
                workplace.email = "tencho@marumi.example"

    def end(self) -> None:
        self.runner.close()
        self.app.state.report_writer.close()
        self.app.state.database.close()
        if self.database == "postgres":
            self.rig.cluster.execute(f"DROP DATABASE {self.name} WITH (FORCE)")
        shutil.rmtree(self.data)

    def subscribe(self, place: int = 0) -> PushedPhone:
        """Another phone; the same badge for the same place."""
        phone = PushedPhone(self.cast, self.service, self.cast.phone("conveni", place))
        self.model.phones.append(phone)
        return phone

    def instruct(self, template: str = "R05", phone: PushedPhone | None = None) -> UUID:
        """Reported and written; ten seconds from now it leaves."""
        self.report_id = (phone or self.phone).report()
        return self.write(template)

    def write(self, template: str) -> UUID:
        instruction_id = self.desk.instruct(self.report_id, template)
        self.model.note_written(instruction_id)
        return instruction_id

    def run(self, seconds: float) -> None:
        """Time passes in small steps; whatever is due is done, and the model looks each time."""
        while seconds > 0:
            self.clock.advance(seconds=min(STEP, seconds))
            seconds -= STEP
            self.work()

    def release(self) -> None:
        self.run(10)

    def work(self, wrapped: Any = None) -> None:
        while self.runner.run(self._work_once(wrapped)):
            self.model.look()
        self.model.look()

    async def _work_once(self, wrapped: Any) -> int:
        by_kind = lanes(self.app.state.settings, self.app.state.master_key)
        if wrapped:
            by_kind = {kind: Lane(wrapped(one.carrier), one.most) for kind, one in by_kind.items()}
        dispatcher = Dispatcher(self.app.state.database, self.clock, HANDLERS, by_kind)
        try:
            return await dispatcher.work_once()
        finally:
            await dispatcher.close()

    def two_workers(self) -> None:
        async def both() -> None:
            await asyncio.gather(self._work_once(None), self._work_once(None))

        self.runner.run(both())
        self.model.look()

    def receive(self, phone: PushedPhone | None = None) -> int:
        """The phone's worker shows what came and posts its receipt; the status of the last one."""
        phone, status = phone or self.phone, 0
        for shown in phone.notifications():
            status = phone.receipt(UUID(shown["tag"])).status_code
            if status == 204:
                self.model.note("delivered", UUID(shown["tag"]), phone)
        return status

    def open(self, instruction_id: UUID, phone: PushedPhone | None = None) -> None:
        phone = phone or self.phone
        answer = phone.phone.client.post(f"/instructions/{instruction_id}/opening")
        assert answer.status_code == 204, answer.text
        self.model.note("opened", instruction_id, phone)

    def answer(
        self,
        instruction_id: UUID,
        what: str = "acknowledgement",
        phone: PushedPhone | None = None,
        **fields: Any,
    ) -> int:
        phone = phone or self.phone
        path = f"/instructions/{instruction_id}/{what}"
        status = int(phone.phone.client.post(path, data=fields).status_code)
        if status == 303:
            self.model.note("opened", instruction_id, phone)
            self.model.answered.add(instruction_id)
        return status

    def letters(self) -> list[Mail]:
        with self.app.state.database.reading() as session:
            return list(session.exec(select(Mail)))

    def pushed_texts(self) -> list[str]:
        return [
            json.dumps(shown, ensure_ascii=False)
            for phone in self.model.phones
            for shown in phone.notifications()
        ]
