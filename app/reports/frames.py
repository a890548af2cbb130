"""The codes a phone shows for a stuck report (docs/rescue.md), put together again."""

import re

from app.errors import N_, Invalid
from app.reports.forms import LARGEST_ENVELOPE, fingerprint
from app.sealing import base64url

FRAME = re.compile(r"NAFUDA1:(\d{1,3})/(\d{1,3}):([\w-]{8}):([\w-]{1,4000})", re.ASCII)
MOST_PARTS = 200


def joined(text: str) -> bytes:
    """The envelope's bytes, from frames in any order and any repetition. Raises Invalid."""
    found = [match.groups() for match in FRAME.finditer(text)]
    totals, prefixes = {int(one[1]) for one in found}, {one[2] for one in found}
    parts = {int(part): chunk for part, _, _, chunk in found}
    if len(totals) != 1 or len(prefixes) != 1:
        raise Invalid(N_("1件の報告の二次元コードだけを読み取ってください。"))
    (total,), (prefix,) = totals, prefixes
    if not 1 <= total <= MOST_PARTS or set(parts) != set(range(1, total + 1)):
        raise Invalid(N_("まだ読み取っていない二次元コードがあります。"))
    try:
        raw = base64url.decode("".join(parts[number] for number in range(1, total + 1)))
    except ValueError:
        raw = b""
    if len(raw) > LARGEST_ENVELOPE or not fingerprint(raw).startswith(prefix):
        raise Invalid(N_("二次元コードの中身が合いません。もう一度読み取ってください。"))
    return raw
