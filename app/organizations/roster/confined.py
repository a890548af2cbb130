"""Reading a roster that somebody sent, in a process of its own (app/confinement.py)."""

from app.confinement import answer_here, ask_confined, question_here
from app.organizations.roster.cells import plain
from app.organizations.roster.comma_separated import ENCODINGS
from app.organizations.roster.entries import Roster, RosterUnreadable
from app.organizations.roster.reading import read_roster
from app.organizations.roster.written import roster_of, written_roster

_LONGEST_NAME = 80


def read_confined(content: bytes, filename: str) -> Roster:
    """As `read_roster`; also raises RosterUnreadable for what needs too much memory or time."""
    name = plain(filename)[:_LONGEST_NAME] or "名簿"
    answer = ask_confined(__name__, name.encode() + b"\0" + content)
    if answer is None:
        raise RosterUnreadable(
            f"「{name}」は、大きすぎるか、こわれているため、読めません。"
            "名簿のシートだけを新しいファイルに写して保存し、もう一度選んでください。"
        )
    if "refusal" in answer:
        raise RosterUnreadable(answer["refusal"])
    return roster_of(answer)


def main() -> None:
    """One question from stdin, one answer to stdout."""
    name, _, content = question_here(*ENCODINGS).partition(b"\0")
    try:
        answer = written_roster(read_roster(content, name.decode()))
    except RosterUnreadable as refusal:
        answer = {"refusal": str(refusal)}
    answer_here(answer)


if __name__ == "__main__":
    main()
