"""How often a 引き継ぎ番号 may be wrong before nobody is listened to for a while."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

NUMBER_LASTS = timedelta(minutes=10)
TRIES_AT_A_NUMBER = 5
TOKEN_LASTS = timedelta(days=7)

WINDOW = timedelta(minutes=10)
DAY = timedelta(days=1)
FROM_ONE_ADDRESS = 5
FROM_ITS_NEIGHBOURS = 15
FROM_EVERYBODY = 40
FROM_EVERYBODY_IN_A_DAY = 200


def read_number(typed: str) -> str | None:
    """Six digits, however they were typed; None for anything else."""
    tidy = re.sub(r"[\s\-‐ー−]", "", unicodedata.normalize("NFKC", typed))
    return tidy if re.fullmatch(r"[0-9]{6}", tidy) else None


def neighbours_of(address: str) -> str:
    """The network that an address lies in: all that one person may hold of either kind."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    width = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, width), strict=False))


def is_guessing(
    tries: Iterable[tuple[str, str, datetime]], address: str, neighbours: str, now: datetime
) -> bool:
    """`tries` are the wrong ones of a day: from which address, from which network, when."""
    day = [one for one in tries if one[2] > now - DAY]
    recent = [one for one in day if one[2] > now - WINDOW]
    return (
        sum(one[0] == address for one in recent) >= FROM_ONE_ADDRESS
        or sum(one[1] == neighbours for one in recent) >= FROM_ITS_NEIGHBOURS
        or len(recent) >= FROM_EVERYBODY
        or len(day) >= FROM_EVERYBODY_IN_A_DAY
    )
