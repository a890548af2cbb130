"""Importing this registers every kind, in the order of the table."""

from tests.faults.kinds import browser, database, network, phone, server, wire

WRITTEN = (server, database, network, phone, wire, browser)
