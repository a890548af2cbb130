"""データ: what the clerk sees of the whole of a network's rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.errors import DomainError
from app.holdings.closing_requests import standing_request
from app.holdings.due import counts_due, still_open
from app.holdings.exports import newest_exports, running_export
from app.holdings.models import ClosingRequest, DataExport, RetentionRun
from app.holdings.retention_run import newest_runs
from app.networks.models import Network
from app.networks.retention import Kind, days_of, kinds_of, next_run
from app.networks.scope import get_network, get_row
from app.staff.models import Staff
from app.web.access import StaffActor


@dataclass(frozen=True)
class KindRow:
    """One kind of what is kept: how long, and how many go in the next night."""

    kind: Kind
    days: int
    due: int


@dataclass(frozen=True)
class DataPage:
    network: Network
    exports: list[DataExport]
    running: DataExport | None
    names: dict[Any, str]
    kinds: list[KindRow]
    next_night: datetime
    still_open: int
    runs: list[RetentionRun]
    closing: ClosingRequest | None
    trouble: tuple[str, DomainError] | None
    typed: dict[str, str]


def data_page(
    session: Session,
    actor: StaffActor,
    now: datetime,
    trouble: tuple[str, DomainError] | None = None,
    typed: dict[str, str] | None = None,
) -> DataPage:
    network = get_network(session, actor.network_id)
    night = next_run(now)
    exports = newest_exports(session, network.id)
    closing = standing_request(session, network.id)
    people = {one.asked_by_id for one in exports} | ({closing.asked_by_id} if closing else set())
    return DataPage(
        network=network,
        exports=exports,
        running=running_export(session, network.id),
        names={one: get_row(session, Staff, network.id, one).name for one in people},
        kinds=kind_rows(session, network, night),
        next_night=night,
        still_open=still_open(session, network, night),
        runs=newest_runs(session, network.id),
        closing=closing,
        trouble=trouble,
        typed=typed or {},
    )


def kind_rows(session: Session, network: Network, night: datetime) -> list[KindRow]:
    days, due = days_of(network.retention), counts_due(session, network, night)
    return [KindRow(kind, days[kind.code], due[kind.code]) for kind in kinds_of(network)]
