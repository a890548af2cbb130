"""設定: each section saved by itself, old and new in the chain, and nothing from bad input."""

import re
from html import unescape

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.networks.models import Network
from app.office.settings.sections import SECTIONS
from tests.badges.records import badge_id
from tests.cast import Cast, Desk
from tests.deliveries.mail_server import MailRig
from tests.towns import StandingClock

CENTER = {
    "center_name": "青波市くらしの相談室",
    "center_tel": "0000-00-1199",
    "office_name": "青波市 市民課",
    "office_tel": "0000-00-1200",
}


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def network(session: Session, slug: str = "aonami") -> Network:
    session.rollback()
    return session.exec(select(Network).where(Network.slug == slug)).one()


def noted(session: Session) -> list[AuditEntry]:
    session.rollback()
    entries = select(AuditEntry).where(col(AuditEntry.action).startswith("settings."))
    return list(session.exec(entries.order_by(col(AuditEntry.number))))


def form_of(desk: Desk, section: str) -> dict[str, str]:
    """What stands in a section's form, as a browser would send it."""
    page = desk.get("/office/settings").text
    form = re.search(rf'action="/office/settings/{section}[#"].*?</form>', page, re.S)
    assert form, page
    texts = re.findall(r'<input class="in[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', form[0])
    areas = re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>(.*?)</textarea>', form[0], re.S)
    ticked = re.findall(r'name="([\w-]+)" value="(\w+)" checked', form[0])
    chosen = re.findall(
        r'<select[^>]*name="([\w-]+)".*?value="(\w+)" selected.*?</select>', form[0], re.S
    )
    return {name: unescape(value) for name, value in [*texts, *areas, *ticked, *chosen]}


@pytest.mark.parametrize("section", list(SECTIONS))
def test_saving_what_stands_there_changes_and_notes_nothing(
    clerk: Desk, session: Session, section: str
) -> None:
    before = network(session).model_dump(exclude={"standings"})
    answer = clerk.post(f"/office/settings/{section}", **form_of(clerk, section))
    assert answer.status_code == 303, answer.text
    assert network(session).model_dump(exclude={"standings"}) == before
    assert [one.object_id for one in noted(session)] in ([], ["standings"])


def test_a_change_is_noted_with_what_was_and_what_is(clerk: Desk, session: Session) -> None:
    answer = clerk.post("/office/settings/center", **CENTER)
    assert answer.headers["location"] == "/office/settings?saved=center#center"
    (entry,) = noted(session)
    assert (entry.action, entry.object_id) == ("settings.change", "center")
    assert entry.details["changes"]["center_tel"] == ["0000-00-1188", "0000-00-1199"]
    assert "保存しました" in clerk.get("/office/settings?saved=center").text
    assert network(session).center_name == "青波市くらしの相談室"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("００００－００－１１９９", "0000-00-1199"),
        ("0000 00 1199", "0000-00-1199"),
        ("#9110", "#9110"),
    ],
)
def test_a_telephone_number_is_taken_as_people_write_it(
    clerk: Desk, session: Session, typed: str, kept: str
) -> None:
    clerk.post("/office/settings/center", **CENTER | {"center_tel": typed})
    assert network(session).center_tel == kept


