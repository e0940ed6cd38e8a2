"""PDF files with broken tables of places, loops, absurd counts, bombs and things that would run or fetch."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable

from tests.hostile.bases import build_pdf, pdf_objects, pdf_page
from tests.hostile.byte_tricks import mutate

PdfTrick = Callable[[random.Random], bytes]
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"3",
    b"99",
    b"2147483647",
    b"99999999999999999999",
    b"1e9",
    b"x",
    b"",
    b"null",
    b"[]",
    b"<<>>",
    b"0.1",
)
_NUMBER = re.compile(rb"(?<![\d.])\d+(?![\d.])")


def _places(draw: random.Random) -> bytes:
    """The table of places, its beginning or its size is wrong."""
    data = build_pdf(pdf_objects())
    kind = draw.randrange(5)
    if kind == 0:
        return re.sub(rb"startxref\n\d+", b"startxref\n" + draw.choice(NUMBERS), data)
    if kind == 1:
        return re.sub(rb"\d{10} 00000 n", lambda m: b"%010d 00000 n" % draw.randrange(3_000), data)
    if kind == 2:
        return re.sub(rb"/Size \d+", b"/Size " + draw.choice(NUMBERS), data)
    if kind == 3:
        return data[: data.rfind(b"xref\n0")] + draw.choice((b"", b"xref\n0 99999999\n", b"xref\n-1 5\n", b"trailer\n"))
    return re.sub(rb"xref\n0 \d+", b"xref\n0 " + draw.choice(NUMBERS), data)


def _number(draw: random.Random) -> bytes:
    """Any number of the file becomes another: counts, references, lengths, boxes."""
    data = build_pdf(pdf_objects())
    for _ in range(draw.choice((1, 2, 5))):
        m = draw.choice(list(_NUMBER.finditer(data)))
        data = data[: m.start()] + draw.choice(NUMBERS) + data[m.end() :]
    return data


def _loops(draw: random.Random) -> bytes:
    objects = pdf_objects()
    kind = draw.randrange(7)
    if kind == 0:
        objects[2] = b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 3 >>"
    elif kind == 1:
        objects[2] = b"<< /Type /Pages /Kids [6 0 R] /Count 1 /Parent 6 0 R >>"
        objects[6] = b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"
    elif kind == 2:
        objects[4] = b"4 0 R"
    elif kind == 3:
        objects[4] = b"<< /Length 4 0 R >>\nstream\nx\nendstream"
    elif kind == 4:
        objects[5] = b"5 0 R"
    elif kind == 5:
        objects[3] = objects[3].replace(b"4 0 R", b"[4 0 R 3 0 R 6 0 R]")
        objects[6] = b"[6 0 R 6 0 R]"
    else:
        return build_pdf(objects, trailer=b"/Prev %d" % draw.choice((0, 15, 700))).replace(
            b"startxref\n", b"startxref\n"
        )
    return build_pdf(objects)


def _pages(draw: random.Random) -> bytes:
    """Very many pages, or a count of pages that are not there."""
    objects = pdf_objects()
    if draw.random() < 0.5:
        objects[2] = b"<< /Type /Pages /Kids [3 0 R] /Count %b >>" % draw.choice(NUMBERS)
    else:
        objects[2] = b"<< /Type /Pages /Kids [%b] /Count 9 >>" % (b"3 0 R " * draw.choice((3, 40)))
    return build_pdf(objects)


def _fonts(draw: random.Random) -> bytes:
    objects = pdf_objects()
    objects[5] = draw.choice(
        (
            b"null",
            b"<< >>",
            b"<< /Type /Font >>",
            b"<< /Type /Font /Subtype /Type3 /CharProcs << /a 4 0 R >> >>",
            b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
            b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /../../../../etc/passwd "
            b"/DescendantFonts [<< /Subtype /CIDFontType2 >>] >>",
            b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar -5 /LastChar 999999 /Widths [1 2] "
            b"/Encoding << /Differences [0 /x -1 /y] >> >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FontDescriptor << /FontFile 4 0 R >> >>",
        )
    )
    return build_pdf(objects)


def _locked(draw: random.Random) -> bytes:
    said = draw.choice(
        (
            b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P -4 >> /ID [<00><00>]"
            % (b"41" * 32, b"42" * 32),
            b"/Encrypt << /Filter /Standard /V 99 >> /ID [<00><00>]",
            b"/Encrypt 4 0 R",
            b"/Encrypt << /Filter /X >>",
            b"/Encrypt null",
            b"/Encrypt << /Filter /Standard /V 5 /R 6 /O () /U () /P 0 >> /ID []",
        )
    )
    return build_pdf(pdf_objects(), trailer=said)


def _stream(body: bytes, filters: bytes, more: bytes = b"") -> dict[int, bytes]:
    objects = pdf_objects()
    objects[4] = b"<< /Length %d /Filter %b %b >>\nstream\n%b\nendstream" % (len(body), filters, more, body)
    return objects


def _packed(draw: random.Random) -> bytes:
    """Streams that unpack to much, to nothing or with absurd parameters."""
    page = pdf_page()
    body, filters = draw.choice(
        (
            (zlib.compress(b"0 " * draw.choice((50_000, 250_000))), b"/FlateDecode"),
            (zlib.compress(zlib.compress(b"\0" * 1_000_000)), b"[/FlateDecode /FlateDecode]"),
            (zlib.compress(page)[:-9], b"/FlateDecode"),
            (
                draw.randbytes(400),
                draw.choice(
                    (
                        b"/LZWDecode",
                        b"/ASCII85Decode",
                        b"/RunLengthDecode",
                        b"/CCITTFaxDecode",
                        b"/DCTDecode",
                        b"/JBIG2Decode",
                    )
                ),
            ),
            (page, b"[" + b"/ASCIIHexDecode " * draw.choice((1, 60)) + b"]"),
            (zlib.compress(page), b"[/FlateDecode]"),
        )
    )
    more = draw.choice(
        (b"", b"/DecodeParms << /Predictor 12 /Columns 999999999 >>", b"/DecodeParms << /Predictor 2 /Colors -1 >>")
    )
    return build_pdf(_stream(body, filters, more))


def _content(draw: random.Random) -> bytes:
    """Drawing operators without end, without beginning, or with absurd numbers."""
    content = draw.choice(
        (
            b"q " * draw.choice((9, 20_000)) + pdf_page(),
            b"Q " * 3_000,
            b"[" * draw.choice((9, 900, 20_000)),
            b"<<" * 900,
            b"(" * 9_000,
            b"BT /F1 1e30 Tf 1e30 1e30 Td (x) Tj ET",
            b"BT /F1 10 Tf (" + b"a" * 60_000 + b") Tj ET",
            b"0 0 m " + b"9 9 l " * 9_000 + b"S",
            b"BI /W 99999 /H 99999 /BPC 8 ID x EI",
            b"/F9 12 Tf (x) Tj " + pdf_page(),
            pdf_page([("x",) * 40] * 60),
            b"1e400 0 0 1e400 0 0 cm " + pdf_page(),
            b"nan nan re f " + pdf_page(),
            b"/X Do " * 300,
            b"BT (\xff\xfe\x00) Tj " * 30,
        )
    )
    return build_pdf(pdf_objects(content))


def _acting(draw: random.Random) -> bytes:
    """Actions that would run or fetch something."""
    said = draw.choice(
        (
            b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:9')) >>",
            b"/OpenAction << /S /Launch /F (/bin/sh) >>",
            b"/AA << /O << /S /URI /URI (http://127.0.0.1:9/) >> >>",
            b"/Names << /EmbeddedFiles << /Names [(x) << /F (../../x) /EF << /F 4 0 R >> >>] >> >>",
            b"/AcroForm << /XFA 4 0 R >>",
            b"/OpenAction << /S /GoToR /F (\\\\\\\\127.0.0.1\\\\x) >>",
        )
    )
    objects = pdf_objects()
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R %b >>" % said
    if draw.random() < 0.4:
        objects[4] = b"<< /Length 3 /F << /FS /URL /F (http://127.0.0.1:9/x) >> >>\nstream\nabc\nendstream"
    return build_pdf(objects)


def _objects(draw: random.Random) -> bytes:
    """An object is lost or is something else."""
    objects = pdf_objects()
    number = draw.choice(sorted(objects))
    odd = (
        b"null",
        b"[]",
        b"<<>>",
        b"(x)",
        b"true",
        b"1",
        b"<<",
        b"[" * 600,
        b"<< /A " * 600,
        b"/" + b"n" * 9_000,
        b"stream\n",
        b"9 9 R",
        b"",
    )
    objects[number] = draw.choice(odd)
    if draw.random() < 0.3:
        objects[draw.choice((0, 70, 3_000))] = draw.choice(odd)
    return build_pdf(objects)


def _bytes(draw: random.Random) -> bytes:
    return mutate(build_pdf(pdf_objects()), draw)[1]


def _box(draw: random.Random) -> bytes:
    box = draw.choice(
        (
            b"[]",
            b"[0 0 0 0]",
            b"[0 0 1e9 1e9]",
            b"[0 0 -5 -5]",
            b"[x y z]",
            b"3 0 R",
            b"[0 0 595]",
            b"null",
            b"[0 0 (a) /b]",
        )
    )
    objects = pdf_objects()
    objects[3] = objects[3].replace(
        b"[0 0 595 842]", box + b" /Rotate %b /UserUnit %b" % (draw.choice(NUMBERS), draw.choice(NUMBERS))
    )
    return build_pdf(objects)


PDF_TRICKS: dict[str, PdfTrick] = {
    "places": _places,
    "numbers": _number,
    "loops": _loops,
    "pages": _pages,
    "fonts": _fonts,
    "locked": _locked,
    "packed": _packed,
    "content": _content,
    "actions": _acting,
    "objects": _objects,
    "bytes": _bytes,
    "boxes": _box,
}


def mutate_pdf(draw: random.Random) -> tuple[str, bytes]:
    """One trick with a PDF file."""
    name = draw.choice(sorted(PDF_TRICKS))
    return name, PDF_TRICKS[name](draw)
