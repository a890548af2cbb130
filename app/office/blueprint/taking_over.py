"""Another network's words become drafts here, and its times settings that a clerk ticked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.audit.commands import record
from app.badges.promising import read_promise, write_promise
from app.badges.secrecy import Texts, current_texts
from app.checklists.adaptation import OWN, Item, Working, is_own, next_own_id
from app.checklists.edition import CHECKLISTS
from app.checklists.items import item_problems, kept_safe, standard_item
from app.editions.commands import begin_draft, change_draft
from app.editions.kinds import Document, EditionKind, Problem
from app.editions.queries import find_draft
from app.errors import N_, Conflict, Invalid
from app.instructions.adaptation import piece_problems
from app.instructions.edition import TEMPLATES
from app.networks.models import Network
from app.networks.retention import days_of, differing
from app.office.blueprint.contents import (
    SECTIONS,
    Blueprint,
    ChecklistPart,
    Section,
    TemplatePart,
)
from app.office.settings.changing import change_settings
from app.office.settings.sections import SECTIONS as FORMS
from app.web.access import StaffActor
from app.web.fields import Fields

WORDS = ("checklists", "templates")
PROMISE, RETENTION = "promise", "retention"
PARTS = (*WORDS, PROMISE, *SECTIONS, RETENTION)


@dataclass(frozen=True)
class TakenOver:
    """How many drafts were begun, how many sections of the settings changed, and which version of
    お約束 was written; 0 for none."""

    drafts: int
    settings: int
    promise: int


@dataclass(frozen=True)
class Wanted:
    kind: EditionKind
    subject: str
    document: Document


@dataclass(frozen=True)
class Plan:
    """`settings`: by section, columns of the network. `promise`: None where it stays."""

    documents: list[Wanted]
    settings: dict[str, dict[str, Any]]
    promise: Texts | None


def planned(
    session: Session, network: Network, blueprint: Blueprint, parts: Collection[str]
) -> Plan:
    """Of the ticked parts, what differs here. Raises Invalid for what can't be used, Conflict where
    a draft is open. Changes nothing."""
    documents = _documents(session, network, blueprint, parts)
    for one in documents:
        _refuse_what_is_wrong(session, network, one)
    values: dict[str, dict[str, Any]] = {
        name: _settings(blueprint, name)
        for name in SECTIONS
        if name in parts and blueprint.settings.get(name) != FORMS[name].shown(network)
    }
    if RETENTION in parts:
        known = days_of(network.retention)
        wishes = {code: days for code, days in blueprint.retention.items() if code in known}
        values[RETENTION] = {"retention": differing(known | wishes)}
    promise = _promise(session, network, blueprint) if PROMISE in parts else None
    return Plan(documents, values, promise)


def carry_out(
    session: Session, actor: StaffActor, network: Network, plan: Plan, now: datetime
) -> TakenOver:
    """No draft is published. Raises Conflict if somebody else just began one."""
    for one in plan.documents:
        draft = begin_draft(session, one.kind, one.subject, actor, now)
        change_draft(session, draft, one.document, actor, now)
    changed = [
        name
        for name, columns in plan.settings.items()
        if change_settings(session, actor, network, name, columns, now)
    ]
    if plan.promise:
        write_promise(session, network, plan.promise, actor, now)
    version = network.secrecy_version if plan.promise else 0
    done = TakenOver(len(plan.documents), len(changed), version)
    record(
        session,
        network.id,
        actor=f"staff:{actor.id}",
        action="blueprint.take_over",
        object_id=network.id,
        now=now,
        details={"drafts": done.drafts, "settings": sorted(changed), "promise": done.promise},
    )
    return done


def _documents(
    session: Session, network: Network, blueprint: Blueprint, parts: Collection[str]
) -> list[Wanted]:
    """Only those that would change anything."""
    found = []
    if "checklists" in parts:
        for industry, part in blueprint.checklists.items():
            present = _present(session, network, CHECKLISTS, industry)
            document = merged_checklist(industry, present, part)
            if document != present:
                found.append(Wanted(CHECKLISTS, industry, document))
    if "templates" in parts:
        present = _present(session, network, TEMPLATES, "all")
        document = merged_templates(present, blueprint.templates)
        if document != present:
            found.append(Wanted(TEMPLATES, "all", document))
    return found


def _present(session: Session, network: Network, kind: EditionKind, subject: str) -> Document:
    newest = kind.newest(session, network.id, subject)
    return kind.working_form(session, network.id, subject, newest)


def merged_checklist(industry: str, present: Working, part: ChecklistPart) -> Working:
    """The other network's items in its order; what it doesn't have is switched off. Its own items
    get numbers that were never given here; 110 and 119 stay where the standard has them. Raises
    Invalid, also for items that it doesn't use: the office's pages show those too."""
    working, items = present, list[Item]()
    for one in part.items:
        item: Item = one.model_dump()
        standard = standard_item(industry, item["id"])
        if standard is None and not is_own(item):
            raise Invalid(N_("知らない項目があるので、読めません:%(place)s"), place=item["id"])
        if standard is None:
            item["id"] = _own_id(working, item)
            working = {**working, "items": [*working["items"], item]}
        if any(item["id"] == other["id"] for other in items):
            raise Invalid(N_("同じ番号の項目が2つあります:%(place)s"), place=item["id"])
        items.append(kept_safe(item, standard))
        _refuse_problems(item_problems(items[-1]))
    taken = {item["id"] for item in items}
    off = [{**item, "on": False} for item in present["items"] if item["id"] not in taken]
    return {**present, "items": [*items, *off], "enough": part.enough}


def _own_id(working: Working, item: Item) -> str:
    """The one it has here already, where it says the same in every word."""
    same = (
        one
        for one in working["items"]
        if is_own(one) and {**one, "id": "", "on": True} == {**item, "id": "", "on": True}
    )
    known = next(same, None)
    if known:
        return str(known["id"])
    number = next_own_id(working)
    if len(number) > len(OWN) + 4:
        raise Invalid(N_("自分たちの項目が多すぎます。"))
    return number


def merged_templates(present: Document, parts: list[TemplatePart]) -> Document:
    """Only templates that exist here; those that it doesn't have stay as they are, at the end."""
    known = {piece["id"]: piece for piece in present["templates"]}
    pieces: dict[str, Any] = {}
    for part in parts:
        if part.id in pieces:
            raise Invalid(N_("同じ番号の項目が2つあります:%(place)s"), place=part.id)
        if part.id not in known:
            raise Invalid(N_("知らない項目があるので、読めません:%(place)s"), place=part.id)
        pieces[part.id] = part.model_dump()
        _refuse_problems(piece_problems(pieces[part.id]))
    rest = [piece for name, piece in known.items() if name not in pieces]
    return {**present, "templates": [*pieces.values(), *rest]}


