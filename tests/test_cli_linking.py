"""`nafuda network list`, `link` and `unlink`: several networks on one server."""

import json

import pytest
from sqlmodel import Session, select

from app.links.models import NetworkLink
from app.networks.models import Network
from tests.test_cli import NISHI, Run
from tests.test_cli import run as run

GROUND = "--ground=広域連携の協定書 令和8年4月1日"


def test_networks_are_listed_with_who_leads_whom(run: Run) -> None:
    assert run("network", "link", "aonami", "kitayama", "--as", "center", GROUND).exit_code == 0
    found = {one["slug"]: one for one in json.loads(run("network", "list", "--json").output)}
    assert found["aonami"]["links"][0]["role"] == "around"
    assert found["kitayama"]["links"][0] | {"since": ""} == {
        "slug": "aonami",
        "role": "center",
        "ground": "広域連携の協定書 令和8年4月1日",
        "since": "",
    }
    assert "中心市: aonami" in run("network", "list").output


def test_a_link_is_refused_in_words(run: Run, session: Session) -> None:
    for words, said in (
        (("aonami", "aonami", "--as", "center", GROUND), "同じネットワーク"),
        (("aonami", "kitayama", "--as", "prefecture", GROUND), "このつなぎ方ができません"),
        (("aonami", "nowhere", "--as", "center", GROUND), "ありません"),
        (("aonami", "kitayama", "--as", "center", "--ground= "), "合意の根拠"),
        (("aonami", "kitayama", "--as", "center", f"--ground={'長' * 101}"), "合意の根拠"),
    ):
        refused = run("network", "link", *words)
        assert refused.exit_code == 1
        assert said in refused.stderr
        assert "Traceback" not in refused.output
    assert run("network", "link", "aonami", "kitayama", "--as", "friend", GROUND).exit_code == 2
    assert session.exec(select(NetworkLink)).all() == []


def test_either_name_comes_first_when_it_ends(run: Run, session: Session) -> None:
    run("network", "link", "aonami", "kitayama", "--as", "center", GROUND)
    assert run("network", "unlink", "kitayama", "aonami").exit_code == 0
    session.rollback()
    assert all(one.ended_at for one in session.exec(select(NetworkLink)))
    assert "つながっていません" in run("network", "unlink", "aonami", "kitayama").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind=wide_area",), "--member も要ります"),
        (("--kind=wide_area", "--member=西町"), "2つ以上"),
        (("--member=西町", "--member=東町"), "--kind wide_area のときだけ"),
    ],
)
def test_a_wide_area_needs_its_municipalities(
    run: Run, session: Session, words: tuple[str, ...], said: str
) -> None:
    refused = run(*NISHI, *words)
    assert refused.exit_code == 1
    assert said in refused.stderr
    assert session.exec(select(Network).where(Network.slug == "nishi")).first() is None


def test_a_wide_area_and_a_prefecture_are_founded(run: Run, session: Session) -> None:
    assert run(*NISHI, "--kind=wide_area", "--member=西町", "--member=東町").exit_code == 0
    assert run("network", "create", "shiosai", "--kind=prefecture").exit_code == 0
    session.rollback()
    found = {one.slug: one for one in session.exec(select(Network))}
    assert (found["nishi"].kind, found["nishi"].municipalities) == ("wide_area", ["西町", "東町"])
    assert found["shiosai"].kind == "prefecture"
