"""What a push carries: generic words and two addresses, nothing about anybody."""

import json

LARGEST_PAYLOAD = 2000


def declarative_payload(
    title: str, body: str, navigate: str, tag: str, receipt: str, lang: str
) -> bytes:
    """What our worker shows, and a browser without it (Declarative Web Push), in ≤ 2,000 bytes.

    `navigate` and `receipt` are whole addresses. Too long a body loses its end; ValueError if
    the rest alone is too long.
    """
    payload = _payload(title, body, navigate, tag, receipt, lang)
    kept = body[:LARGEST_PAYLOAD]
    while len(payload) > LARGEST_PAYLOAD:
        if not kept:
            raise ValueError("title and addresses leave no room for a text")
        kept = kept[:-1]
        payload = _payload(title, f"{kept}…", navigate, tag, receipt, lang)
    return payload


def _payload(title: str, body: str, navigate: str, tag: str, receipt: str, lang: str) -> bytes:
    notification = {
        "title": title,
        "body": body,
        "lang": lang,
        "navigate": navigate,
        "tag": tag,
        "data": {"receipt": receipt},
    }
    # Without `mutable` such a browser shows it and never wakes our worker: no receipt.
    message = {"web_push": 8030, "notification": notification, "mutable": True}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