@pytest.mark.parametrize(
    ("section", "field", "typed", "said"),
    [
        ("center", "center_tel", "12", "電話番号の形ではありません"),
        ("center", "center_tel", "電話なし", "電話番号の形ではありません"),
        ("center", "center_tel", "", "ここを入れてください"),
        ("center", "center_name", "あ" * 81, "長すぎます"),
        ("names", "municipality", " ", "ここを入れてください"),
        ("helpers", "police_tel", "", "ここを入れてください"),
        ("hours", "open-0", "9時", "09:00 の形"),
        ("hours", "open-0", "", "両方を空に"),
        ("hours", "open-0", "17:00", "始まりより後"),
        ("hours", "year_end_from", "13-40", "12-29 の形"),
        ("hours", "year_end_from", "", "両方を入れてください"),
        ("hours", "closed", "2027-02-30", "2027-02-12 の形"),
        ("hours", "closed", "1-2-3-4", "2027-02-12 の形"),
        ("hours", "closed", "9" * 25 + "-1-1", "2027-02-12 の形"),
        ("times", "quiet_from", "25:00", "09:00 の形"),
        ("times", "urgent-call", "0", "1分から120分"),
        ("times", "urgent-call", "七", "数字で"),
        ("times", "urgent-call", "2", "前の段階より後"),
        ("times", "normal-call", "99999", "2880分"),
        ("phones", "pairing_policy", "anything", "どちらかを選んで"),
        ("floods", "flood_in_ten_minutes", "2", "3から100まで"),
        ("floods", "flood_in_ten_minutes", "十", "3から100まで"),
        ("floods", "flood_in_a_day", "501", "10から500まで"),
        ("standings", "standing-conveni", "king", "区分を選んで"),
    ],
)
def test_what_can_not_be_is_said_at_its_field_and_changes_nothing(
    clerk: Desk, session: Session, section: str, field: str, typed: str, said: str
) -> None:
    before = network(session).model_dump()
    answer = clerk.post(f"/office/settings/{section}", **form_of(clerk, section) | {field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text
    assert network(session).model_dump() == before
    assert noted(session) == []


def test_what_was_typed_stays_after_a_mistake(clerk: Desk) -> None:
    answer = clerk.post("/office/settings/center", **CENTER | {"center_tel": "12<b>"})
    assert 'value="青波市くらしの相談室"' in answer.text
    assert 'value="12&lt;b&gt;"' in answer.text
    assert 'aria-describedby="center_tel-trouble"' in answer.text


def test_opening_hours_with_a_saturday_and_a_day_off(clerk: Desk, session: Session) -> None:
    form = form_of(clerk, "hours") | {
        "open-5": "10:00", "close-5": "12:00", "open-0": "", "close-0": "", "holidays": "yes",
        "year_end_from": "12/28", "year_end_until": "1月4日", "closed": "2027/2/12\n2026-10-01",
    }  # fmt: skip
    assert clerk.post("/office/settings/hours", **form).status_code == 303
    hours = network(session).hours
    assert sorted(hours["weekly"]) == ["1", "2", "3", "4", "5"]
    assert hours["weekly"]["5"] == ["10:00", "12:00"]
    assert (hours["year_end"], hours["holidays"]) == (["12-28", "01-04"], True)
    assert hours["closed"] == ["2026-10-01", "2027-02-12"]


def test_a_centre_that_never_opens_is_refused(clerk: Desk) -> None:
    form = dict.fromkeys(form_of(clerk, "hours"), "")
    answer = clerk.post("/office/settings/hours", **form)
    assert answer.status_code == 422
    assert "開いている曜日を、1つは" in answer.text


def test_only_times_that_differ_from_the_usual_ones_are_kept(clerk: Desk, session: Session) -> None:
    form = form_of(clerk, "times") | {"urgent-call": "7", "quiet_from": "21:30"}
    clerk.post("/office/settings/times", **form)
    found = network(session)
    assert (found.follow_up, found.quiet_from) == ({"urgent": {"call": 420}}, "21:30")


def test_organizations_that_differ_from_the_rule_are_counted(clerk: Desk) -> None:
    row = r"コンビニ</label></th>(?:(?!</tr>).)*?\d団体"
    assert not re.search(row, clerk.get("/office/settings").text, re.S)
    form = form_of(clerk, "standings") | {"standing-conveni": "member"}
    clerk.post("/office/settings/standings", **form)
    assert re.search(row, clerk.get("/office/settings").text, re.S)


def test_changing_numbers_warns_of_the_badges_that_carry_the_old_one(
    clerk: Desk, cast: Cast, app: FastAPI
) -> None:
    assert "刷り直しが要ります" not in clerk.get("/office/settings").text
    clerk.post("/office/badges/sheet", badge=str(badge_id(app, cast.town.code())))
    assert "印刷した名札1枚に" in clerk.get("/office/settings").text


def test_a_neighbour_changes_its_own_settings_only(cast: Cast, session: Session) -> None:
    stranger = cast.stranger("clerk")
    assert "青波市" not in stranger.get("/office/settings").text
    assert stranger.post("/office/settings/center", **CENTER).status_code == 303
    assert network(session).center_tel == "0000-00-1188"
    assert network(session, "kitayama").center_tel == "0000-00-1199"


def test_only_the_clerk_changes_settings(cast: Cast, session: Session) -> None:
    counsellor = cast.staff("counsellor")
    assert counsellor.get("/office/settings").status_code == 403
    assert counsellor.post("/office/settings/center", **CENTER).status_code == 403
    assert counsellor.post("/office/settings/trial-mail", address="a@b.example").status_code == 403
    assert network(session).center_tel == "0000-00-1188"


def test_a_section_nobody_knows_is_not_found(clerk: Desk) -> None:
    assert clerk.post("/office/settings/secrets").status_code == 404


def test_a_trial_mail_says_what_the_server_said_and_no_more(
    clerk: Desk, mail: MailRig, session: Session
) -> None:
    answer = clerk.post("/office/settings/trial-mail", address="hayashi@aonami.example")
    assert answer.headers["location"] == "/office/settings?mail=accepted#delivery"
    page = clerk.get("/office/settings?mail=accepted").text
    assert "送信サーバーが受け取りました。届いたかどうかは" in page
    (entry,) = noted(session)
    assert entry.details == {"outcome": "accepted"}


def test_nobody_is_written_to_again_and_again(
    clerk: Desk, mail: MailRig, session: Session, clock: StandingClock
) -> None:
    for place in ("settings", "setup", "settings", "setup", "settings"):
        path = f"/{'office/' if place == 'settings' else ''}{place}/trial-mail"
        assert clerk.post(path, address="victim@aonami.example").status_code == 303
    for path in ("/office/settings/trial-mail", "/setup/trial-mail"):
        assert clerk.post(path, address="victim@aonami.example").status_code == 429
    assert len(noted(session)) == 5
    clock.advance(minutes=11)
    answer = clerk.post("/office/settings/trial-mail", address="hayashi@aonami.example")
    assert answer.status_code == 303


def test_without_a_mail_server_that_is_said(clerk: Desk) -> None:
    answer = clerk.post("/office/settings/trial-mail", address="hayashi@aonami.example")
    assert "mail=no_server" in answer.headers["location"]


@pytest.mark.parametrize(
    "address", ["", "x", "a@b", "a@b.example\r\nBcc: c@d.example", "あ@b.example"]
)
def test_an_odd_address_gets_no_mail(
    clerk: Desk, mail: MailRig, session: Session, address: str
) -> None:
    answer = clerk.post("/office/settings/trial-mail", address=address)
    assert answer.status_code == 422
    assert "メールアドレスの形ではありません" in answer.text
    assert noted(session) == []
