"""Whoever may approve a draft sees in the menu that one waits."""

import re

import pytest

from tests.cast import Cast, Desk
from tests.office.editing import Editor

WAITING = re.compile(r'>(\d+)<span class="vh">件の確認待ち')


def counts(desk: Desk, page: str) -> list[str]:
    return WAITING.findall(desk.get(page).text)


@pytest.fixture
def asked(cast: Cast) -> Editor:
    """The clerk wrote a draft for the shops and asked for a second pair of eyes."""
    editor = Editor(cast.staff("clerk")).begin()
    assert editor.use("CV-03", "no").status_code == 303
    assert editor.ask().status_code == 303
    return editor


def test_who_may_approve_is_told_on_every_page(cast: Cast, asked: Editor) -> None:
    """Both on what is folded away and in it."""
    counsellor = cast.staff("counsellor")
    for page in ("/desk", "/desk/done", "/office/checklists"):
        assert counts(counsellor, page) == ["1", "1"]


def test_who_wrote_it_is_not(asked: Editor) -> None:
    assert counts(asked.desk, "/office") == []


def test_a_draft_that_nobody_asked_about_does_not_count(cast: Cast) -> None:
    Editor(cast.staff("clerk")).begin()
    assert counts(cast.staff("counsellor"), "/desk") == []


def test_the_neighbours_drafts_do_not_count(cast: Cast, asked: Editor) -> None:
    assert counts(cast.stranger("clerk"), "/office") == []
    assert counts(cast.stranger("counsellor"), "/desk") == []


def test_once_it_is_published_nothing_waits(cast: Cast, asked: Editor) -> None:
    counsellor = cast.staff("counsellor")
    assert Editor(counsellor).approve().status_code == 303
    assert counts(counsellor, "/desk") == []
