"""What the network is of, and what it is called."""

from collections.abc import Mapping

from sqlmodel import Session

from app.errors import N_
from app.links.commands import kind_is_in_use
from app.networks.kinds import NetworkKind
from app.networks.models import Network
from app.office.settings.fields import Reading, TextField, Unusable, read_all
from app.web.text import one_line

LONGEST, MOST = 20, 40


def shown(network: Network) -> dict[str, str]:
    return {
        "kind": network.kind,
        "municipality": network.municipality,
        "municipalities": "\n".join(network.municipalities),
        "name": network.name,
    }


def read(sent: Mapping[str, str]) -> Reading:
    """Only a wide-area network is of several; what was typed there otherwise is dropped."""
    readers = {
        "kind": _kind,
        "municipality": TextField("municipality", 60).read,
        "municipalities": municipalities,
        "name": TextField("name", 80).read,
    }
    if sent.get("kind") == NetworkKind.WIDE_AREA:
        return Reading(*read_all(sent, readers))
    typed, values, problems = read_all(sent, {**readers, "municipalities": one_line})
    return Reading(typed, values | {"municipalities": []}, problems)


def _kind(typed: str) -> str:
    if typed not in set(NetworkKind):
        raise Unusable(N_("市町村・広域・都道府県のどれかを選んでください。"))
    return typed


def municipalities(typed: str) -> list[str]:
    """One a line. Raises Unusable."""
    names = [one_line(line).strip() for line in typed.splitlines()]
    found = list(dict.fromkeys(name for name in names if name))
    if len(found) < 2:
        raise Unusable(N_("広域に入る市町村を、1行に1つ、2つ以上入れてください。"))
    if len(found) > MOST or any(len(name) > LONGEST for name in found):
        raise Unusable(N_("市町村は40まで、1つの名前は20字までです。"))
    return found


def held_by_links(session: Session, network: Network, reading: Reading) -> Reading:
    """With a problem where a link stands that the new kind couldn't have."""
    kind = reading.values.get("kind", network.kind)
    if kind == network.kind or not kind_is_in_use(session, network, kind):
        return reading
    sentence = N_("連携が続いている間は、この種類に変えられません。先に連携を終えてください。")
    return Reading(reading.typed, problems={"kind": sentence})
