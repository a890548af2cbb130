"""Commands that found a network: itself, its roster, and who signs in."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from sqlmodel import Session, select

from app.badges.rules import end_of_validity
from app.cli.terminal import fail, find_network, master_key, opened, prepare, start
from app.clock import TOKYO, system_clock
from app.errors import DomainError
from app.networks.kinds import NetworkKind
from app.networks.models import Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.office.founding import USUAL_NAME, begin_network, found_network
from app.office.roster.applying import apply_plan, counted, record_import
from app.office.roster.plan import planned
from app.office.roster.register import Register
from app.office.roster.rules import LARGEST_FILE, is_usable_end
from app.office.settings.fields import Unusable
from app.office.settings.names import municipalities
from app.organizations.roster import Roster
from app.organizations.roster.confined import read_confined
from app.organizations.rules import usual_standings
from app.settings import Settings
from app.staff.commands import create_staff, find_by_sign_in
from app.staff.invitations import invite
from app.staff.models import Staff
from app.staff.permissions import Role
from app.staff.queries import clerks

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,29}")
LINK_IS = "72時間のうちに、1回だけ開けます。先に nafuda serve を動かしてください"

TOLD = ("rows", "organizations", "workplaces", "badges")

app = typer.Typer()
networks = typer.Typer(help="見守りネットワークを作る。")
rosters = typer.Typer(help="名簿を取り込む。")
people = typer.Typer(help="サインインする人を作る。")
app.add_typer(networks, name="network")
app.add_typer(rosters, name="roster")
app.add_typer(people, name="staff")


@networks.command("create")
def create_network(
    slug: str,
    municipality: Annotated[str, typer.Option(help="例: 青波市")] = "",
    center_name: Annotated[str, typer.Option(help="例: 青波市消費生活センター")] = "",
    center_tel: Annotated[str, typer.Option(help="例: 0000-00-1188")] = "",
    office_name: Annotated[
        str, typer.Option(help="名札を拾ったときの届け先 例: 青波市 市民生活課")
    ] = "",
    office_tel: Annotated[str, typer.Option(help="同じく電話")] = "",
    police_tel: Annotated[str, typer.Option(help="警察署の電話(#9110が閉まっているとき)")] = "",
    kind: Annotated[NetworkKind, typer.Option(help="どこのネットワークか")] = (
        NetworkKind.MUNICIPALITY
    ),
    member: Annotated[
        list[str] | None, typer.Option(help="広域に入る市町村。1つずつ、2回以上")
    ] = None,
    pairing: Annotated[
        Literal["workplace_code", "open"], typer.Option(help="端末の登録")
    ] = "workplace_code",
) -> None:
    """新しいネットワークを作る。略号だけなら、続きはブラウザーで(招待の住所が出る)。"""
    settings = start()
    prepare(settings)
    of = {"kind": kind, "municipalities": members_of(kind, member or [])}
    asked = {
        "municipality": municipality,
        "center_name": center_name,
        "center_tel": center_tel,
        "office_name": office_name,
        "office_tel": office_tel,
        "police_tel": police_tel,
    }
    missing = [f"--{name.replace('_', '-')}" for name, text in asked.items() if not text]
    if kind is NetworkKind.WIDE_AREA and not of["municipalities"] and not missing:
        missing = ["--member"]
    if 0 < len(missing) < len(asked):
        raise fail(f"{' '.join(missing)} も要ります。略号だけなら、続きはブラウザーで聞きます")
    with opened(settings) as database, database.writing() as session:
        if missing:
            typer.echo(link_of(settings, begin(session, settings, slug, of)))
            typer.echo(LINK_IS, err=True)
            return
        if session.exec(select(Network).where(Network.slug == slug)).first():
            raise fail(f"「{slug}」というネットワークは、もうあります")
        check_slug(slug)
        found_network(
            session,
            master_key(settings),
            system_clock(),
            slug=slug,
            name=USUAL_NAME,
            pairing_policy=pairing,
            hours=WEEKDAYS_9_TO_1630,
            **of,
            **asked,
        )
    typer.echo(f"{municipality} を作りました")


def members_of(kind: NetworkKind, members: list[str]) -> list[str]:
    """Of a wide-area network; none where the browser is going to ask."""
    if kind is not NetworkKind.WIDE_AREA and members:
        raise fail("--member は --kind wide_area のときだけです")
    try:
        return municipalities("\n".join(members)) if members else []
    except Unusable as error:
        raise fail(str(error)) from None


def begin(session: Session, settings: Settings, slug: str, of: Mapping[str, Any]) -> str:
    """The secret of a link for the first clerk; another one as long as nobody came in by it.
    `of`: what the network is of, as far as it is known."""
    now = system_clock()
    network = session.exec(select(Network).where(Network.slug == slug)).first()
    if network is None:
        check_slug(slug)
        network, clerk = begin_network(session, master_key(settings), now, slug)
        network.kind, network.municipalities = of["kind"], of["municipalities"]
        return invite(session, clerk, actor="operator", now=now)
    waiting = [one for one in clerks(session, network.id) if not one.name]
    if not waiting:
        raise fail(f"「{slug}」というネットワークは、もうあります")
    return invite(session, waiting[0], actor="operator", now=now)


def check_slug(slug: str) -> None:
    """It names files, and the first clerk's sign-in."""
    if not SLUG.fullmatch(slug):
        raise fail("略号は、半角の英小文字・数字・- で2文字から30文字です")


