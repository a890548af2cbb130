"""Whatever somebody sends: a sentence within two seconds, and a bounded memory."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.confinement import CPU_SECONDS, MEMORY
from app.organizations.roster import RosterUnreadable, read_roster
from app.organizations.roster.confined import read_confined
from tests.organizations.roster import hostile_files as hostile
from tests.organizations.roster.files import HEADINGS, LINE, comma_separated, line, roster

ROOT = Path(__file__).parents[3]
REFUSED = [
    hostile.bomb,
    hostile.lying_bomb,
    hostile.far_corner,
    hostile.many_columns,
    hostile.many_rows,
    hostile.entities,
    hostile.deep,
    hostile.nested_zips,
    hostile.many_entries,
    hostile.encrypted_zip,
    hostile.endless_line,
    hostile.quotes,
    hostile.broken_stream,
]


# In a small process, since the memory of a child is counted with that of whoever started it.
ASK = """
import json, resource, sys
from app.organizations.roster import RosterUnreadable
from app.organizations.roster.confined import read_confined
said = ""
try:
    read_confined(sys.stdin.buffer.read(), "名簿")
except RosterUnreadable as refusal:
    said = str(refusal)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([said, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]))
"""


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_a_hostile_file_is_refused_with_little_time_and_memory(make: Callable[[], bytes]) -> None:
    command = [sys.executable, "-c", ASK]
    done = subprocess.run(command, input=make(), capture_output=True, check=True, cwd=ROOT)
    said, seconds, memory = json.loads(done.stdout)
    assert re.match("「?[^a-z]{5,}", said)
    assert seconds <= CPU_SECONDS + 0.5
    assert memory <= MEMORY


def test_a_password_on_the_zip_is_named() -> None:
    with pytest.raises(RosterUnreadable, match="パスワード"):
        read_confined(hostile.encrypted_zip(), "名簿.xlsx")


def test_of_a_formula_only_its_value_is_read() -> None:
    read = read_confined(hostile.formulas(), "名簿.xlsx")
    assert [row.telephone for row in read.rows] == ["0"]


def test_macros_stay_asleep_and_values_are_read() -> None:
    content = hostile.changed("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert read_confined(content, "名簿.xlsm").rows == read_roster(roster(LINE), "名簿").rows


def test_it_reads_what_is_read_without_confinement() -> None:
    content = roster(LINE, line(industry="海賊"), line(workplace="北", day="R8.4.1"))
    assert read_confined(content, "名簿.xlsx") == read_roster(content, "名簿.xlsx")


def test_more_lines_than_any_network_has_are_refused() -> None:
    rows = [line(workplace=f"{n}") for n in range(10_001)]
    with pytest.raises(RosterUnreadable, match="10000行まで"):
        read_roster(comma_separated([HEADINGS, *rows]), "名簿.csv")


@pytest.mark.parametrize("name", ["", "\0", "a" * 1000, "-c", "../../etc", "\ud800"])
def test_any_name_will_do(name: str) -> None:
    assert len(read_confined(roster(LINE), name).rows) == 1
