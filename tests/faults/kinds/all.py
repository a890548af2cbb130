"""Importing this registers every kind, in the order of the table."""

from tests.faults.kinds import database, server, wire

WRITTEN = (server, database, wire)
