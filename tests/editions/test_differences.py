"""What an approver reads: every change, and nothing that only made room."""

from app.editions.differences import Change, differences
from app.editions.kinds import Part


def parts(**texts: str) -> dict[str, Part]:
    return {key: Part(text, {"text-ja": text}) for key, text in texts.items()}


def test_changed_added_and_removed_pieces_are_named() -> None:
    found = differences(parts(a="1", b="2", c="3"), parts(a="1", b="two", d="4"))
    assert [(one.part, one.change) for one in found] == [
        ("b", Change.CHANGED),
        ("d", Change.ADDED),
        ("c", Change.REMOVED),
    ]
    assert found[0].fields == {"text-ja": ("2", "two")}


def test_only_the_piece_that_was_moved_counts_as_moved() -> None:
    found = differences(parts(a="1", b="2", c="3", d="4"), parts(d="4", a="1", b="2", c="3"))
    assert [(one.part, one.fields) for one in found] == [("d", {"place": ("4", "1")})]


def test_a_piece_that_goes_moves_nothing() -> None:
    found = differences(parts(a="1", b="2", c="3"), parts(b="2", c="3"))
    assert [(one.part, one.change) for one in found] == [("a", Change.REMOVED)]


def test_the_same_twice_differs_in_nothing() -> None:
    assert differences(parts(a="1", b="2"), parts(a="1", b="2")) == []
