"""Whether what was sent is a PDF that everybody can open: looked at in a process of its own."""

from typing import Any

import pypdfium2
from pypdfium2 import raw

from app.bylaws.rules import MOST_PAGES
from app.confinement import answer_here, ask_confined, question_here
from app.errors import N_, Invalid

NOT_ENCRYPTED = -1
BEGINNING = b"%PDF-"
REFUSALS = {
    "none": N_("PDFのファイルを選んでください。WordやExcelは、PDFで保存してから選びます。"),
    "broken": N_("このPDFは、こわれているか大きすぎるため、開けません。作り直してください。"),
    "locked": N_("このPDFには、パスワードか制限がかかっています。外して保存し直してください。"),
    "active": N_(
        "このPDFには、プログラムか添付ファイルが入っています。印刷用のPDFにしてください。"
    ),
    "long": N_("このPDFは長すぎます。300ページまでにしてください。"),
}


def pages_of(content: bytes) -> int:
    """How many. Raises Invalid for what isn't a plain PDF."""
    if not content.startswith(BEGINNING):
        raise Invalid(REFUSALS["none"])
    answer = ask_confined(__name__, content) or {"refusal": "broken"}
    if "refusal" in answer:
        raise Invalid(REFUSALS[answer["refusal"]])
    return int(answer["pages"])


def looked_at(content: bytes) -> dict[str, Any]:
    """Its pages, or the name of what is wrong with it."""
    try:
        document = pypdfium2.PdfDocument(content)
        refusal = _refusal(document)
        return {"refusal": refusal} if refusal else {"pages": len(document)}
    except pypdfium2.PdfiumError:
        is_locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        return {"refusal": "locked" if is_locked else "broken"}


def _refusal(document: pypdfium2.PdfDocument) -> str:
    if raw.FPDF_GetSecurityHandlerRevision(document) != NOT_ENCRYPTED:
        return "locked"
    if raw.FPDFDoc_GetJavaScriptActionCount(document) or raw.FPDFDoc_GetAttachmentCount(document):
        return "active"
    if len(document) > MOST_PAGES:
        return "long"
    if not len(document):
        return "broken"
    document[0].get_size()
    return ""


if __name__ == "__main__":
    answer_here(looked_at(question_here()))
