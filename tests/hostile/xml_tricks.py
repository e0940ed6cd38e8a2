"""What an attacker, or a broken writer, does to the XML of a document; for every format that is a ZIP of XML."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.hostile.bases import Parts
from tests.hostile.byte_tricks import mutate

_ATTRIBUTE = re.compile(rb'(\s[\w:]+)="([^"]*)"')
_TEXT = re.compile(rb">([^<>]+)<")
_TAG = re.compile(rb"</?[\w:]+")
_ELEMENT = re.compile(rb"<([\w:]+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\1>)")
_OPEN = re.compile(rb"<[\w:]+(?:\s[^<>?]*)?>")

EXTREMES = (
    "",
    "0",
    "-1",
    "1",
    "4294967296",
    "-2147483648",
    "99999999999999999999",
    "1e308",
    "NaN",
    "INF",
    "0x10",
    "1.5",
    " 1 ",
    "A0",
    "A1048577",
    "XFD1",
    "XFE1",
    "ZZZZZZ99999999",
    "A1:XFD1048576",
    "XFD1048576:A1",
    "A1:",
    ":",
    "\u0e51",
    "true",
    "../../../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "file:///etc/passwd",
    "http://127.0.0.1:9/x",
    "\\\\127.0.0.1\\share\\x",
    "s",
    "str",
    "e",
    "b",
    "d",
    "n",
    "rId1",
    "rId999",
    "External",
)
#: Texts of cells that harm where they are printed, put into a table or opened again.
TEXTS = (
    "=1+1",
    '=WEBSERVICE("http://127.0.0.1:9/")',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://127.0.0.1:9/","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\u202eevil\u202c",
    "\u2066x",
    "\u200b\u200b\u200b",
    "\ufeff",
    "\u0e48\u0e49\u0e4a",
    "\u0e4d\u0e32",
    "\ufffd",
    "_x0000_",
    "_x000D_",
    "_xD800_",
    "&#10;&#13;&#9;",
    "&#xFFFD;",
    "&amp;lt;script&amp;gt;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "' OR 1=1 //",
    "}) DETACH DELETE n //",
    "$param",
    "{{7*7}}",
    "%s%n",
    "../../x",
    "1e999",
    "-0",
    "0.1e-400",
    "1,500,00",
    "๑๒๓",
    "2567-13-45",
    "à¸\u0081à¸£",
    "a" * 33_000,
)
#: Bytes that XML must not have, or has in another sense than written.
ILLEGAL = (
    b"&#0;",
    b"&#x1;",
    b"&#xD800;",
    b"&#x110000;",
    b"&unknown;",
    b"&",
    b"<",
    b"]]>",
    b"\x00",
    b"\x1f",
    b"\xff",
    b"\xed\xa0\x80",
    b"<!--",
    b"<!-- -- -->",
    b"<![CDATA[",
    b"<![CDATA[x]]>",
    b"<?xml version='1.0'?>",
    b"<?php x ?>",
    b"</",
    b"<x:y>",
    b"\xef\xbb\xbf",
)

XmlTrick = Callable[[bytes, random.Random], bytes]


def _pick(pattern: re.Pattern[bytes], data: bytes, draw: random.Random) -> re.Match[bytes] | None:
    found = list(pattern.finditer(data))
    return draw.choice(found) if found else None


def _attribute(data: bytes, draw: random.Random) -> bytes:
    m = _pick(_ATTRIBUTE, data, draw)
    return data[: m.start(2)] + draw.choice(EXTREMES).encode() + data[m.end(2) :] if m else data


def _no_attribute(data: bytes, draw: random.Random) -> bytes:
    m = _pick(_ATTRIBUTE, data, draw)
    return data[: m.start()] + draw.choice((b"", m[0] * 2)) + data[m.end() :] if m else data


def _text(data: bytes, draw: random.Random) -> bytes:
    m = _pick(_TEXT, data, draw)
    said = draw.choice(draw.choice((TEXTS, EXTREMES))).encode()
    return data[: m.start(1)] + said + data[m.end(1) :] if m else data


def _illegal(data: bytes, draw: random.Random) -> bytes:
    m = _pick(_TEXT, data, draw)
    at = m.start(1) if m and draw.random() < 0.8 else draw.randrange(len(data) + 1)
    return data[:at] + draw.choice(ILLEGAL) + data[at:]


def _tag(data: bytes, draw: random.Random) -> bytes:
    m = _pick(_TAG, data, draw)
    return (
        data[: m.start()]
        + draw.choice((b"", b"<y", b"</y", m[0] + b"x", b"<x:" + m[0].lstrip(b"</")))
        + data[m.end() :]
        if m
        else data
    )


def _element(data: bytes, draw: random.Random) -> bytes:
    """An element is lost, repeated or put somewhere else."""
    m, other = _pick(_ELEMENT, data, draw), _pick(_OPEN, data, draw)
    if m is None or other is None:
        return data
    kind = draw.randrange(3)
    if kind == 0:
        return data[: m.start()] + data[m.end() :]
    if kind == 1:
        return data[: m.end()] + m[0] * draw.choice((1, 5, 300)) + data[m.end() :]
    return data[: other.end()] + m[0] + data[other.end() :]


def _nested(data: bytes, draw: random.Random) -> bytes:
    m = _pick(_OPEN, data, draw)
    if m is None or m[0].endswith(b"/>"):
        return data
    name = m[0][1:-1].split()[0]
    deep = draw.choice((2, 30, 300, 5_000))
    return (
        data[: m.end()]
        + (b"<%b>" % name) * deep
        + (b"</%b>" % name) * draw.choice((deep, deep, 0, deep + 1))
        + data[m.end() :]
    )


def _namespace(data: bytes, draw: random.Random) -> bytes:
    m = _pick(re.compile(rb'xmlns(?::\w+)?="[^"]*"'), data, draw)
    return (
        data[: m.start()] + draw.choice((b"", b'xmlns="urn:other"', b'xmlns:q="urn:q"')) + data[m.end() :]
        if m
        else data
    )


def _encoding(data: bytes, draw: random.Random) -> bytes:
    name = draw.choice((b"UTF-16", b"utf-7", b"cp874", b"windows-1252", b"ascii", b"none", b"UTF-32", b"EBCDIC-CP-US"))
    said = data.replace(b'encoding="UTF-8"', b'encoding="%b"' % name)
    return said.decode("utf-8", "replace").encode("utf-16") if draw.random() < 0.3 else said


def _bytes(data: bytes, draw: random.Random) -> bytes:
    return mutate(data, draw)[1] if data else data


_BOMB = (
    b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
_DOCTYPES = (
    _BOMB,
    b'<!DOCTYPE z [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE z [<!ENTITY j SYSTEM "http://127.0.0.1:9/x">]>',
    b'<!DOCTYPE z SYSTEM "http://127.0.0.1:9/x.dtd">',
    b'<!DOCTYPE z PUBLIC "-//x" "http://127.0.0.1:9/x.dtd" []>',
    b'<!DOCTYPE z [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
    b'<!DOCTYPE z [<!ENTITY j "' + b"x" * 60_000 + b'">]>',
    b'<!DOCTYPE z [<!ATTLIST worksheet x CDATA "y">]>',
)


def _doctype(data: bytes, draw: random.Random) -> bytes:
    """A document type with entities that grow, or that lie outside; used in a text."""
    head, _, rest = data.partition(b"?>\n")
    m = _pick(_TEXT, rest, draw)
    used = draw.choice((b"&j;", b"&j;" * 50))
    rest = rest[: m.start(1)] + used + rest[m.end(1) :] if m else rest
    return head + b"?>\n" + draw.choice(_DOCTYPES) + rest


XML_TRICKS: dict[str, XmlTrick] = {
    "extreme attribute": _attribute,
    "attribute lost or doubled": _no_attribute,
    "odd text": _text,
    "illegal bytes": _illegal,
    "tag changed": _tag,
    "element moved": _element,
    "deep nesting": _nested,
    "namespace": _namespace,
    "encoding": _encoding,
    "bytes of a part": _bytes,
    "document type": _doctype,
}


def mutate_part(parts: Parts, draw: random.Random) -> tuple[str, Parts]:
    """Some tricks on one or two parts of a document; the names of what was done."""
    changed, names = dict(parts), []
    for _ in range(draw.choice((1, 1, 2, 3))):
        part = draw.choice([name for name in changed if name.endswith((".xml", ".rels", ".vml"))])
        name = draw.choice(sorted(XML_TRICKS))
        changed[part] = XML_TRICKS[name](changed[part], draw)
        names.append(f"{name} in {part.rsplit('/', 1)[-1]}")
    if draw.random() < 0.08:
        lost = draw.choice(sorted(changed))
        del changed[lost]
        names.append(f"no {lost}")
    return " + ".join(names), changed
