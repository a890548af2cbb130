"""The sheets of a file, whatever program wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.organizations.roster.archives import is_encrypted, is_too_large
from app.organizations.roster.cells import Cell
from app.organizations.roster.comma_separated import comma_separated_rows
from app.organizations.roster.entries import RosterUnreadable
from app.organizations.roster.locks import is_locked

_ZIP, _COMPOUND_FILE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_CELLS_AT_MOST = 1_000_000


@dataclass(frozen=True)
class Sheet:
    """Rows from the first line of the sheet on; a merged cell's value stands in all its lines.

    `under_merged` holds (row, column), from 0, of the cells that got their value from above.
    """

    name: str
    rows: list[list[Cell]]
    under_merged: frozenset[tuple[int, int]] = frozenset()


def read_sheets(content: bytes, filename: str) -> list[Sheet]:
    """Every visible sheet of an xlsx, xls or ods workbook, or the one of a csv.

    Raises RosterUnreadable when the content is none of these, locked, or too large.
    """
    if not content:
        raise RosterUnreadable(f"「{filename}」は空のファイルです。")
    if not content.startswith((_ZIP, _COMPOUND_FILE)):
        return [Sheet("", comma_separated_rows(content, filename))]
    if content.startswith(_ZIP) and is_too_large(content):
        raise RosterUnreadable(
            f"「{filename}」の中身が大きすぎます。"
            "名簿のシートだけを新しいファイルに写して、保存し直してください。"
        )
    is_compound = content.startswith(_COMPOUND_FILE)
    if is_locked(content) if is_compound else is_encrypted(content):
        raise RosterUnreadable(
            f"「{filename}」にはパスワードがかかっています。"
            "Excelで開き、パスワードを外して保存してから、もう一度選んでください。"
        )
    return _workbook_sheets(content, filename)


def _workbook_sheets(content: bytes, filename: str) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            return list(_visible(workbook))
    except CalamineError as error:
        raise RosterUnreadable(
            f"「{filename}」を開けません。"
            "こわれているか、パスワードがかかっているか、表計算のファイルではありません。"
            "Excel(xlsx・xls)、ODS、CSVのどれかで保存し直してください。"
        ) from error


def _visible(workbook: CalamineWorkbook) -> Iterator[Sheet]:
    for about in workbook.sheets_metadata:
        is_table = about.typ == SheetTypeEnum.WorkSheet
        if is_table and about.visible == SheetVisibleEnum.Visible:
            yield _sheet(workbook.get_sheet_by_name(about.name))


def _sheet(source: CalamineSheet) -> Sheet:
    if source.total_height * source.total_width > _CELLS_AT_MOST:
        raise RosterUnreadable(
            f"「{source.name}」シートの表が大きすぎます。"
            "名簿から離れた行や列に書かれたものを消して、保存し直してください。"
        )
    rows: list[list[Cell]] = [*source.to_python(skip_empty_area=False)]
    return Sheet(source.name, rows, _fill_merged(rows, source.merged_cell_ranges or []))


def _fill_merged(
    rows: list[list[Cell]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]
) -> frozenset[tuple[int, int]]:
    filled = set()
    for (top, column), (bottom, _) in ranges:
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if column < len(rows[row]):
                rows[row][column] = rows[top][column]
                filled.add((row, column))
    return frozenset(filled)
