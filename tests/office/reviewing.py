"""The town around, its 中心市, and what an attack could change."""

import re
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from app.editions.models import Draft, Publication
from tests.cast import Desk
from tests.office.editing import Editor


class Center:
    """A member of staff of the 中心市 with the town's draft before them."""

    def __init__(self, desk: Desk, link_id: UUID, what: str = "checklist/conveni") -> None:
        self.desk, self.path = desk, f"/office/reviews/{link_id}/{what}"

    def get(self, where: str = "") -> Any:
        return self.desk.get(self.path + where)

    def approve(self, revision: int = 0) -> Any:
        found = re.search(r'name="revision" value="(\d+)"', self.get().text)
        chosen = revision or (found[1] if found else "1")
        return self.desk.post(f"{self.path}/approval", revision=str(chosen))

    def give_back(self, note: str) -> Any:
        return self.desk.post(f"{self.path}/return", note=note)


def asked(around: Editor, **fields: str) -> None:
    around.begin()
    assert around.use("CV-03", "no").status_code == 303
    assert around.ask(**({"center": "yes"} | fields)).status_code == 303


def everything(session: Session) -> list[str]:
    """All that an attack could change."""
    session.rollback()
    session.expire_all()
    kept = [*session.exec(select(Draft)), *session.exec(select(Publication))]
    return sorted(repr(one.model_dump()) for one in kept)


def refused_everywhere(center: Center, session: Session, status: int = 404) -> None:
    before = everything(session)
    for where in ("", "/preview", "/preview/guidance/CV-01", "/preview/screens/hang_up"):
        assert center.get(where).status_code == status
    assert center.approve().status_code == status
    assert center.give_back("直して").status_code == status
    assert everything(session) == before
