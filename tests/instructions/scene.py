"""One report, one instruction for it, and the two people it is between."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.cast import Cast, Desk, Phone


@dataclass
class Scene:
    cast: Cast
    phone: Phone
    desk: Desk
    report_id: UUID
    instruction_id: UUID
    work: Callable[[], int]

    def release(self) -> None:
        """The ten seconds pass, and the worker does its work."""
        self.cast.clock.advance(seconds=10)
        self.work()

    def wait(self, **time: float) -> None:
        """Time passes, and the worker does all that has become due."""
        self.cast.clock.advance(**time)
        while self.work():
            pass

    def answer(self, what: str, phone: Phone | None = None, **fields: Any) -> Any:
        client = (phone or self.phone).client
        return client.post(f"/instructions/{self.instruction_id}/{what}", data=fields)

    def take_back(self) -> Any:
        return self.desk.post(f"/desk/instructions/{self.instruction_id}/cancellation")

    def see(self, **options: Any) -> str:
        return self.phone.see(self.report_id, **options)

    def detail(self) -> str:
        return str(self.desk.get(f"/desk/reports/{self.report_id}").text)
