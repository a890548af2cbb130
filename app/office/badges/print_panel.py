"""用紙と向き: what the clerk chooses beside the list of badges, kept for the next time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select
from starlette.datastructures import FormData

from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.errors import N_, Invalid
from app.networks.models import Network
from app.networks.scope import in_network
from app.office.badges.choice import EVERYTHING
from app.office.badges.rows import BadgeFilter, Sent, filter_of, narrowed
from app.printing.badge_paper import PAPERS, Layout, Sides
from app.printing.models import PrintJob, PrintPreference

MOST_LISTED = 5
MOST_PLACES = max(sheet.columns * sheet.rows for sheet in PAPERS.values())


@dataclass(frozen=True)
class PrintPanel:
    """`everything`: how many printable badges match what was searched for. `jobs`: those whose PDF
    is still kept."""

    layout: Layout
    wants_everything: bool
    everything: int
    jobs: list[PrintJob]
    papers = tuple(PAPERS)
    sides = tuple(Sides)
    places = range(1, MOST_PLACES + 1)


def print_panel(
    session: Session,
    network: Network,
    wanted: BadgeFilter,
    now: datetime,
    sent: Sent | None = None,
) -> PrintPanel:
    """As the clerk left it the last time, or as it was sent just now."""
    kept = find_preference(session, network.id)
    layout = Layout(kept.paper, Sides(kept.sides), marks=kept.marks) if kept else Layout()
    wants_everything = bool(sent and sent.get(EVERYTHING))
    layout = _as_sent(sent, layout) if sent else layout
    found = narrowed(network, wanted).where(Badge.state != BadgeState.STOPPED)
    count = select(func.count()).select_from(found.with_only_columns(col(Badge.id)).subquery())
    everything, jobs = session.exec(count).one(), live_jobs(session, network.id, now)
    return PrintPanel(layout, wants_everything, everything, jobs)


def _as_sent(sent: Sent, before: Layout) -> Layout:
    """Even where this paper can't hold it; what isn't offered is as before."""
    if "paper" not in sent:
        return before
    paper, sides, start = (str(sent.get(name, "")) for name in ("paper", "sides", "start"))
    return Layout(
        paper if paper in PAPERS else before.paper,
        Sides(sides) if sides in set(Sides) else before.sides,
        int(start) if _is_number(start) else before.start,
        "marks" in sent,
    )


def live_jobs(session: Session, network_id: UUID, now: datetime) -> list[PrintJob]:
    """Those whose PDF is still kept, the newest first."""
    kept = in_network(PrintJob, network_id).where(
        col(PrintJob.ends_at) > now, col(PrintJob.ended_at).is_(None)
    )
    return list(session.exec(kept.order_by(col(PrintJob.ends_at).desc()).limit(MOST_LISTED)))


def layout_of(form: FormData) -> Layout:
    """As a browser sends it; what isn't there is as usual. Raises Invalid for what this paper
    can't hold."""
    paper, sides = str(form.get("paper", "card")), str(form.get("sides", Sides.DUPLEX))
    start = str(form.get("start", "1"))
    if paper not in PAPERS or sides not in set(Sides) or not _is_number(start):
        raise Invalid(N_("用紙と向きを選びなおしてください。"), field="paper")
    marks = "marks" in form if "paper" in form else True
    layout = Layout(paper, Sides(sides), int(start), marks)
    if not layout.places:
        raise Invalid(
            N_("この用紙では、表と裏を左右に並べられません。「両面」を選んでください。"),
            field="sides",
        )
    if not layout.is_possible:
        raise Invalid(
            N_("刷り始める位置は、この刷り方では%(n)s番までです。"), n=layout.places, field="start"
        )
    return layout


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 2


def remember(session: Session, network_id: UUID, layout: Layout) -> None:
    """Not the starting place: the next sheet is another one."""
    kept = find_preference(session, network_id) or PrintPreference(network_id=network_id)
    kept.paper, kept.sides, kept.marks = layout.paper, layout.sides, layout.marks
    session.add(kept)


def find_preference(session: Session, network_id: UUID) -> PrintPreference | None:
    return session.exec(in_network(PrintPreference, network_id)).first()


def typed_again(form: FormData) -> list[tuple[str, str]]:
    """The whole form but the answer about missing characters, to be sent once more."""
    wanted = filter_of(form)
    kept = {"text": wanted.text, "industry": wanted.industry, "state": wanted.state}
    again = [(k, v) for k, v in form.multi_items() if k not in {"missing", *kept}]
    return [*kept.items(), *((key, str(value)) for key, value in again)]
