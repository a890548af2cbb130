"""Who may use which route: generated from the guards, compared with what was written by hand."""

import re
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select
from starlette.routing import Mount

from app.reports.models import Report
from app.routers import ROUTERS, ROUTES
from app.staff.permissions import PERMISSIONS
from app.web.access import Everyone, PairedPhone, Permission, SignedPhone, StaffWith
from tests.cast import Cast
from tests.house_rules.doors import Door, every_door
from tests.house_rules.gathering import gather
from tests.house_rules.known_doors import KNOWN, ROLES
from tests.house_rules.visitors import Crowd, Visitor

DOORS = every_door()
GUARDED = [door for door in DOORS if door.kinds != {Everyone}]
OPEN = [door for door in DOORS if door.kinds == {Everyone}]
OBJECTS = {
    "report_id",
    "instruction_id",
    "message_id",
    "badge_id",
    "gap_id",
    "task_id",
    "threat_id",
    "disclosure_id",
    "draft_id",
    "staff_id",
    "organization_id",
    "workplace_id",
    "contact_id",
    "pairing_id",
    "drill_id",
    "drill_report_id",
    "export_id",
    "job_id",
    "candidate_id",
    "leaflet_id",
    "order_id",
    "placement_id",
    "pilot_id",
    "survey_id",
    "training_id",
    "attendance_id",
    "material_id",
    "bylaw_id",
    "link_id",
}
OWN = {"passkey_id", "session_id", "relay_id"}
# Phones mint these ids: in another network, or on another phone, the same id is a new one.
MINTED = {"PUT /api/reports/{report_id}"}
# What every phone of the town may see.
SHARED = {"GET /bylaws/{bylaw_id}.pdf"}
# These name their objects in the form: what isn't theirs is as good as not chosen.
CHOSEN = {
    "POST /office/badges/sheet",
    "GET /office/badges/validity",
    "POST /office/badges/validity",
    "GET /office/badges/stopping",
    "POST /office/badges/stopping",
}


def addresses(doors: list[Door]) -> list[str]:
    return [door.address for door in doors]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=pytest.mark.xdist_group(f"doors-{name}"))
        for name in ("sqlite", "postgres")
    ],
)
def crowd(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crowd]:
    """One for all doors: whoever is refused leaves no trace, so that no test disturbs another."""
    crowd = gather(request.param, request, tmp_path_factory)
    yield crowd
    crowd.app.state.database.close()


def refusal(door: Door, visitor: Visitor) -> int | None:
    """The status that sends this visitor away; None where the door opens."""
    if door.kinds <= {PairedPhone, SignedPhone} and not visitor.has_phone:
        return 401
    if door.kinds == {StaffWith} and visitor.role is None:
        return 401
    if visitor.role and not door.permissions <= PERMISSIONS[visitor.role]:
        return 403
    if door.route.param_convertors.keys() & OWN and not visitor.owns:
        return 404
    if door.address in CHOSEN and not visitor.knows:
        return 422
    is_about_an_object = door.route.param_convertors.keys() & OBJECTS
    if door.address in SHARED and not visitor.lives_next_door:
        return None
    if is_about_an_object and not visitor.knows and door.address not in MINTED:
        return 404
    return None


def test_every_route_is_in_the_list_written_by_hand() -> None:
    assert len(DOORS) >= 55
    assert all(router.routes for router in ROUTERS)
    assert sorted(addresses(DOORS)) == sorted(KNOWN)


def test_nothing_answers_beside_the_routers(crowd: Crowd) -> None:
    others = crowd.app.routes[len(ROUTES) :]
    assert crowd.app.routes[: len(ROUTES)] == list(ROUTES)
    assert [(type(r), getattr(r, "path", "")) for r in others] == [
        (Mount, "/static/built"),
        (Mount, "/static"),
    ]


