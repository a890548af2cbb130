"""The letter to a workplace whose worker doesn't hear us. Useful without its link; names nobody."""

from datetime import datetime

from sqlmodel import Session

from app.badges.queries import BadgeHolder
from app.deliveries.letters import send_letter
from app.instructions.models import Instruction
from app.reports.models import Report

SUBJECT = "【{network}】対応のお願いが届いていません(受付番号 {no})"
BODY = """{place} 御中

{center}です。いつも見守りにご協力くださり、ありがとうございます。

こちらの職場からの報告(受付番号 {no})に対応のお願いを送りましたが、
報告した方のスマートフォンで、まだ開かれていません。

1 報告した方に、「つなぐ名札を開いて、お願いを見てください」とお伝えください。
2 その方がいないときは、センターに電話してください。
  {center} {tel}
  「{no} の件」と言えば通じます。
{urgent}
報告に使ったスマートフォンでは、ここからも開けます。
{link}

このメールは自動で送っています。返信は届きません。
"""
URGENT = """
※ 急ぎのお願いです。お金が動きそうなとき、危ないときは、待たずに110番してください。
"""


def write_to_workplace(
    session: Session,
    holder: BadgeHolder,
    report: Report,
    instruction: Instruction,
    *,
    urgent: bool,
    now: datetime,
) -> bool:
    """False where no letter will reach them: the roster knows no address, or nobody took it."""
    workplace, network = holder.workplace, holder.network
    if not workplace.email:
        return False
    words = {
        "network": network.municipality,
        "place": holder.place,
        "center": network.center_name,
        "tel": network.center_tel,
        "no": report.receipt_no,
        "urgent": URGENT if urgent else "",
        "link": "{base_url}" + f"/reports/{report.id}",
    }
    letter = send_letter(
        session,
        network.id,
        message_id=instruction.id,
        workplace_id=workplace.id,
        address=workplace.email,
        subject=SUBJECT.format(**words),
        body=BODY.format(**words),
        now=now,
    )
    return letter.failed_at is None
