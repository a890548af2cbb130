"""CSV as Excel writes it: UTF-8, CP932, or tab-separated UTF-16."""

import codecs
import csv
from io import StringIO

from app.organizations.roster.cells import Cell
from app.organizations.roster.entries import RosterUnreadable

ENCODINGS = ("utf-16", "utf-8-sig", "cp932")


def comma_separated_rows(content: bytes, filename: str) -> list[list[Cell]]:
    """Raises RosterUnreadable when the content is not text in one of these."""
    text = _decoded(content)
    if text is None or "\0" in text:
        raise RosterUnreadable(
            f"「{filename}」は、名簿として読める形式ではありません。"
            "Excel(xlsx・xls)、ODS、CSVのどれかで保存し直してください。"
        )
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    try:
        return [list(row) for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise RosterUnreadable(
            f"「{filename}」の列の区切りが読み取れません。ExcelでCSVに保存し直してください。"
        ) from error


def _decoded(content: bytes) -> str | None:
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ENCODINGS[:1] if is_utf16 else ENCODINGS[1:]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
