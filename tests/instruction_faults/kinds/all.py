"""Importing this fills the table."""

from tests.instruction_faults.kinds import (  # noqa: F401
    killing,
    letters,
    people,
    push_services,
    receipts,
    workers,
)
