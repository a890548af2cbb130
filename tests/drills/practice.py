"""A drill under way: さくら's shop takes part, the post office doesn't."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.badges.queries import get_holder
from tests.cast import Cast, Desk, Phone


@dataclass
class Practice:
    """Phones with an inbox, the clerk who starts drills, and the counsellor who answers."""

    cast: Cast
    phone: Phone
    clerk: Desk
    desk: Desk

    def start(self, industry: str = "conveni", place: int = 0, **changes: Any) -> UUID:
        answer = self.try_to_start(industry, place, **changes)
        assert answer.status_code == 303, answer.text
        return UUID(answer.headers["location"].rsplit("/", 1)[1])

    def try_to_start(self, industry: str = "conveni", place: int = 0, **changes: Any) -> Any:
        workplace = self.workplace_id(industry, place)
        fields = {"case": "e_money", "workplace": workplace, "lasts": "60"} | changes
        return self.clerk.post("/office/drills", **fields)

    def workplace_id(self, industry: str = "conveni", place: int = 0) -> str:
        with self.cast.app.state.database.reading() as session:
            return str(get_holder(session, self.cast.town.code(industry, place)).workplace.id)

    def report(self, drill_id: UUID, phone: Phone | None = None, **changes: Any) -> UUID:
        phone = phone or self.phone
        envelope = phone.envelope(device_seq=0, drill=str(drill_id), **changes)
        answer = phone.put(envelope)
        assert answer.status_code == 201, answer.text
        return UUID(envelope["report_id"])

    def instruct(self, report_id: UUID, template: str = "R05") -> Any:
        return self.desk.post(f"/desk/drills/reports/{report_id}/instruction", template=template)

    def acknowledge(self, report_id: UUID) -> Any:
        return self.phone.client.post(f"/drills/reports/{report_id}/acknowledgement")

    def row(self, drill_id: UUID) -> list[str]:
        """The line of the only workplace, as the clerk reads it."""
        page = self.clerk.get(f"/office/drills/{drill_id}").text
        line = re.search(r"<tbody>\s*<tr>(.*?)</tr>", page, re.S)
        assert line, page
        return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<td.*?</td>", line[1])]


def practice(cast: Cast) -> Practice:
    phone = cast.phone()
    phone.pair()
    return Practice(cast, phone, cast.staff("clerk"), cast.staff("counsellor"))
