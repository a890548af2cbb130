"""Commands that keep what was entrusted: copies, and the proof that nothing was changed."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import select

from app.audit.commands import first_broken
from app.cli.terminal import fail, opened, start
from app.clock import system_clock
from app.networks.models import Network
from app.operations.backup import BackupFailed, back_up
from app.operations.restore import RestoreFailed
from app.operations.restore import restore as restore_database

app = typer.Typer()


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
def restore(copy: Path) -> None:
    """写しを戻す(サーバーを止めてから)。端末は、写しの後に届いた報告をもう一度送ってくる。"""
    settings = start()
    try:
        kept = restore_database(settings.database, copy, system_clock())
    except RestoreFailed as error:
        raise fail(f"戻せませんでした。何も変えていません: {error}") from None
    typer.echo("写しを戻しました" + (f"。前のものは {kept} に残しました" if kept else ""))


@app.command()
def check() -> None:
    """監査の記録が、1件も変えられていないことを確かめる。"""
    with opened(start()) as database, database.reading() as session:
        for network in session.exec(select(Network)).all():
            broken = first_broken(session, network.id)
            if broken is not None:
                raise fail(f"{network.municipality}: 記録 {broken} 番から、つながっていません")
            typer.echo(f"{network.municipality}: 監査の記録は正しくつながっています")
