"""決まり: brought by the clerk, read by everybody, acknowledged by organizations."""

import re
from html import unescape

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.bylaws.models import Bylaw, BylawAcknowledgement, BylawFile, BylawReading
from app.bylaws.rules import LARGEST_FILE
from app.networks.scope import in_network
from app.organizations.models import Organization
from tests.bylaws.papers import PLACE, bring_bylaw, paper
from tests.cast import Cast, Desk
from tests.towns import Town

TITLE = "青波市見守りネットワーク設置要綱"
NEWS = "新しい決まりがあります"


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def brought(clerk: Desk, **fields: str) -> str:
    answer = bring_bylaw(clerk, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).rsplit("/", 1)[1]


def organizations(session: Session, town: Town) -> list[Organization]:
    return list(session.exec(in_network(Organization, town.here.network.id)))


def acknowledge(clerk: Desk, bylaw_id: str, *chosen: Organization, **fields: str) -> object:
    data = {"acknowledged_on": "2026-09-20", "way": "meeting", "who": "店長"} | fields
    ticks = {"organization": [str(one.id) for one in chosen]}
    return clerk.client.post(f"{PLACE}/{bylaw_id}/acknowledgements", data=data | ticks)


def test_a_version_is_brought_and_fetched_as_it_was(clerk: Desk) -> None:
    content = paper(2)
    answer = bring_bylaw(clerk, content)
    assert answer.status_code == 303
    page = clerk.get(PLACE).text
    assert TITLE in page
    assert "令和8年4月1日から" in page
    bylaw_id = answer.headers["location"].rsplit("/", 1)[1]
    file = clerk.get(f"/office/bylaws/{bylaw_id}.pdf")
    assert file.content == content
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"] == 'attachment; filename="kimari-charter-1.pdf"'
    assert file.headers["content-security-policy"].startswith("sandbox")
    assert file.headers["x-content-type-options"] == "nosniff"


def test_earlier_versions_stay_reachable(clerk: Desk, cast: Cast) -> None:
    first = brought(clerk)
    coming = brought(clerk, version="2", holds_from="2027-04-01")
    phone = cast.phone()
    phone.pair()
    for page in (clerk.get("/office/bylaws").text, phone.client.get("/bylaws").text):
        assert page.index("これから始まる版") < page.index("いまの版")
    latest = brought(clerk, version="3", holds_from="2026-09-24")
    page = phone.client.get("/bylaws").text
    assert page.index(f"/bylaws/{latest}.pdf") < page.index("前の版")
    assert page.index("前の版") < page.index(f"/bylaws/{first}.pdf")
    for one in (first, coming, latest):
        assert phone.client.get(f"/bylaws/{one}.pdf").status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "入力してください。"),
        ({"kind": "other"}, "1つ選んでください。"),
        ({"holds_from": "きのう"}, "日付は「2026-04-01」の形で入れてください。"),
        ({"version": "0"}, "1〜999の数を入れてください。"),
        ({"version": "１"}, "1〜999の数を入れてください。"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    clerk: Desk, session: Session, fields: dict[str, str], said: str
) -> None:
    answer = bring_bylaw(clerk, **fields)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert "ファイルは、もう一度選んでください。" in answer.text
    assert session.exec(select(Bylaw)).all() == []


def test_a_number_is_given_once_even_if_its_version_is_withdrawn(
    clerk: Desk, session: Session
) -> None:
    bylaw_id = brought(clerk)
    clerk.post(f"{PLACE}/{bylaw_id}/withdrawal")
    assert "2〜999の数を入れてください。" in bring_bylaw(clerk).text
    assert bring_bylaw(clerk, version="2").status_code == 303
    assert len(session.exec(select(Bylaw)).all()) == 2


def test_no_file_or_another_kind_of_file_is_refused(clerk: Desk, session: Session) -> None:
    assert "PDFのファイルを選んでください。" in bring_bylaw(clerk, b"").text
    answer = bring_bylaw(clerk, b"PK\x03\x04")
    assert answer.status_code == 422
    assert f'value="{TITLE}"' in answer.text
    assert "PDFで保存してから" in answer.text
    assert session.exec(select(BylawFile)).all() == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(clerk: Desk) -> None:
    answer = bring_bylaw(clerk, b"%PDF-" + b"0" * LARGEST_FILE)
    assert answer.status_code == 422
    assert "PDFは10MBまでです。" in answer.text
    answer = bring_bylaw(clerk, b"%PDF-" + b"0" * (LARGEST_FILE + 200_000))
    assert answer.status_code == 413


def test_news_stand_on_every_page_until_they_were_read(
    clerk: Desk, cast: Cast, session: Session
) -> None:
    counsellor = cast.staff("counsellor")
    assert NEWS not in counsellor.get("/desk").text
    bylaw_id = brought(clerk)
    pages = {counsellor: ("/desk", "/account", "/office/templates"), clerk: ("/office", PLACE)}
    for one, paths in pages.items():
        assert all(NEWS in one.get(path).text for path in paths)
    for _ in range(2):
        assert counsellor.post(f"/office/bylaws/{bylaw_id}/reading").status_code == 303
    assert NEWS not in counsellor.get("/desk").text
    assert NEWS in clerk.get("/office").text
    assert len(session.exec(select(BylawReading)).all()) == 1
    page = clerk.get(f"{PLACE}/{bylaw_id}").text
    assert "<li>林</li>" in page
    assert "<li>佐藤</li>" not in page
    brought(clerk, version="2", holds_from="2026-09-24")
    assert NEWS in counsellor.get("/desk").text


