"""Whether push services can reach whoever looks after this server (RFC 8292, 2.1).

Some refuse every push of a contact that leads nowhere, so it is looked at before the first one.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from app.errors import N_

NOT_ROUTED = {"localhost", "local", "internal", "lan", "home", "corp", "invalid", "test", "example"}
NOT_ROUTED_DOMAINS = {"example.com", "example.net", "example.org"}


def contact_trouble(contact: str) -> str | None:
    """A sentence of the catalogue; None for an address that could be written to from anywhere."""
    parts = urlsplit(contact)
    if parts.scheme == "mailto":
        user, at, host = parts.path.rpartition("@")
        if not (user and at):
            return N_("メールアドレスの形ではありません。")
        return host_trouble(host)
    if parts.scheme == "https":
        return host_trouble(parts.hostname or "")
    return N_("mailto: か https: で始まっていません。")


def host_trouble(host: str) -> str | None:
    name = host.strip(".").lower()
    if _is_address(name):
        return N_("番号の住所(IPアドレス)ではなく、名前の住所にしてください。")
    last = name.rpartition(".")[2]
    if last in NOT_ROUTED or name in NOT_ROUTED_DOMAINS:
        return N_("この機械や庁内だけの住所なので、外からは届きません。")
    if "." not in name:
        return N_("住所に「.」がないので、外からは届きません。")
    return None


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
