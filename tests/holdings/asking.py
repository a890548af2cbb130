from sqlmodel import Session, col, select

from app.holdings.models import DataExport
from tests.cast import Desk


def ask(clerk: Desk, session: Session, **fields: str) -> DataExport:
    assert clerk.post("/office/data/exports", **fields).status_code == 303
    session.rollback()
    export = session.exec(select(DataExport).order_by(col(DataExport.asked_at).desc())).first()
    assert export
    return export
