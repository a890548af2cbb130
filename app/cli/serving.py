"""Commands that run the product."""

from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from app.cli.terminal import fail, prepare, start
from app.demo.local_network import checked_address, own_address
from app.demo.serving import run_demo, run_lan_demo
from app.main import create_app
from app.memory import settle
from app.open_files import allow_many
from app.worker import run_worker

FINISH = 5
"""Seconds for what is under way when the server is told to stop."""

app = typer.Typer()


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65534, help="0 で空いている番号")] = 8000,
    data: Annotated[Path, typer.Option(help="新しいデータの置き場所")] = Path("data/demo"),
    lan: Annotated[
        bool, typer.Option("--lan", help="同じネットワークのスマートフォンで、https で試す")
    ] = False,
    address: Annotated[str, typer.Option(help="--lan の IPv4 の住所 例: 192.168.0.5")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="1行のJSONで案内する")] = False,
) -> None:
    """架空の青波市を作り、試せるようにする。"""
    settings = start().model_copy(update={"data_dir": data})
    if lan:
        found = checked_address(address) if address else own_address()
        run_lan_demo(settings, found, port, as_json)
    elif address:
        raise fail("--address は、--lan といっしょに使います")
    else:
        run_demo(settings, port, as_json)


@app.command()
def serve(port: int = 8000, host: str = "127.0.0.1") -> None:
    """1つのプロセスで全部を動かす(SQLite のときはこれ)。"""
    settings = start()
    prepare(settings)
    run(create_app(settings), host, port)


@app.command()
def web(port: int = 8000, host: str = "127.0.0.1") -> None:
    """画面だけを動かす(PostgreSQL で、いくつでも並べられる)。"""
    run(create_app(start(), with_worker=False), host, port)


def run(product: FastAPI, host: str, port: int) -> None:
    """A live screen never ends by itself, so it is cut off when the server is told to stop."""
    settle()
    allow_many()
    uvicorn.run(product, host=host, port=port, access_log=False, timeout_graceful_shutdown=FINISH)


@app.command()
def worker() -> None:
    """通知を送る役だけを動かす(いくつでも並べられる)。"""
    run_worker(start())


@app.command()
def migrate() -> None:
    """データベースを最新の形にする。"""
    prepare(start())
