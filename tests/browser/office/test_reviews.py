"""A town with one clerk asks its centre city to read a draft, and later ends the link."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.audit import Audit
from tests.browser.loop.people import PC, Person
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]
PASSWORD = "a long password of the north"
TOWN = {
    "municipality": "北浜町",
    "center-name": "北浜町役場",
    "center-tel": "0000-00-5188",
    "office-name": "北浜町 住民課",
    "office-tel": "0000-00-5000",
    "police-tel": "0000-00-5110",
}


def nafuda(people: People, *words: str) -> None:
    """What the operator types on the server's shell."""
    place = {"NAFUDA_DATA_DIR": str(people.server.data), "PATH": ""}
    subprocess.run([sys.executable, "-m", "app.cli", *words], check=True, env=place)


def town_clerk(people: People) -> Person:
    """The only one; their PC runs no script."""
    nafuda(people, "network", "create", "kitahama", *(f"--{k}={v}" for k, v in TOWN.items()))
    who = ("kitahama-jimu", "clerk", "--network=kitahama", "--name=北村")
    nafuda(people, "staff", "create", *who, f"--password={PASSWORD}")
    nafuda(people, "network", "link", "aonami", "kitahama", "--as=center", "--ground=協定書")
    clerk = people.guest(java_script_enabled=False, viewport=PC)
    clerk.go("/sign-in")
    clerk.page.fill("[name=sign_in]", "kitahama-jimu")
    clerk.page.fill("[name=password]", PASSWORD)
    clerk.page.locator("[name=password]").press("Enter")
    clerk.reads("団体・事業所")
    return clerk


@pytest.mark.long
def test_the_center_reads_a_draft_and_the_town_ends_the_link(
    people: People, tmp_path: Path
) -> None:
    clerk, audit = town_clerk(people), Audit(tmp_path)
    clerk.go("/office/checklists/retail")
    clerk.page.get_by_role("button", name="下書きを始める").click()
    clerk.page.get_by_role("button", name="使わない SM-02").click()
    assert clerk.page.locator("[name=center]").is_checked()
    clerk.page.get_by_role("button", name="確認を頼む").click()
    clerk.reads("青波市にも確認を頼んでいます")

    counsellor = people.counsellor()
    counsellor.page.locator(".rail summary").click()
    counsellor.page.get_by_role("link", name="他市町").click()
    audit.take(counsellor.page, "reviews")
    counsellor.page.get_by_role("link", name="北浜町").click()
    counsellor.reads("使わなくなった")
    audit.take(counsellor.page, "review")
    counsellor.page.get_by_role("button", name="確認して、北浜町で公開する").click()
    counsellor.reads("公開しました。")

    clerk.go("/office/editions/checklist/retail/history")
    clerk.reads("青波市(中心市)")
    clerk.go("/office/settings#links")
    clerk.page.get_by_text("この連携を終える").click()
    clerk.page.get_by_role("button", name="青波市との連携を終える").click()
    clerk.reads("終わった連携")
    counsellor.go("/desk")
    assert counsellor.page.locator(".rail [href='/office/reviews']").count() == 0
    looking = people.clerk()
    looking.go("/office/settings")
    audit.take(looking.page, "settings")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
