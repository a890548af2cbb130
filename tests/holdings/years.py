"""Years go by in a town: a worker reports, the centre closes, the nights pass."""

import json
from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, func

from app.networks.scope import in_network
from app.sealing.envelope import Context
from app.sealing.keys import seal_for
from tests.cast import Cast

Work = Callable[[], int]
YEAR = timedelta(days=366)


class Years:
    """One worker's report, answered and closed; then time goes by."""

    def __init__(self, cast: Cast, work: Work, session: Session) -> None:
        self.cast, self.work, self.session = cast, work, session
        self.phone = cast.phone()
        self.phone.pair()
        self.here = cast.town.here.network.id

    def report(self, **changes: object) -> bytes:
        raw = json.dumps(self.phone.envelope(**changes)).encode()
        assert self.phone.put(raw).status_code == 201
        return raw

    def with_note(self, text: str) -> bytes:
        envelope = self.phone.envelope()
        context = Context(str(self.here), envelope["report_id"], "report", "note")
        with self.cast.app.state.database.reading() as session:
            envelope["sealed"] = seal_for(session, text, context).to_dict()
        raw = json.dumps(envelope).encode()
        assert self.phone.put(raw).status_code == 201
        return raw

    def close(self, raw: bytes) -> None:
        report_id = json.loads(raw)["report_id"]
        desk = self.cast.staff("counsellor")
        desk.post(f"/desk/reports/{report_id}/closure", template="R17", outcome="informed")
        self.cast.clock.advance(seconds=11)
        self.work()

    def later(self, span: timedelta) -> None:
        """The night after that span."""
        self.cast.clock.now += span
        for _ in range(20):
            self.work()
        self.session.rollback()

    def count(self, model: type) -> int:
        self.session.rollback()
        mine = in_network(model, self.here).with_only_columns(func.count())
        return int(self.session.execute(mine).scalar_one())
