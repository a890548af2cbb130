"""What a network says on its prints, and which of it the faces can't draw."""

from dataclasses import astuple
from urllib.parse import urlsplit

from app.networks.hours_in_words import hours_in_words
from app.networks.models import Network
from app.printing.glyphs import missing_glyphs
from app.printing.prints import PrintWords


def words_of(network: Network, base_url: str) -> PrintWords:
    return PrintWords(
        municipality=network.municipality,
        network_name=network.name,
        center_name=network.center_name,
        center_tel=network.center_tel,
        hours=hours_in_words(network.hours),
        police_name=network.police_name,
        police_tel=network.police_tel or "#9110",
        houkatsu_name=network.houkatsu_name,
        houkatsu_tel=network.houkatsu_tel,
        office=f"{network.office_name} {network.office_tel}".strip(),
        verification=f"{urlsplit(base_url).netloc}/verify",
    )


def letters_missing_in(words: PrintWords) -> list[str]:
    return missing_glyphs("".join(astuple(words)))
