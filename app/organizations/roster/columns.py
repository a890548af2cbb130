"""The header row: which column of the file says what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.organizations.roster.cells import Cell, folded, plain
from app.organizations.roster.entries import Column

REQUIRED = {"industry": "業種", "organization": "団体名"}

_SPELLINGS = {
    "standing": "区分 構成区分 参加区分 会員区分 種別",
    "industry": "業種 業種区分 業態",
    "organization": "団体名 団体 団体名称 組織名 組織 名称 機関名 機関団体名 団体機関名 企業名"
    " 会社名 法人名 事業者名 団体事業者名 団体事業所名 構成員名 構成団体名 協力団体名",
    "organization_kana": "ふりがな フリガナ かな カナ よみがな ヨミガナ よみ 読み 読み仮名"
    " 団体名ふりがな 団体名フリガナ 団体名かな 団体名カナ",
    "workplace": "事業所店舗名 事業所 事業所名 店舗 店舗名 店舗名称 店名 支店 支店名 支店店舗名"
    " 事業所名店舗名 営業所 営業所名 部署 部署名",
    "address": "所在地 住所",
    "telephone": "電話 電話番号 連絡先 連絡先電話番号 tel",
    "contact": "担当者 担当者名 担当者氏名 担当 責任者 責任者名 氏名",
    "email": "メールアドレス メール 電子メール eメール email mail",
    "commissioned_on": "委嘱日 委嘱年月日 登録日 登録年月日 加入日 参加日",
    "badges": "名札枚数 枚数 名札 名札数 必要枚数 配布枚数 発行枚数",
    "note": "備考 備考欄 摘要 メモ",
}
_FIELDS = {spelling: field for field, all_ in _SPELLINGS.items() for spelling in all_.split()}
_SCANNED_LINES = 50
_FEWEST_COLUMNS = 3
_LONGEST_HEADING = 60
_BRACKETED = re.compile(r"(?<=.)\(.*?\)")
_SEPARATORS = re.compile(r"[・/\-.,、※*]")


@dataclass(frozen=True)
class Header:
    """`line` counts from 1; `columns` from 0; `headings` are spelled as in the file."""

    line: int
    columns: dict[str, int]
    headings: dict[str, str]

    @property
    def missing(self) -> list[str]:
        return [heading for field, heading in REQUIRED.items() if field not in self.columns]

    @property
    def rank(self) -> tuple[int, int]:
        """The higher, the more this looks like a roster's header."""
        return -len(self.missing), len(self.columns)


def find_header(rows: Sequence[Sequence[Cell]]) -> Header | None:
    """The line that names the most columns, the upper one of equals; None when none names three."""
    return max(_candidates(rows), key=lambda header: header.rank, default=None)


def told_columns(header: Header, cells: Sequence[Cell]) -> Iterator[Column]:
    """The header's columns from left to right, also those that nobody reads."""
    fields = {column: field for field, column in header.columns.items()}
    for column, cell in enumerate(cells):
        if heading := plain(cell):
            yield Column(_letters(column), heading[:_LONGEST_HEADING], fields.get(column, ""))


def _letters(column: int) -> str:
    """0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _candidates(rows: Sequence[Sequence[Cell]]) -> Iterator[Header]:
    for line, cells in enumerate(rows[:_SCANNED_LINES], start=1):
        header = _header(line, cells)
        if len(header.columns) >= _FEWEST_COLUMNS:
            yield header


def _header(line: int, cells: Sequence[Cell]) -> Header:
    columns: dict[str, int] = {}
    for column, cell in enumerate(cells):
        field = _FIELDS.get(_spelling(cell))
        if field:
            columns.setdefault(field, column)
    headings = {field: plain(cells[column]) for field, column in columns.items()}
    return Header(line, columns, headings)


def _spelling(cell: Cell) -> str:
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADING:
        return ""
    return _SEPARATORS.sub("", _BRACKETED.sub("", folded(cell).lower()))
