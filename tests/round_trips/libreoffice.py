"""A real LibreOffice without a screen: what a city hall does with our files, and sends us."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

XLSX, XLS, ODS = "xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods:calc8"
PDF = "pdf:writer_pdf_Export"
UTF8, CP932 = 76, 60
TEXT, JAPANESE = 2, 1041
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,{charset},1,,0,false,true,false,false,false,-1"


def csv_in(charset: int) -> str:
    """A file for each sheet, named `file-sheet.csv`; cells as they are shown."""
    return EVERY_SHEET.format(charset=charset)


def opened_as(charset: int, *, text_columns: int = 0) -> str:
    """How a CSV is read. The careless way: numbers and dates are guessed, formulas calculated.
    With `text_columns`, that many are said to hold text."""
    columns = "/".join(f"{place}/{TEXT}" for place in range(1, text_columns + 1))
    careless = "false" if text_columns else "true"
    return (
        f"CSV:44,34,{charset},1,{columns},{JAPANESE},"
        f"false,{careless},false,false,false,0,{careless}"
    )


@dataclass(frozen=True)
class LibreOffice:
    """`home`: the profile of one person, made at their first start."""

    home: Path

    def convert(self, files: Sequence[Path], to: str, into: Path, reading: str = "") -> list[Path]:
        """Many in one start, which takes seconds. Raises CalledProcessError, TimeoutExpired."""
        command = ["soffice", f"-env:UserInstallation={self.home.as_uri()}"]
        command += ["--headless", "--norestore", "--nologo"]
        command += [f"--infilter={reading}"] if reading else []
        command += ["--convert-to", to, "--outdir", str(into), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return sorted(into.iterdir())
