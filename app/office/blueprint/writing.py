"""A network's words and times, without names, numbers, people or keys, for another network."""

from typing import Any

from sqlmodel import Session

from app.badges.secrecy import current_texts
from app.checklists.edition import CHECKLISTS
from app.instructions.edition import TEMPLATES
from app.networks.models import Network
from app.networks.retention import days_of
from app.office.blueprint.contents import FORMAT, SECTIONS, VERSION
from app.office.settings.sections import SECTIONS as FORMS


def blueprint_of(session: Session, network: Network) -> dict[str, Any]:
    """What is published, not what is being drafted. The numbers to call stay at home."""
    checklists = {}
    for industry in CHECKLISTS.subjects:
        newest = CHECKLISTS.newest(session, network.id, industry)
        form = CHECKLISTS.working_form(session, network.id, industry, newest)
        checklists[industry] = {"items": form["items"], "enough": form["enough"]}
    newest = TEMPLATES.newest(session, network.id, "all")
    return {
        "format": FORMAT,
        "version": VERSION,
        "checklists": checklists,
        "templates": TEMPLATES.working_form(session, network.id, "all", newest)["templates"],
        "promise": {
            kind: {language: text.splitlines() for language, text in texts.items()}
            for kind, texts in current_texts(session, network).items()
        },
        "settings": {name: FORMS[name].shown(network) for name in SECTIONS},
        "retention": days_of(network.retention),
    }
