"""A workplace of its own for each story: reports of one place within the hour become one case."""

from sqlmodel import Session, col, select

from app.badges.commands import issue_badges
from app.badges.models import Badge
from app.demo.town import badge_line
from app.ids import new_id
from app.networks.models import Network
from app.networks.scope import get_row, in_network
from app.organizations.models import Organization, Workplace

INDUSTRY = "conveni"
OWNER = "鷲山商店"
MANY = 20


def open_places(session: Session, base: str) -> list[dict[str, str]]:
    """Shops of one more owner, each with one badge, as the demo's line tells of the others."""
    network = session.exec(select(Network).order_by(col(Network.created_at))).first()
    assert network
    like = in_network(Workplace, network.id).where(Workplace.industry == INDUSTRY)
    model = session.exec(like.order_by(col(Workplace.id))).first()
    assert model
    owner = get_row(session, Organization, network.id, model.organization_id)
    copied = owner.model_dump() | {"id": new_id(), "name": OWNER}
    session.add(Organization(**copied))
    session.flush()
    other = session.exec(in_network(Badge, network.id)).first()
    assert other
    end, now = other.valid_until, other.issued_at
    lines = []
    for number in range(1, MANY + 1):
        named = {"id": new_id(), "name": f"{number:03d}号店", "organization_id": copied["id"]}
        place = Workplace(**(model.model_dump() | named))
        session.add(place)
        session.flush()
        (badge,) = issue_badges(session, place, 1, valid_until=end, now=now)
        lines.append(badge_line(session, badge, base))
    return lines
