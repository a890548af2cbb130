"""`nafuda`: every command a person who runs the server needs."""

import json
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
import uvicorn
from sqlmodel import Session, select

from app.audit.commands import first_broken
from app.clock import TOKYO, system_clock
from app.db import Database
from app.demo.serving import run_demo
from app.errors import DomainError
from app.logs import configure_logs
from app.main import create_app
from app.networks.commands import begin_epoch
from app.networks.models import Epoch, Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.office.founding import found_network
from app.office.roster_import import apply_roster
from app.operations.backup import BackupFailed, back_up
from app.operations.migrations import migrate as migrate_database
from app.organizations.roster.reading import read_roster
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings
from app.staff.commands import create_staff
from app.staff.models import Staff
from app.staff.permissions import Role
from app.worker import run_worker

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
networks = typer.Typer(help="見守りネットワークを作る。")
rosters = typer.Typer(help="名簿を取り込む。")
people = typer.Typer(help="サインインする人を作る。")
app.add_typer(networks, name="network")
app.add_typer(rosters, name="roster")
app.add_typer(people, name="staff")


def start() -> Settings:
    settings = Settings()
    configure_logs(settings.log_json)
    return settings


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="0 で空いている番号")] = 8000,
    data: Annotated[Path, typer.Option(help="新しいデータの置き場所")] = Path("data/demo"),
    as_json: Annotated[bool, typer.Option("--json", help="1行のJSONで案内する")] = False,
) -> None:
    """架空の青波市を作り、試せるようにする。"""
    run_demo(start().model_copy(update={"data_dir": data}), port, as_json)


@app.command()
def serve(port: int = 8000, host: str = "127.0.0.1") -> None:
    """1つのプロセスで全部を動かす(SQLite のときはこれ)。"""
    settings = start()
    prepare(settings)
    uvicorn.run(create_app(settings), host=host, port=port, access_log=False)


@app.command()
def web(port: int = 8000, host: str = "127.0.0.1") -> None:
    """画面だけを動かす(PostgreSQL で、いくつでも並べられる)。"""
    uvicorn.run(create_app(start(), with_worker=False), host=host, port=port, access_log=False)


@app.command()
def worker() -> None:
    """通知を送る役だけを動かす(いくつでも並べられる)。"""
    run_worker(start())


@app.command()
def migrate() -> None:
    """データベースを最新の形にする。"""
    prepare(start())


@app.command()
def backup(folder: Annotated[Path, typer.Argument()] = Path("data/backups")) -> None:
    """写しを1つ作り、読めることを確かめる。"""
    try:
        with opened(start()) as database:
            target = back_up(database, folder, system_clock())
    except BackupFailed as error:
        raise fail(f"写しを作れませんでした: {error}") from None
    typer.echo(f"写しを作りました: {target}")


@app.command()
def check() -> None:
    """監査の記録が、1件も変えられていないことを確かめる。"""
    with opened(start()) as database, database.reading() as session:
        for network in session.exec(select(Network)).all():
            broken = first_broken(session, network.id)
            if broken is not None:
                raise fail(f"{network.municipality}: 記録 {broken} 番から、つながっていません")
            typer.echo(f"{network.municipality}: 監査の記録は正しくつながっています")


@networks.command("create")
def create_network(
    slug: str,
    municipality: Annotated[str, typer.Option(help="例: 青波市")],
    center_name: Annotated[str, typer.Option(help="例: 青波市消費生活センター")],
    center_tel: Annotated[str, typer.Option(help="例: 0000-00-1188")],
    office_name: Annotated[
        str, typer.Option(help="名札を拾ったときの届け先 例: 青波市 市民生活課")
    ],
    office_tel: Annotated[str, typer.Option(help="同じく電話")],
    police_tel: Annotated[str, typer.Option(help="警察署の電話(#9110が閉まっているとき)")],
    pairing: Annotated[
        Literal["workplace_code", "open"], typer.Option(help="端末の登録")
    ] = "workplace_code",
) -> None:
    """新しいネットワークを作る。"""
    settings = start()
    prepare(settings)
    with opened(settings) as database, database.writing() as session:
        if session.exec(select(Network).where(Network.slug == slug)).first():
            raise fail(f"「{slug}」というネットワークは、もうあります")
        found_network(
            session,
            master_key(settings),
            system_clock(),
            slug=slug,
            municipality=municipality,
            name="消費者見守りネットワーク",
            center_name=center_name,
            center_tel=center_tel,
            office_name=office_name,
            office_tel=office_tel,
            police_tel=police_tel,
            pairing_policy=pairing,
            hours=WEEKDAYS_9_TO_1630,
        )
    typer.echo(f"{municipality} を作りました")


@rosters.command("import")
def import_roster(
    file: Path,
    network: Annotated[str, typer.Option(help="ネットワークの略号")],
    valid_until: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], show_default="2027-03-31", help="名札の有効期限"),
    ] = datetime(2027, 3, 31, tzinfo=TOKYO),
    apply: Annotated[bool, typer.Option("--apply", help="確かめるだけでなく、取り込む")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """名簿(Excel・CSV)を読み、問題を行ごとに知らせ、--apply で取り込む。"""
    try:
        roster = read_roster(file.read_bytes(), file.name)
    except (ValueError, OSError) as error:
        raise fail(str(error)) from None
    with opened(start()) as database, database.writing() as session:
        found = find_network(session, network)
        until = valid_until.date()
        done = apply_roster(session, found, roster, valid_until=until, now=system_clock())
        if not apply:
            session.rollback()
    problems = [asdict(problem) for problem in roster.problems]
    if as_json:
        typer.echo(json.dumps(asdict(done) | {"problems": problems}, ensure_ascii=False))
        return
    for problem in problems:
        typer.echo(f"{problem['line']}行目 {problem['column']}: {problem['text']}")
    verb = "取り込みました" if apply else "取り込めます(--apply で取り込みます)"
    added = f"団体{done.organizations} 事業所{done.workplaces} 名札{done.badges}"
    typer.echo(f"{done.rows}行: {added} を{verb}")


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


def opened(settings: Settings) -> closing[Database]:
    return closing(Database(settings.database))


def prepare(settings: Settings) -> None:
    migrate_database(settings)
    with opened(settings) as database, database.writing() as session:
        if session.exec(select(Epoch)).first() is None:
            begin_epoch(session, system_clock())


def find_network(session: Session, slug: str) -> Network:
    found = session.exec(select(Network).where(Network.slug == slug)).first()
    if found is None:
        raise fail(f"「{slug}」というネットワークはありません")
    return found


def master_key(settings: Settings) -> MasterKey:
    return MasterKey(key_file(settings.data_dir, "master"))


def fail(text: str) -> typer.Exit:
    typer.echo(text, err=True)
    return typer.Exit(1)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
