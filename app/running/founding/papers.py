"""立ち上げの書類: drafts with the network's own names in them, and who writes each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.clock import TOKYO
from app.errors import N_
from app.networks.models import Network
from app.printing.documents import Document
from app.running.founding.charter import charter
from app.running.founding.explanation import explanation
from app.running.founding.letters import application, commission
from app.web.times import era_day

Write = Callable[[Network, str], Document]


@dataclass(frozen=True)
class Paper:
    """`write` takes the network and today's date as it is written."""

    code: str
    name: str
    purpose: str
    write: Write


PAPERS = {
    paper.code: paper
    for paper in (
        Paper(
            "charter",
            N_("設置要綱の案"),
            N_("会を置くときの決まり。条文は、法務・要綱の担当で確かめます。"),
            charter,
        ),
        Paper(
            "explanation",
            N_("団体への説明"),
            N_("何をするものか、1分でできること、聞かないこと、だれが何を見るか。"),
            explanation,
        ),
        Paper("application", N_("加入届"), N_("団体に書いてもらう用紙。"), application),
        Paper(
            "commission",
            N_("委嘱状"),
            N_("協力団体・協力員に渡す用紙。日付と名前は書き入れます。"),
            commission,
        ),
    )
}


def written(paper: Paper, network: Network, now: datetime) -> Document:
    return paper.write(network, era_day(now.astimezone(TOKYO).date()))
