"""The codes a phone shows for a stuck report, as docs/rescue.md describes them."""

import base64

from tests.cast import fingerprint


def frames(raw: bytes, longest: int = 600) -> list[str]:
    text = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    chunks = [text[at : at + longest] for at in range(0, len(text), longest)]
    return [
        f"NAFUDA1:{place}/{len(chunks)}:{fingerprint(raw)[:8]}:{chunk}"
        for place, chunk in enumerate(chunks, 1)
    ]
