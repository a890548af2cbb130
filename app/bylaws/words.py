"""What kinds of 決まり and ways of telling are called on the screen."""

from app.bylaws.rules import BylawKind, Way
from app.errors import N_

KINDS = {
    BylawKind.CHARTER: N_("要綱"),
    BylawKind.INFORMATION: N_("情報管理の決まり"),
    BylawKind.FLOW: N_("情報共有フロー"),
}
WAYS = {
    Way.MEETING: N_("会議で説明した"),
    Way.PAPER: N_("紙で受け取った"),
    Way.MAIL: N_("メールで返事があった"),
    Way.PHONE: N_("電話で聞いた"),
    Way.VISIT: N_("訪問して説明した"),
}
