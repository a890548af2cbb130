"""Which workplaces the form shows of thousands."""

from app.drills.queries import Choice
from app.ids import new_id
from app.office.drills.places import MOST_SHOWN, DrillPlaces
from app.organizations.models import Organization, Workplace

HERE = new_id()


def shop(name: str) -> Choice:
    organization = Organization(network_id=HERE, name="マルミ", kana="まるみ", standing="partner")
    place = Workplace(
        network_id=HERE, organization_id=organization.id, name=name, industry="conveni", code=name
    )
    return Choice(place, organization, phones=1)


SHOPS = [shop(f"{n:04d}店") for n in range(5000)]


def test_a_long_list_is_cut_and_counts_what_is_left_out() -> None:
    places = DrillPlaces(SHOPS, frozenset())
    assert places.shown == SHOPS[:MOST_SHOWN]
    assert places.more == 5000 - MOST_SHOWN


def test_what_is_ticked_is_shown_first_and_counted_once() -> None:
    last = SHOPS[-1]
    places = DrillPlaces(SHOPS, frozenset({str(last.workplace.id)}))
    assert places.shown == [last, *SHOPS[:MOST_SHOWN]]
    assert places.more == 5000 - MOST_SHOWN - 1


def test_words_are_found_in_any_width_and_in_kana() -> None:
    for text in ("４９９９", "まるみ 4999", "ﾏﾙﾐ 4999店"):
        assert DrillPlaces(SHOPS, frozenset(), text).matching == [SHOPS[-1]]
    assert DrillPlaces(SHOPS, frozenset(), industry="post").matching == []
