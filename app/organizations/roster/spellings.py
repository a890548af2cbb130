"""What clerks write for a standing or an industry, and which one it means."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from app.organizations.roster.cells import Cell, Doubt, folded, is_blank, plain, quoted
from app.organizations.rules import Industry, Standing

Listed = TypeVar("Listed", Standing, Industry)

_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_STANDINGS = {standing.label: standing for standing in Standing} | {
    "構成団体": Standing.MEMBER,
    "消費生活協力団体": Standing.PARTNER,
    "消費生活協力員": Standing.VOLUNTEER,
}

_INDUSTRIES = {industry.label: industry for industry in Industry} | {
    "コンビニエンスストア": Industry.CONVENI,
    "金融": Industry.FINANCE,
    "金融業": Industry.FINANCE,
    "銀行": Industry.FINANCE,
    "信用金庫": Industry.FINANCE,
    "信用組合": Industry.FINANCE,
    "郵便": Industry.POST,
    "郵送業": Industry.POST,
    "宅配": Industry.DELIVERY,
    "運送": Industry.DELIVERY,
    "運送業": Industry.DELIVERY,
    "運輸": Industry.DELIVERY,
    "保険業": Industry.INSURANCE,
    "生命保険": Industry.INSURANCE,
    "損害保険": Industry.INSURANCE,
    "スーパー": Industry.RETAIL,
    "スーパーマーケット": Industry.RETAIL,
    "生協": Industry.RETAIL,
    "小売": Industry.RETAIL,
    "小売業": Industry.RETAIL,
    "総合小売業": Industry.RETAIL,
    "新聞販売": Industry.NEWSPAPER,
    "新聞販売店": Industry.NEWSPAPER,
    "福祉": Industry.OTHER,
    "警察": Industry.OTHER,
    "行政": Industry.OTHER,
}


def standing(cell: Cell) -> Standing | None:
    """None for a blank cell."""
    if is_blank(folded(cell)):
        return None
    return _listed(cell, _STANDINGS)


def industry(cell: Cell) -> Industry:
    return _listed(cell, _INDUSTRIES)


def _listed(cell: Cell, known: Mapping[str, Listed]) -> Listed:
    written = folded(cell)
    if is_blank(written):
        raise Doubt("がありません")
    if written not in known:
        raise Doubt(f"{quoted(plain(cell))}は一覧にありません({_suggestion(written, known)})")
    return known[written]


def _suggestion(written: str, known: Mapping[str, Standing | Industry]) -> str:
    """The nearest spelling, else every name there is."""
    in_katakana = {one.translate(_KATAKANA): one for one in known}
    if nearest := get_close_matches(written.translate(_KATAKANA), in_katakana, n=1):
        return f"{in_katakana[nearest[0]]} ですか?"
    names = dict.fromkeys(one.label for one in known.values())
    return f"{'、'.join(names)} のどれかにしてください"
