"""The sections of a network's settings. The first run walks through the same ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.disclosures.rules import ITEMS
from app.errors import N_
from app.networks.models import Network
from app.office.settings import floods, hours, names, times
from app.office.settings.fields import Reading, TextField, Unusable, read_all, telephone
from app.organizations.rules import Industry, Standing, usual_standings

POLICIES = ("workplace_code", "open")


@dataclass(frozen=True)
class Section:
    """`shown`: what its form holds now; `read`: what comes in."""

    name: str
    shown: Callable[[Network], dict[str, str]]
    read: Callable[[Mapping[str, str]], Reading]


def section_of(name: str, *fields: TextField) -> Section:
    """Texts, each of them a column of the network."""

    def shown(network: Network) -> dict[str, str]:
        return {one.name: str(getattr(network, one.name)) for one in fields}

    def read(sent: Mapping[str, str]) -> Reading:
        return Reading(*read_all(sent, {one.name: one.read for one in fields}))

    return Section(name, shown, read)


def shown_policy(network: Network) -> dict[str, str]:
    return {"pairing_policy": network.pairing_policy}


def read_policy(sent: Mapping[str, str]) -> Reading:
    return Reading(*read_all(sent, {"pairing_policy": _policy}))


def _policy(typed: str) -> str:
    if typed not in POLICIES:
        raise Unusable(N_("どちらかを選んでください。"))
    return typed


def shown_standings(network: Network) -> dict[str, str]:
    usual = usual_standings(network.standings)
    return {f"standing-{industry}": standing.value for industry, standing in usual.items()}


def read_standings(sent: Mapping[str, str]) -> Reading:
    names = {f"standing-{industry.value}": industry.value for industry in Industry}
    typed, values, problems = read_all(sent, dict.fromkeys(names, _standing))
    if problems:
        return Reading(typed, problems=problems)
    return Reading(typed, {"standings": {names[name]: value for name, value in values.items()}})


def _standing(typed: str) -> str:
    if typed not in set(Standing):
        raise Unusable(N_("区分を選んでください。"))
    return typed


def shown_personal_data(network: Network) -> dict[str, str]:
    items = {f"item-{one}": "yes" if one in network.asked_items else "" for one in ITEMS}
    return {"personal_data": "yes" if network.personal_data else "", **items}


def read_personal_data(sent: Mapping[str, str]) -> Reading:
    names = ("personal_data", *(f"item-{one}" for one in ITEMS))
    typed = {name: sent.get(name, "") for name in names}
    items = [one for one in ITEMS if typed[f"item-{one}"]]
    if not items:
        return Reading(typed, problems={"item-name": N_("求める項目を、1つは選んでください。")})
    return Reading(typed, {"personal_data": bool(typed["personal_data"]), "asked_items": items})


SECTIONS = {
    one.name: one
    for one in (
        Section("names", names.shown, names.read),
        section_of(
            "center",
            TextField("center_name", 80),
            TextField("center_tel", 20, tidied=telephone),
            TextField("office_name", 80),
            TextField("office_tel", 20, tidied=telephone),
        ),
        Section("hours", hours.shown, hours.read),
        section_of(
            "helpers",
            TextField("police_name", 60, is_needed=False),
            TextField("police_tel", 20, tidied=telephone),
            TextField("houkatsu_name", 80, is_needed=False),
            TextField("houkatsu_tel", 20, is_needed=False, tidied=telephone),
        ),
        Section("standings", shown_standings, read_standings),
        Section("times", times.shown, times.read),
        Section("phones", shown_policy, read_policy),
        Section("floods", floods.shown, floods.read),
        Section("disclosures", shown_personal_data, read_personal_data),
    )
}
