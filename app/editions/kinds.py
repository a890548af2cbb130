"""What an area says about its documents, so that their drafts and versions live one life."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlmodel import Session

Document = dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """Why a text can't stay as it is: a sentence of the catalogue, and the field it is about."""

    field: str
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One piece of a document as its readers see it. `fields`: name → text, in reading order."""

    name: str
    fields: Mapping[str, str]


class EditionKind(Protocol):
    """A document in its working form holds what is switched off, too."""

    @property
    def name(self) -> str: ...

    @property
    def subjects(self) -> Sequence[str]: ...

    def newest(self, session: Session, network_id: UUID, subject: str) -> int:
        """Number of the version in use; 1 is the standard one."""

    def working_form(
        self, session: Session, network_id: UUID, subject: str, version: int
    ) -> Document:
        """Of a version. Raises NotFound for one that never was."""

    def standard_form(self, subject: str) -> Document: ...

    def problems(self, subject: str, document: Document) -> list[Problem]:
        """Why it can't be published."""

    def parts(self, document: Document) -> dict[str, Part]: ...

    def publish(
        self,
        session: Session,
        network_id: UUID,
        subject: str,
        version: int,
        document: Document,
        now: datetime,
    ) -> None: ...
