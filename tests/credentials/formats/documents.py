"""PDF documents written by hand, down to the last reference."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R %s >>"
EMPTY_PAGES = b"<< /Type /Pages /Kids [] /Count 0 >>"


def raw_pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A document of these objects, numbered from 1; the first is its catalogue."""
    parts, offsets = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], []
    for number, content in enumerate(objects, start=1):
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = sum(map(len, parts))
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return b"".join(
        [
            *parts,
            b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows),
            b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer),
            b"startxref\n%d\n%%%%EOF\n" % start,
        ]
    )


def stream(data: bytes, *, subtype: str = "application/json", packed: bool = True) -> bytes:
    """An embedded file as an object of a document."""
    content = zlib.compress(data) if packed else data
    kind = subtype.replace("/", "#2f")
    filters = b"/Filter /FlateDecode" if packed else b""
    head = f"<< /Type /EmbeddedFile /Subtype /{kind} /Length {len(content)} ".encode()
    return head + filters + b" >>\nstream\n" + content + b"\nendstream"


def pdf(
    *files: bytes | str,
    subtype: str = "application/json",
    links: Iterable[str] = (),
    associated: bool = True,
) -> bytes:
    """A document of one page with files attached under names, and perhaps links on the page."""
    first = 4
    datas = [file.encode() if isinstance(file, str) else file for file in files]
    names = b" ".join(b"(f%d) %d 0 R" % (n, first + 2 * n) for n in range(len(datas)))
    also = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(datas)))
    attached = []
    for n, data in enumerate(datas):
        specification = b"<< /Type /Filespec /F (f%d) /EF << /F %d 0 R /UF %d 0 R >> >>"
        attached += [
            specification % (n, first + 2 * n + 1, first + 2 * n + 1),
            stream(data, subtype=subtype),
        ]
    annotations = b" ".join(
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (%s) >> >>"
        % link.encode()
        for link in links
    )
    more = b"/Names << /EmbeddedFiles << /Names [%s] >> >>" % names
    return raw_pdf(
        CATALOGUE % (more + b" /AF [%s]" % also if associated else more),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Annots [%s] >>" % annotations,
        *attached,
    )


def modern_pdf(
    *objects: bytes,
    packed: Iterable[int] = (),
    predictor: int = 1,
    members: bytes = b"",
    table: bytes = b"/W [1 2 1]",
    holder_row: bytes = b"",
) -> bytes:
    """A document with its table in a stream, and the objects `packed` in a stream of objects.

    `holder_row` is what the table says of the latter, if that is not true.

    PDF 2.0 sections 7.5.7 and 7.5.8
    """
    inside = [number for number in range(1, len(objects) + 1) if number in set(packed)]
    holder, cross = len(objects) + 1, len(objects) + 2
    parts, rows = [b"%PDF-1.7\n"], {0: (0, 0, 255)}

    def add(number: int, content: bytes) -> None:
        rows[number] = (1, sum(map(len, parts)), 0)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))

    for number, content in enumerate(objects, start=1):
        if number not in inside:
            add(number, content)
    head, body = b"", b""
    for index, number in enumerate(inside):
        head += b"%d %d " % (number, len(body))
        body += objects[number - 1] + b" "
        rows[number] = (2, holder, index)
    kind = b"/Type /ObjStm /N %d /First %d" % (len(inside), len(head))
    add(holder, _packed(kind, head + body))
    rows[cross] = (1, start := sum(map(len, parts)), 0)
    entries = [
        bytes([k, *place.to_bytes(2, "big"), i]) for k, place, i in (rows[n] for n in sorted(rows))
    ]
    if holder_row:
        entries[holder] = holder_row
    if predictor > 1:
        members += b"/DecodeParms << /Predictor %d /Columns 4 >>" % predictor
        above = [bytes(4), *entries]
        entries = [
            b"\2" + bytes((a - b) & 255 for a, b in zip(row, last, strict=True))
            for row, last in zip(entries, above, strict=False)
        ]
    kind = b"/Type /XRef /Size %d /Root 1 0 R %s %s" % (len(rows), table, members)
    add(cross, _packed(kind, b"".join(entries)))
    return b"".join([*parts, b"startxref\n%d\n%%%%EOF\n" % start])


def _packed(members: bytes, data: bytes) -> bytes:
    content = zlib.compress(data)
    head = b"<< %s /Filter [/FlateDecode] /Length %d >>" % (members, len(content))
    return head + b"\nstream\r\n" + content + b"\nendstream"
