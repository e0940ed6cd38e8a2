"""Word documents for tests: the body's XML by hand, packed as Word packs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HEAD = (
    f'<w:document xmlns:w="{_W}" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">'
)


def run(text: str) -> str:
    """A run of text; line breaks as Word writes them."""
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr><w:b/><w:sz w:val='28'/></w:rPr>{parts}</w:r>"


def paragraph(text: str = "", inner: str = "", *, properties: str = "") -> str:
    """A paragraph of text and then any other markup."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inner}</w:p>"


def cell(text: str = "", *, span: int = 1, merge: str = "", inner: str = "") -> str:
    """A cell; ``merge`` is ``restart`` or ``continue`` for a cell merged downwards."""
    marks = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    marks += f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>" if merge else ""
    content = inner or "".join(paragraph(line) for line in text.split("\n\n"))
    return f"<w:tc><w:tcPr><w:tcW w:w='1'/>{marks}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells made by ``cell``; plain texts are made cells."""
    made = (text if text.startswith("<w:tc>") else cell(text) for text in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows made by ``row``."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def text_box(*lines: str) -> str:
    """A run with a text box, once for new programs and once for old ones, as Word writes it."""
    content = f"<w:txbxContent>{''.join(paragraph(line) for line in lines)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>{content}</wps:txbx>"
        "</wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def write_docx(
    path: Path,
    *blocks: str,
    comments: Sequence[tuple[str, str]] = (),
    numbering: str = "",
    styles: str = "",
    main_type: str = _MAIN,
    before_root: str = "",
) -> Path:
    """A document of paragraphs and tables; ``comments`` are (id, text)."""
    parts = {"comments": "", "numbering": numbering, "styles": styles}
    if comments:
        entries = "".join(f'<w:comment w:id="{number}">{paragraph(text)}</w:comment>' for number, text in comments)
        parts["comments"] = f'<w:comments xmlns:w="{_W}">{entries}</w:comments>'
    for name in ("numbering", "styles"):
        if parts[name]:
            parts[name] = f'<w:{name} xmlns:w="{_W}">{parts[name]}</w:{name}>'
    there = {name: content for name, content in parts.items() if content}
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{_REL}/{name}" Target="{name}.xml"/>' for at, name in enumerate(there)
    )
    body = f"{before_root}{_HEAD}<w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types><Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_REL}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'
        )
        archive.writestr("word/document.xml", body)
        for name, content in there.items():
            archive.writestr(f"word/{name}.xml", content)
    return path
