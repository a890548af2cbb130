"""Slips of a survey for five workplaces of the fictional 青波市."""

from datetime import UTC, date, datetime, timedelta

from app.ids import new_id
from app.networks.models import Network
from app.organizations.models import Workplace
from app.pilots.models import Pilot, Survey
from app.pilots.papers import slips
from app.pilots.queries import Participant
from app.pilots.rules import Phase
from app.printing.prints import PrintWords

BASE = "https://mimamori.aonami.example"
NAMES = [
    "マルミ 青波駅前店",
    "ミナト信用金庫",
    "社会福祉法人青波市社会福祉協議会" * 3,
    "髙橋商店",
    "𠮷野家",
]
CODES = [f"K7M3Q9XD2P{letter}" for letter in "ABCDE"]
ADDRESSES = [f"{BASE}/Q/{code}".upper() for code in CODES]
DAY, NOW = date(2026, 10, 1), datetime(2026, 9, 1, tzinfo=UTC)


def survey_slips(words: PrintWords) -> bytes:
    network = Network(
        slug="aonami", municipality=words.municipality, name=words.network_name,
        center_name=words.center_name, center_tel=words.center_tel, hours={}, created_at=NOW,
    )  # fmt: skip
    pilot = Pilot(
        network_id=network.id, name="試行 その1", begins_on=DAY, ends_on=DAY + timedelta(60),
        created_at=NOW,
    )  # fmt: skip
    places = [_place(pilot, name, code) for name, code in zip(NAMES, CODES, strict=True)]
    return slips(network, pilot, places, Phase.BEFORE, BASE)


def _place(pilot: Pilot, name: str, code: str) -> Participant:
    network_id = pilot.network_id
    workplace = Workplace(
        network_id=network_id, organization_id=new_id(), name=name, industry="retail",
        created_at=NOW,
    )  # fmt: skip
    survey = Survey(
        network_id=network_id, pilot_id=pilot.id, workplace_id=new_id(), phase="before", code=code
    )
    return Participant(workplace, name, {Phase.BEFORE: survey}, {})
