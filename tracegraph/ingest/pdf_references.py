"""Keep the references of a damaged or hostile PDF from leading in a circle.

An object that is nothing but a reference to itself (``4 0 obj 4 0 R endobj``), or two that name one another, keep
pdfminer in an endless loop wherever it resolves them.
"""

from __future__ import annotations

from typing import Any

_followed = False


def follow_references() -> None:
    """Make pdfminer follow a chain of references at once and call one that comes back to itself not there.

    For the process that reads files; calling it again changes nothing.
    """
    global _followed  # noqa: PLW0603 (pdfminer's class is changed once for the process)
    if _followed:
        return
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415 (the extra pdf)
    from pdfminer.pdfexceptions import PDFObjectNotFound  # noqa: PLC0415
    from pdfminer.pdftypes import PDFObjRef  # noqa: PLC0415

    get_object = PDFDocument.getobj

    def get_object_meant(document: Any, number: int) -> object:
        seen = {number}
        found = get_object(document, number)
        while isinstance(found, PDFObjRef):
            if found.objid in seen:
                raise PDFObjectNotFound(number)
            seen.add(found.objid)
            found = get_object(document, found.objid)
        return found

    setattr(PDFDocument, "getobj", get_object_meant)  # noqa: B010 (a method is replaced)
    _followed = True
