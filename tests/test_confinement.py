"""The process that reads a stranger's file has that file and its own answer, and nothing else."""

from app.confinement import ask_confined
from tests.escapes import TRIES


def test_nothing_can_be_opened_from_inside() -> None:
    told = ask_confined("tests.escapes", b"")
    assert told
    assert told["tried"] == {attempt.__name__: "OSError" for attempt in TRIES}


def test_no_further_process_and_no_growing_file() -> None:
    told = ask_confined("tests.escapes", b"")
    assert told
    assert set(map(tuple, told["limits"].values())) == {(0, 0)}


def test_it_knows_nothing_of_the_servers_settings() -> None:
    told = ask_confined("tests.escapes", b"")
    assert told
    assert not [name for name in told["environment"] if name.startswith("NAFUDA")]


def test_the_machinery_of_the_process_is_no_answer() -> None:
    assert ask_confined("tests.no_such_module", b"") is None
