"""Commands that take a network's data along, and end it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, select

from app.cli.founding import networks
from app.cli.terminal import fail, find_network, opened, start
from app.clock import TOKYO, system_clock
from app.holdings.archive import Archive, write_archive
from app.holdings.certificate import certificate
from app.holdings.erasure import NotAskedFor, erase_network
from app.holdings.exporting import snapshot
from app.holdings.rows import Reading
from app.holdings.wiping import wipe
from app.networks.models import Network

app = typer.Typer()
Folder = Annotated[Path, typer.Option("--to", help="書き出す先のフォルダー")]


@networks.command("export")
def export_network(
    slug: str,
    to: Folder = Path(),
    codes: Annotated[bool, typer.Option("--codes", help="名札と職場の番号も入れる")] = False,
) -> None:
    """全データを、報告の中身も入れて、1つのzipに書き出す。"""
    with opened(start()) as database, failing_clearly(), snapshot(database) as session:
        file, archive = export_to(session, find_network(session, slug), to, codes=codes)
    typer.echo(f"{archive.rows}行を {file} に書き出しました")


@networks.command("close")
def close_network(
    slug: str,
    to: Folder = Path(),
    confirm: Annotated[bool, typer.Option("--confirm", help="本当に消す")] = False,
) -> None:
    """契約終了: 最後の書き出しをして、ネットワークの全部を消し、消去証明書を作る。"""
    with opened(start()) as database:
        if not confirm:
            with database.reading() as session:
                find_network(session, slug)
            raise fail("--confirm を付けると、書き出してから全部を消します。何も変えていません")
        with failing_clearly(), database.writing() as session:
            network = held(session, slug)
            file, _ = export_to(session, network, to, codes=True)
            try:
                erasure = erase_network(session, network, system_clock())
            except NotAskedFor:
                file.unlink()
                raise fail(
                    "事務局が「データ」の画面で申し込んでいません。何も変えていません"
                ) from None
            # The paper is written before anything is gone for good: no erasure without it.
            paper = to / f"消去証明書-{file.stem}.pdf"
            paper.write_bytes(certificate(erasure, sha256_of(file)))
        is_wiped = wipe(database)
    typer.echo(f"{erasure.municipality} の{erasure.rows}行を消しました")
    typer.echo(f"最後の書き出し: {file}")
    typer.echo(f"消去証明書: {paper}")
    if not is_wiped:
        typer.echo("データベースが使われていて、空いた所を片付けられませんでした。", err=True)
        typer.echo("サーバーを止めてから nafuda tidy を実行してください", err=True)


@app.command()
def tidy() -> None:
    """消した行の跡を、データベースのファイルから片付ける。"""
    with opened(start()) as database:
        if not wipe(database):
            raise fail("データベースが使われています。サーバーを止めてから、もう一度")
    typer.echo("片付けました")


def held(session: Session, slug: str) -> Network:
    """Until this transaction ends, no row is added to it."""
    find_network(session, slug)
    return session.exec(select(Network).where(Network.slug == slug).with_for_update()).one()


@contextmanager
def failing_clearly() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise fail(f"書けませんでした。何も変えていません: {error}") from None


def export_to(
    session: Session, network: Network, folder: Path, *, codes: bool
) -> tuple[Path, Archive]:
    now = system_clock()
    file = folder / f"{network.slug}-{now.astimezone(TOKYO):%Y%m%d-%H%M%S}.zip"
    reading = Reading(codes=codes, contents=True)
    return file, write_archive(session, network.id, reading, file, now)


def sha256_of(file: Path) -> str:
    with file.open("rb") as opened_file:
        return hashlib.file_digest(opened_file, "sha256").hexdigest()
