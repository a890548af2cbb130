"""Commands about the keys that reports are sealed to."""

from typing import Annotated

import typer

from app.cli.terminal import fail, find_network, master_key, opened, start
from app.clock import TOKYO, system_clock
from app.deliveries.vapid_keys import rotate_vapid_key
from app.errors import NotFound
from app.sealing.models import SealingKey
from app.sealing.rotation import OPENS_FOR, keys_of, note_compromise, rotate_keys

app = typer.Typer()
keys = typer.Typer(help="封の鍵を見る・替える。")
app.add_typer(keys, name="keys")
NetworkOption = Annotated[str, typer.Option(help="ネットワークの略号")]


@keys.command("list")
def list_keys(network: NetworkOption) -> None:
    """鍵の名前、作った日、いつまで開けるか。"""
    with opened(start()) as database, database.reading() as session:
        for key in keys_of(session, find_network(session, network).id):
            typer.echo(f"{key.kid}  {key.created_at.astimezone(TOKYO):%Y-%m-%d}  {state_of(key)}")


def state_of(key: SealingKey) -> str:
    leaked = "漏れた可能性・" if key.compromised_at else ""
    if key.retired_at is None:
        return f"{leaked}使用中"
    if not key.private_wrapped:
        return f"{leaked}消去済み(もう開けません)"
    until = (key.retired_at + OPENS_FOR).astimezone(TOKYO)
    return f"{leaked}{until:%Y-%m-%d} まで開けます"


@keys.command("rotate")
def rotate(network: NetworkOption) -> None:
    """新しい鍵に替える。前の鍵で封をした報告も、400日は開ける。"""
    settings = start()
    with opened(settings) as database, database.writing() as session:
        found = find_network(session, network)
        made, gone = rotate_keys(session, found.id, master_key(settings), system_clock())
    typer.echo(f"新しい鍵は {made.kid} です" + "".join(f"\n{kid} は消去しました" for kid in gone))


@keys.command("compromise")
def compromise(kid: str, network: NetworkOption) -> None:
    """鍵が漏れたかもしれないと記録し、使用中なら新しい鍵に替える。"""
    settings = start()
    with opened(settings) as database, database.writing() as session:
        found = find_network(session, network)
        try:
            made = note_compromise(session, found.id, kid, master_key(settings), system_clock())
        except NotFound:
            raise fail(f"「{kid}」という鍵はありません") from None
    replaced = f"。新しい鍵は {made.kid} です" if made else ""
    typer.echo(f"{kid} は漏れた可能性があると記録しました{replaced}")


@keys.command("rotate-push")
def rotate_push(network: NetworkOption) -> None:
    """通知の鍵を替える。端末は次に開いたとき新しい鍵で登録し直し、それまでは前の鍵で届く。"""
    settings = start()
    with opened(settings) as database, database.writing() as session:
        found = find_network(session, network)
        rotate_vapid_key(session, found.id, master_key(settings), system_clock())
    typer.echo("新しい通知の鍵を作りました")
