"""PDF documents, signed and forged, written revision by revision. Source: ISO 32000-1 sections 7.5.6 and 12.8."""

import re

ROOM = 16000  # hexadecimal digits of a signature


def numbered(number, body):
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def append(pdf, objects, trailer=b""):
    """The document with a revision after it, that adds or replaces objects."""
    previous = re.findall(rb"startxref\s+(\d+)", pdf)
    size = 1 + max([*objects, *(int(number) - 1 for number in re.findall(rb"/Size (\d+)", pdf))])
    out, table = pdf, b"xref\n"
    if not previous:
        table += b"0 1\n0000000000 65535 f \n"
    for number, body in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += numbered(number, body)
    earlier = b" /Prev " + previous[-1] if previous else b""
    return out + table + b"trailer\n<< /Size %d /Root 1 0 R%s%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, earlier, trailer, len(out))


def stream(text, entries=b""):
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(text), entries, text)


def page_text(text):
    return stream(b"BT /F1 18 Tf 60 760 Td (" + text + b") Tj ET")


def document(text=b"We join as Associated Partner.", catalog=b""):
    """A document of one page, not signed."""
    return append(b"%PDF-1.7\n", {
        1: b"<< /Type /Catalog /Pages 2 0 R" + catalog + b" >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
           b" /Resources << /Font << /F1 5 0 R >> >> >>",
        4: page_text(text),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    })


def fields_of(pdf):
    """The numbers of the fields that the document's form has."""
    found = re.findall(rb"/Fields \[([^\]]*)\]", pdf)
    return [int(number) for number in re.findall(rb"(\d+) 0 R", found[-1])] if found else []


def catalog(fields, more=b""):
    references = b" ".join(b"%d 0 R" % field for field in fields)
    return b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [" + references + b"] >>" + more + b" >>"


def waiting(field, value=b""):
    """A field for a signature."""
    return (b"<< /FT /Sig /Type /Annot /Subtype /Widget /F 132 /Rect [0 0 0 0] /P 3 0 R /T (Signature%d)%s >>"
            % (field, value))


def prepared(pdf, kind=b"/Type /Sig", method=b"/ETSI.CAdES.detached", entries=b"", field=None, trailer=b""):
    """The document with a field for a signature that is still to be made, and where its digits belong."""
    fields = fields_of(pdf)
    field = field or max([9, *fields]) + 1
    value = 100 + field
    body = (b"<< " + kind + b" /Filter /Adobe.PPKLite /SubFilter " + method + entries +
            b" /ByteRange [0 0000000000 0000000000 0000000000] /Contents <" + b"0" * ROOM + b"> >>")
    out = append(pdf, {
        1: catalog(fields if field in fields else [*fields, field]),
        field: waiting(field, b" /V %d 0 R" % value),
        value: body,
    }, trailer)
    gap = out.index(b"<" + b"0" * ROOM + b">", len(pdf))
    end = gap + ROOM + 2
    at = out.index(b"/ByteRange [0 0000000000", len(pdf)) + len(b"/ByteRange [0 ")
    ranges = b"%010d %010d %010d" % (gap, end, len(out) - end)
    return out[:at] + ranges + out[at + len(ranges):], gap, end


def filled(pdf, gap, der):
    """The document with that signature in its place."""
    digits = der.hex().encode()
    assert len(digits) <= ROOM
    return pdf[:gap + 1] + digits + pdf[gap + 1 + len(digits):]


def sign(pdf, make, **how):
    """The signed document; `make` makes a signature of the bytes that it covers."""
    out, gap, end = prepared(pdf, **how)
    return filled(out, gap, make(out[:gap] + out[end:]))


def add_time_stamp(pdf, make):
    """The document with a time stamp of all of it. Source: ETSI EN 319 142-1 section 5.4.3."""
    return sign(pdf, make, kind=b"/Type /DocTimeStamp", method=b"/ETSI.RFC3161")