def test_a_withdrawn_version_is_gone_for_everybody(
    clerk: Desk, cast: Cast, session: Session
) -> None:
    bylaw_id = brought(clerk)
    for _ in range(2):
        assert clerk.post(f"{PLACE}/{bylaw_id}/withdrawal").status_code == 303
    assert session.exec(select(BylawFile)).all() == []
    phone = cast.phone()
    phone.pair()
    assert phone.client.get(f"/bylaws/{bylaw_id}.pdf").status_code == 404
    assert clerk.get(f"/office/bylaws/{bylaw_id}.pdf").status_code == 404
    assert NEWS not in clerk.get("/office").text
    assert "取り下げ" in clerk.get(PLACE).text
    written = session.exec(select(AuditEntry.action).where(AuditEntry.object_id == bylaw_id)).all()
    assert sorted(written) == ["bylaw.add", "bylaw.withdraw"]


def test_organizations_are_noted_with_day_way_and_who(
    clerk: Desk, session: Session, town: Town
) -> None:
    bylaw_id, (first, second, *_) = brought(clerk), organizations(session, town)
    assert acknowledge(clerk, bylaw_id, first, second).status_code == 303  # type: ignore[attr-defined]
    page = clerk.get(f"{PLACE}/{bylaw_id}").text
    assert f'value="{first.id}"' not in page
    assert f'<th scope="row">{first.name}</th><td class="nw">令和8年9月20日</td>' in page
    assert "会議で説明した" in page
    acknowledge(clerk, bylaw_id, first)
    session.rollback()
    assert len(session.exec(select(BylawAcknowledgement)).all()) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"acknowledged_on": "2026-09-25"}, "きょうまでの日付を入れてください。"),
        ({"way": "dream"}, "1つ選んでください。"),
        ({"who": "あ" * 61}, "60字までで入力してください。"),
    ],
)
def test_a_note_that_is_wrong_is_not_kept_and_its_ticks_stay(
    clerk: Desk, session: Session, town: Town, fields: dict[str, str], said: str
) -> None:
    bylaw_id, (first, *_) = brought(clerk), organizations(session, town)
    answer = acknowledge(clerk, bylaw_id, first, **fields)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    text = answer.text  # type: ignore[attr-defined]
    assert text.count(said) == 2
    assert f'value="{first.id}" checked' in text
    assert session.exec(select(BylawAcknowledgement)).all() == []


def test_organizations_are_found_by_name(clerk: Desk, session: Session, town: Town) -> None:
    bylaw_id, (first, second, *_) = brought(clerk), organizations(session, town)
    page = clerk.get(f"{PLACE}/{bylaw_id}?text={first.name}").text
    assert first.name in page
    assert f'value="{second.id}"' not in page
    assert "この名前で" in clerk.get(f"{PLACE}/{bylaw_id}?text=%25").text


def test_those_who_know_it_are_listed_fifty_at_a_time(
    clerk: Desk, cast: Cast, session: Session, town: Town
) -> None:
    bylaw_id = brought(clerk)
    with cast.app.state.database.writing() as writing:
        writing.add_all(
            Organization(
                network_id=town.here.network.id,
                name=f"団体{n:02}",
                standing="partner",
                created_at=cast.clock.now,
            )
            for n in range(60)
        )
    places = [one for one in organizations(session, town) if one.name.startswith("団体")]
    for _ in range(2):
        acknowledge(clerk, bylaw_id, *places, text="団体")
    page = clerk.get(f"{PLACE}/{bylaw_id}").text.split('id="acknowledged"')[1]
    assert page.count('<th scope="row">') == 50
    (following,) = re.findall(r'href="(\?after=[^"]+)"', page)
    rest = clerk.get(f"{PLACE}/{bylaw_id}{unescape(following)}").text
    assert rest.split('id="acknowledged"')[1].count('<th scope="row">') == 10


def test_the_town_next_door_sees_none_of_it(clerk: Desk, cast: Cast, session: Session) -> None:
    bylaw_id = brought(clerk)
    stranger, phone = cast.stranger("clerk"), cast.stranger_phone()
    phone.pair()
    assert TITLE not in stranger.get(PLACE).text
    assert TITLE not in phone.client.get("/bylaws").text
    assert NEWS not in stranger.get("/office").text
    for answer in (
        stranger.get(f"/office/bylaws/{bylaw_id}.pdf"),
        stranger.get(f"{PLACE}/{bylaw_id}"),
        stranger.post(f"{PLACE}/{bylaw_id}/withdrawal"),
        phone.client.get(f"/bylaws/{bylaw_id}.pdf"),
    ):
        assert answer.status_code == 404
    assert len(session.exec(select(BylawFile)).all()) == 1


def test_contacts_lead_there_from_a_paired_phone_alone(cast: Cast) -> None:
    phone = cast.phone()
    assert 'href="/bylaws"' not in phone.client.get("/contacts").text
    phone.pair()
    assert 'href="/bylaws"' in phone.client.get("/contacts").text
    assert "まだ入っていません" in phone.client.get("/bylaws").text
