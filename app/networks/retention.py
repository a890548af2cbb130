"""保存期間: how long a network keeps what, in days. A municipality's rules may differ from ours,
within bounds: what statistics and the law need isn't lost early, nor kept for nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.clock import TOKYO
from app.errors import N_, Invalid
from app.networks.models import Network

RUN = "retention.run"
AT = time(3, 30)


@dataclass(frozen=True)
class Kind:
    """`ending`: what happens to it then, in the words of the screen."""

    code: str
    name: str
    ending: str
    days: int
    least: int
    most: int


KINDS = (
    Kind(
        "note",
        N_("ひとこと"),
        N_("完了した報告から、ひとことだけを消します。"),
        365,
        30,
        1095,
    ),
    Kind(
        "disclosure",
        N_("求めて届いた個人情報"),
        N_("報告の完了から数えて、届いた内容を消します。"),
        90,
        7,
        365,
    ),
    Kind(
        "transcribed",
        N_("転記済みの個人情報"),
        N_("転記済みにした日から数えて、届いた内容を消します。"),
        7,
        1,
        30,
    ),
    Kind(
        "report",
        N_("報告と指示"),
        N_("完了した報告と指示を消し、だれのものか分からない集計用の数字だけを残します。"),
        1095,
        365,
        3650,
    ),
    Kind(
        "message",
        N_("通知とその受領"),
        N_("いつどの端末に届いたかの記録を消します。"),
        1095,
        365,
        3650,
    ),
    Kind(
        "subscription",
        N_("端末の通知の登録"),
        N_("使われていない登録を消します。端末でもう一度登録できます。"),
        180,
        60,
        730,
    ),
    Kind(
        "sign_in",
        N_("サインインの記録"),
        N_("終わったサインインと、失敗の記録を消します。"),
        365,
        90,
        1825,
    ),
    Kind(
        "agreement",
        N_("お約束の確認・過ぎた任期"),
        N_("名札を止めた日、団体が終了した日から数えて、消します。"),
        # Five years with two leap days: never a day less than five years.
        1827,
        365,
        3650,
    ),
    Kind(
        "audit",
        N_("操作の記録(監査)"),
        N_("古い順に消し、消したことを記録につなぎます。"),
        1825,
        1825,
        3650,
    ),
)
BY_CODE = {kind.code: kind for kind in KINDS}
OF_DISCLOSURES = ("disclosure", "transcribed")


def kinds_of(network: Network) -> list[Kind]:
    """Those that a network has: where personal data is switched off, there is none to be kept."""
    return [one for one in KINDS if network.personal_data or one.code not in OF_DISCLOSURES]


def days_of(changed: Mapping[str, int]) -> dict[str, int]:
    """How long each kind is kept; `changed` holds only what differs from the usual."""
    return {kind.code: changed.get(kind.code, kind.days) for kind in KINDS}


def differing(days: Mapping[str, int]) -> dict[str, int]:
    """What has to be kept of these wishes. Raises Invalid beyond a bound, or where a note would
    be kept longer than its report."""
    for kind in KINDS:
        if not kind.least <= days[kind.code] <= kind.most:
            raise OutOfBounds(kind)
    if days["note"] > days["report"]:
        raise NoteOutlives(BY_CODE["note"])
    return {kind.code: days[kind.code] for kind in KINDS if days[kind.code] != kind.days}


def shown_days(network: Network) -> dict[str, str]:
    return {code: str(days) for code, days in days_of(network.retention).items()}


def read_days(typed: Mapping[str, str]) -> dict[str, int]:
    """What differs, of numbers as people type them, full width too. Raises Invalid as `differing`;
    what is no number is beyond every bound."""
    texts = {kind.code: typed.get(kind.code, "") for kind in KINDS}
    return differing({code: int(text) if text.isdecimal() else -1 for code, text in texts.items()})


class Refused(Invalid):
    """`kind`: the field that it is about."""

    def __init__(self, kind: Kind, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.kind = kind


class OutOfBounds(Refused):
    def __init__(self, kind: Kind) -> None:
        message = N_("%(least)s日から%(most)s日までの数字を入れてください。")
        super().__init__(kind, message, least=kind.least, most=kind.most)


class NoteOutlives(Refused):
    def __init__(self, kind: Kind) -> None:
        super().__init__(kind, N_("ひとことは、報告より長くは残せません。"))


def next_run(now: datetime) -> datetime:
    """The next night, at half past three in Asia/Tokyo."""
    local = now.astimezone(TOKYO)
    tonight = datetime.combine(local.date(), AT, TOKYO)
    return tonight if tonight > local else tonight + timedelta(days=1)