def _promise(session: Session, network: Network, blueprint: Blueprint) -> Texts | None:
    """None where it says the same as here. Raises Invalid where a text is missing or too long."""
    sent = blueprint.promise or {}
    typed = {
        f"{kind}-{language}": "\n".join(lines)
        for kind, texts in sent.items()
        for language, lines in texts.items()
    }
    fields = Fields(typed)
    texts = read_promise(fields)
    if fields.wrong:
        raise Invalid(N_("ファイルのお約束の文が、足りないか長すぎます。"))
    return texts if texts != current_texts(session, network) else None


def _settings(blueprint: Blueprint, name: Section) -> dict[str, Any]:
    """Columns of the network, as the form of that section would read them."""
    reading = FORMS[name].read(blueprint.settings.get(name, {}))
    if reading.problems:
        raise Invalid(next(iter(reading.problems.values())))
    return dict(reading.values)


def _refuse_problems(problems: Iterable[Problem]) -> None:
    for first in problems:
        raise Invalid(first.message, **first.values)


def _refuse_what_is_wrong(session: Session, network: Network, wanted: Wanted) -> None:
    _refuse_problems(wanted.kind.problems(wanted.subject, wanted.document))
    if find_draft(session, network.id, wanted.kind, wanted.subject):
        raise Conflict(N_("下書きがあります。先に公開するか、取り消してください。"))
