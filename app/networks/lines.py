"""Which public lines answer now besides 110 and 119: #9110 and 188.

A number is offered only while somebody surely picks up. #9110 (警察相談専用電話): weekdays, when
every prefecture's desk is open. 188 (消費者ホットライン): while the centre is open; on days off
国民生活センター answers from 10 to 16, except over the turn of the year.
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

import jpholiday

from app.clock import TOKYO
from app.networks.opening_hours import is_open

POLICE = "#9110"
CONSUMERS = "188"
POLICE_HOURS = (time(8, 30), time(17, 15))
DAYS_OFF_HOURS = (time(10), time(16))
TURN_OF_YEAR = ("12-29", "01-03")


def open_lines(hours: Mapping[str, Any], at: datetime) -> frozenset[str]:
    """`hours` of the network whose centre 188 leads to."""
    local = at.astimezone(TOKYO)
    day, clock = local.date(), local.time()
    is_off = day.weekday() >= 5 or jpholiday.is_holiday(day)
    first, last = TURN_OF_YEAR
    if day.strftime("%m-%d") >= first or day.strftime("%m-%d") <= last:
        return frozenset({CONSUMERS} if is_open(hours, at) else ())
    found = set()
    if not is_off and POLICE_HOURS[0] <= clock < POLICE_HOURS[1]:
        found.add(POLICE)
    if is_open(hours, at) or (is_off and DAYS_OFF_HOURS[0] <= clock < DAYS_OFF_HOURS[1]):
        found.add(CONSUMERS)
    return frozenset(found)
