"""Roster files made on the fly, in the formats city halls send."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

import xlsxwriter

Lines = Sequence[Sequence[object]]

HEADINGS: list[object] = [
    "区分",
    "業種",
    "団体名",
    "事業所・店舗名",
    "電話番号",
    "担当者",
    "委嘱日",
    "名札枚数",
]
_EVERYDAY: dict[str, object] = {
    "standing": "協力団体",
    "industry": "コンビニ",
    "organization": "マルミ",
    "workplace": "青波駅前店",
    "telephone": "0885-00-2001",
    "contact": "店長",
    "day": "R8.4.1",
    "badges": 6,
}


def line(**changed: object) -> list[object]:
    """An everyday line in the order of HEADINGS, with some cells changed."""
    return list((_EVERYDAY | changed).values())


LINE = line()


def roster(*lines: Sequence[object], merged: Sequence[tuple[int, int, int, object]] = ()) -> bytes:
    return xlsx({"名簿": [HEADINGS, *lines]}, merged=merged)


def xlsx(
    sheets: Mapping[str, Lines],
    merged: Sequence[tuple[int, int, int, object]] = (),
    hidden: Sequence[str] = (),
) -> bytes:
    """`merged` holds (first row, last row, column, value), from 0, for the first sheet."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "[$-411]ge.m.d"})
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for row, cells in enumerate(lines):
                for column, cell in enumerate(cells):
                    sheet.write(row, column, cell, day if isinstance(cell, date) else None)
        for first, last, column, value in merged:
            book.worksheets()[0].merge_range(first, column, last, column, value)
    return file.getvalue()


def comma_separated(lines: Lines) -> bytes:
    file = StringIO()
    csv.writer(file).writerows(lines)
    return file.getvalue().encode()


def ods(lines: Lines) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _CONTENT.format("".join(map(_ods_row, lines))))
    return file.getvalue()


def _ods_row(cells: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell: object) -> str:
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell}"'
    elif isinstance(cell, int):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST = f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"/>'
_CONTENT = (
    f'<office:document-content xmlns:office="{_OASIS}:office:1.0"'
    f' xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="名簿">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
