"""Importing this registers every kind."""

from tests.faults.kinds import browser, database, network, phone, server, upgrade, wire

WRITTEN = (server, database, network, phone, upgrade, wire, browser)
