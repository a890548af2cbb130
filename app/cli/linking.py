"""Commands about several networks on one server: which there are, and which work together."""

import json
from typing import Annotated, Any

import typer
from sqlmodel import Session, col, select

from app.cli.founding import networks
from app.cli.terminal import fail, find_network, opened, start
from app.clock import TOKYO, system_clock
from app.errors import DomainError
from app.links.commands import OPERATOR, end_link, link_networks
from app.links.queries import open_links
from app.links.rules import LinkKind
from app.networks.kinds import NetworkKind
from app.networks.models import Network

app = typer.Typer()
LONGEST_GROUND = 100
KINDS = {
    NetworkKind.MUNICIPALITY: "市町村",
    NetworkKind.WIDE_AREA: "広域",
    NetworkKind.PREFECTURE: "都道府県",
}
ROLES = {
    "center": "中心市",
    "around": "周りの市町村",
    "prefecture": "都道府県",
    "inside": "県内の市町村",
}


@networks.command("list")
def list_networks(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """このサーバーのネットワークと、そのつながりを並べる。"""
    with opened(start()) as database, database.reading() as session:
        rows = [
            told(session, one) for one in session.exec(select(Network).order_by(col(Network.slug)))
        ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        of = "・".join(row["municipalities"])
        name = row["municipality"] or "(はじめの設定がまだ)"
        typer.echo(f"{row['slug']} {name}{f'({of})' if of else ''} {KINDS[row['kind']]}")
        for link in row["links"]:
            typer.echo(f"  {ROLES[link['role']]}: {link['slug']}({link['since']}から)")


def told(session: Session, network: Network) -> dict[str, Any]:
    return {
        "slug": network.slug,
        "kind": network.kind,
        "municipality": network.municipality,
        "municipalities": network.municipalities,
        "name": network.name,
        "center_name": network.center_name,
        "center_tel": network.center_tel,
        "links": [
            {
                "slug": session.get_one(Network, link.peer_id).slug,
                "role": link.role_of_peer,
                "ground": link.ground,
                "since": f"{link.began_at.astimezone(TOKYO):%Y-%m-%d}",
            }
            for link in open_links(session, network.id)
        ],
    }


@networks.command("link")
def link(
    leading: Annotated[str, typer.Argument(help="中心市か都道府県の略号")],
    led: Annotated[str, typer.Argument(help="相手の市町村(広域)の略号")],
    kind: Annotated[LinkKind, typer.Option("--as", help="最初のネットワークが何か")],
    ground: Annotated[
        str, typer.Option(help="両方の合意の根拠 例: '広域連携の協定書 令和8年4月1日'")
    ],
) -> None:
    """両方が合意した後で、2つのネットワークをつなぐ。両方の「記録」と「設定」に出る。"""
    if not 1 <= len(ground.strip()) <= LONGEST_GROUND:
        raise fail("--ground に、合意の根拠を100字までで入れてください")
    with opened(start()) as database, database.writing() as session:
        first, second = find_network(session, leading), find_network(session, led)
        try:
            link_networks(session, first, second, kind, ground.strip(), system_clock())
        except DomainError as refused:
            raise fail(refused.message) from None
    typer.echo(f"{ROLES[kind]} {leading} と {led} をつなぎました")


@networks.command("unlink")
def unlink(
    one: Annotated[str, typer.Argument(help="片方の略号")],
    other: Annotated[str, typer.Argument(help="もう片方の略号")],
) -> None:
    """つながりを終える。すぐに、たがいに何も見えなくなる。"""
    with opened(start()) as database, database.writing() as session:
        first, second = find_network(session, one), find_network(session, other)
        found = [each for each in open_links(session, first.id) if each.peer_id == second.id]
        if not found:
            raise fail(f"{one} と {other} は、つながっていません")
        end_link(session, first.id, found[0].id, OPERATOR, system_clock())
    typer.echo(f"{one} と {other} のつながりを終えました")