@pytest.mark.parametrize("door", DOORS, ids=addresses(DOORS))
def test_every_route_has_exactly_one_kind_of_guard(door: Door) -> None:
    assert len(door.kinds) == 1, door.kinds


@pytest.mark.parametrize("door", DOORS, ids=addresses(DOORS))
def test_no_guard_changes_without_a_second_look(door: Door) -> None:
    assert door.written_down == KNOWN[door.address]


@pytest.mark.parametrize("permission", list(Permission))
def test_no_role_gains_a_permission_without_a_second_look(permission: Permission) -> None:
    roles = sorted(role.value for role, held in PERMISSIONS.items() if permission in held)
    assert " ".join(roles) == ROLES[permission]


@pytest.mark.parametrize("door", OPEN, ids=addresses(OPEN))
def test_an_open_route_says_why(door: Door) -> None:
    for guard in door.guards:
        assert isinstance(guard, Everyone)
        assert len(guard.because.split()) >= 4


@pytest.mark.parametrize("door", DOORS, ids=addresses(DOORS))
def test_no_route_hides_behind_an_earlier_one(door: Door) -> None:
    path = re.sub(r"\{\w+\}", "x", door.route.path)
    first = next(one for one in DOORS if one.opens_at(door.method, path))
    assert first.address == door.address


def test_the_crowd_sees_every_row_and_ours_apart(crowd: Crowd) -> None:
    assert len(crowd.rows()["network"]) == 4
    every, ours = (crowd.rows(one)["checklist_version"] for one in (None, crowd.network_id))
    assert len(every) == 4 * len(ours) > 0


@pytest.mark.parametrize("door", OPEN, ids=addresses(OPEN))
def test_an_open_route_answers_somebody_whom_nobody_knows(door: Door, crowd: Crowd) -> None:
    nobody = Visitor("nobody", crowd.anonymous, crowd.anonymous())
    assert crowd.ask(door, nobody) in {200, 201, 303, 422}


@pytest.mark.parametrize("door", GUARDED, ids=addresses(GUARDED))
def test_whoever_may_not_is_sent_away_and_leaves_no_trace(door: Door, crowd: Crowd) -> None:
    refused = {v.name: v for v in crowd.visitors if refusal(door, v)}
    before = crowd.rows()
    statuses = {name: crowd.ask(door, visitor) for name, visitor in refused.items()}
    assert statuses == {name: refusal(door, visitor) for name, visitor in refused.items()}
    assert crowd.rows() == before


@pytest.mark.parametrize("door", GUARDED, ids=addresses(GUARDED))
def test_whoever_may_is_let_in(door: Door, crowd: Crowd) -> None:
    allowed = [one for one in crowd.visitors if not refusal(door, one)]
    if door.address in MINTED:
        allowed = [one for one in allowed if one.knows]
    assert allowed
    statuses = {one.name: crowd.ask(door, one) for one in allowed}
    assert not {n: s for n, s in statuses.items() if s in {401, 403, 404, 405} or s >= 500}


@pytest.mark.parametrize("door", GUARDED, ids=addresses(GUARDED))
def test_nobody_from_next_door_changes_a_row_of_ours(door: Door, crowd: Crowd) -> None:
    """Not even whom the door lets in; who is sent away leaves no trace at all, as is seen above."""
    strangers = [one for one in crowd.visitors if one.lives_next_door and not refusal(door, one)]
    if door.address in MINTED or not strangers:
        return
    before = crowd.rows(crowd.network_id)
    for visitor in strangers:
        crowd.ask(door, visitor)
    assert crowd.rows(crowd.network_id) == before


def test_an_id_minted_next_door_is_another_report(cast: Cast, session: Session) -> None:
    mine, other = cast.phone(), cast.stranger_phone()
    envelope = mine.envelope(report_id=str(mine.report()))
    other.pair()
    assert other.put(envelope).status_code == 201
    assert len(session.exec(select(Report)).all()) == 2
