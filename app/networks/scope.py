"""The one door to the rows of a network."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.db import NetworkRow
from app.errors import N_, NotFound
from app.networks.models import Network

Row = TypeVar("Row", bound=NetworkRow)


def in_network(model: type[Row], network_id: UUID) -> SelectOfScalar[Row]:
    """Every query of an area starts here: rows of the asker's own network, and no others."""
    return select(model).where(model.network_id == network_id)


def get_row(session: Session, model: type[Row], network_id: UUID, row_id: UUID) -> Row:
    """One row of the network. Raises NotFound, also for a row of another network."""
    if row := session.get(model, (network_id, row_id)):
        return row
    raise NotFound(N_("見つかりません。"))


def get_rows(
    session: Session, model: type[Row], network_id: UUID, ids: Collection[UUID]
) -> dict[UUID, Row]:
    """By id, in one query. Those of another network aren't in it."""
    query = in_network(model, network_id).where(col(model.id).in_(ids))
    return {one.id: one for one in session.exec(query)}


def get_network(session: Session, network_id: UUID) -> Network:
    return session.get_one(Network, network_id)
