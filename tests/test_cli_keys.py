"""`nafuda keys`: what there is, changing it, and saying that one has leaked."""

from app.settings import Settings
from tests.cast import Cast
from tests.test_cli import Run, run

__all__ = ["run"]


def test_keys_are_listed_changed_and_given_up(run: Run, cast: Cast, settings: Settings) -> None:
    slug = cast.town.here.network.slug
    first = run("keys", "list", "--network", slug).output.split()[0]
    assert "新しい鍵は k" in run("keys", "rotate", "--network", slug).output
    lines = run("keys", "list", "--network", slug).output.splitlines()
    assert lines[0].endswith("使用中")
    assert lines[1].startswith(first)
    assert lines[1].endswith("まで開けます")
    said = run("keys", "compromise", first, "--network", slug)
    assert f"{first} は漏れた可能性があると記録しました" in said.output
    assert "新しい鍵" not in said.output
    assert "漏れた可能性・" in run("keys", "list", "--network", slug).output
    assert run("keys", "compromise", "k0", "--network", slug).exit_code == 1
    assert run("keys", "rotate", "--network", "nowhere").exit_code == 1
    assert "監査の記録は正しく" in run("check").output


def test_the_push_key_is_changed_by_hand(run: Run, cast: Cast, settings: Settings) -> None:
    phone, slug = cast.phone(), cast.town.here.network.slug
    phone.pair()
    before = phone.client.get("/api/push-key").json()["key"]
    assert "新しい通知の鍵" in run("keys", "rotate-push", "--network", slug).output
    assert phone.client.get("/api/push-key").json()["key"] != before
    assert run("keys", "rotate-push", "--network", "nowhere").exit_code == 1