@rosters.command("import")
def import_roster(
    file: Path,
    network: Annotated[str, typer.Option(help="ネットワークの略号")],
    valid_until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], show_default="年度末", help="名札の有効期限"),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="確かめるだけでなく、取り込む")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """名簿(Excel・CSV)を読み、問題を行ごとに知らせ、--apply で取り込む。"""
    now = system_clock()
    until = usable_end(valid_until, now.astimezone(TOKYO).date())
    roster = read_file(file)
    with opened(start()) as database, database.writing() as session:
        found = find_network(session, network)
        register = Register(session, found.id)
        plan = planned(roster, register, usual_standings(found.standings))
        done = counted(plan)
        if apply:
            apply_plan(session, found.id, plan, register, valid_until=until, now=now)
            record_import(session, found.id, done, actor="operator", object_id=found.id, now=now)
    problems = [
        {"row": one.line, "column": one.column, "text": one.text} for one in roster.problems
    ]
    if as_json:
        told = {name: getattr(done, name) for name in TOLD}
        typer.echo(json.dumps(told | {"problems": problems}, ensure_ascii=False))
        return
    for problem in problems:
        typer.echo(f"{problem['row']}行目 {problem['column']}: {problem['text']}")
    verb = "取り込みました" if apply else "取り込めます(--apply で取り込みます)"
    added = f"団体{done.organizations} 事業所{done.workplaces} 名札{done.badges}"
    typer.echo(f"{done.rows}行: 変更{done.changed} {added} を{verb}")
    if plan.assumed:
        typer.echo(f"区分が空欄の新しい団体が{plan.assumed}あります。区分は、業種から決めます")
    if done.unlisted:
        typer.echo(f"この名簿にない事業所が{done.unlisted}か所あります。終了にするのは画面からです")


def usable_end(typed: datetime | None, today: date) -> date:
    """The end of the fiscal year, where no day was given."""
    until = typed.date() if typed else end_of_validity(today)
    if not is_usable_end(until, today):
        raise fail("名札の有効期限は、あすから10年後までの日付にしてください")
    return until


def read_file(file: Path) -> Roster:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise fail(f"名簿のファイルは{LARGEST_FILE // 1024**2}MBまでです")
        return read_confined(file.read_bytes(), file.name)
    except (ValueError, OSError) as error:
        raise fail(str(error)) from None


@people.command("create")
def create_person(
    sign_in: str,
    network: Annotated[str, typer.Option(help="ネットワークの略号")],
    name: Annotated[str, typer.Option(help="画面に出る名前")],
    role: Role,
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
) -> None:
    """サインインする人を作る。"""
    with opened(start()) as database, database.writing() as session:
        found = find_network(session, network)
        if session.exec(select(Staff).where(Staff.sign_in == sign_in)).first():
            raise fail(f"「{sign_in}」というサインイン名は、もう使われています")
        try:
            create_staff(
                session,
                found.id,
                sign_in=sign_in,
                name=name,
                role=role,
                password=password,
                now=system_clock(),
            )
        except DomainError as refused:
            raise fail(refused.message) from None
    typer.echo(f"{name} を作りました")


@people.command("invite")
def invite_person(sign_in: str) -> None:
    """鍵をなくした人に、72時間・1回だけの招待を作る。使うと、前の鍵は効かなくなる。"""
    settings = start()
    with opened(settings) as database, database.writing() as session:
        staff = find_by_sign_in(session, sign_in)
        if staff is None:
            raise fail(f"「{sign_in}」という人はいません")
        secret = invite(session, staff, actor="operator", now=system_clock())
    typer.echo(link_of(settings, secret))


def link_of(settings: Settings, secret: str) -> str:
    return f"{settings.base_url}/invitations/{secret}"
