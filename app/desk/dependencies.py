"""Who may do what at the desk, and the report that an address names."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from app.reports.commands import get_report
from app.reports.models import Report
from app.web.access import Permission, StaffActor, StaffWith
from app.web.session import SessionDep

Reader = Annotated[StaffActor, Depends(StaffWith(Permission.REPORT_READ))]
Claimer = Annotated[StaffActor, Depends(StaffWith(Permission.REPORT_CLAIM))]
Writer = Annotated[StaffActor, Depends(StaffWith(Permission.INSTRUCTION_SEND))]
Closer = Annotated[StaffActor, Depends(StaffWith(Permission.REPORT_CLOSE))]


def get_report_of_desk(session: SessionDep, actor: Reader, report_id: UUID) -> Report:
    return get_report(session, actor.network_id, report_id)


Loaded = Annotated[Report, Depends(get_report_of_desk)]
