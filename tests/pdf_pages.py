"""Small PDFs written by hand, and PDFs whose pages are turned."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pypdfium2
import pypdfium2.raw as pdfium


def document(objects: Mapping[int, bytes]) -> bytes:
    """A PDF of these objects; 1 is its root."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in objects.items())
    return b"%PDF-1.7\n" + body + b"trailer << /Size 99 /Root 1 0 R >>\n%%EOF\n"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream with the entries of its dictionary."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def page(contents: bytes, entries: bytes = b"", others: Mapping[int, bytes] | None = None) -> bytes:
    """A PDF of one page, 300 by 200 points, with Helvetica as ``/F`` and object 10 as ``/X``."""
    if not contents.startswith(b"<<"):
        contents = stream(contents)
    resources = b"/Resources << /Font << /F 5 0 R >> /XObject << /X 10 0 R >> >>"
    head = b"/Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R "
    return document(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< " + head + resources + entries + b" >>",
            4: contents,
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            **(others or {}),
        }
    )


def turned(content: bytes, turn: int, rotate: int) -> bytes:
    """A PDF whose pages are drawn turned clockwise, and shown turned by their ``/Rotate`` key."""
    pages = pypdfium2.PdfDocument(content)
    for each in pages:
        width, height = each.get_size()
        matrix = _turning(turn, width, height)
        assert pdfium.FPDFPage_TransFormWithClip(each, pdfium.FS_MATRIX(*matrix), None)
        size = (width, height) if turn % 2 == 0 else (height, width)
        each.set_mediabox(0, 0, *size)
        each.set_cropbox(0, 0, *size)
        each.set_rotation(rotate * 90)
    file = io.BytesIO()
    pages.save(file)
    return file.getvalue()


def _turning(turn: int, width: float, height: float) -> tuple[float, ...]:
    """What turns the contents of a page clockwise, by quarters."""
    return (
        (1, 0, 0, 1, 0, 0),
        (0, -1, 1, 0, 0, width),
        (-1, 0, 0, -1, width, height),
        (0, 1, -1, 0, height, 0),
    )[turn]


def as_pictures(content: bytes, numbers: range) -> bytes:
    """A PDF some of whose pages, counted from 1, are pictures of what they were."""
    pages = pypdfium2.PdfDocument(content)
    for index in (number - 1 for number in numbers):
        width, height = pages[index].get_size()
        jpeg = io.BytesIO()
        pages[index].render(scale=0.2).to_pil().convert("RGB").save(jpeg, "JPEG")
        pages.del_page(index)
        page = pages.new_page(width, height, index)
        image = pypdfium2.PdfImage.new(pages)
        image.load_jpeg(jpeg)
        image.set_matrix(pypdfium2.PdfMatrix(width, 0, 0, height, 0, 0))
        page.insert_obj(image)
        page.gen_content()
    file = io.BytesIO()
    pages.save(file)
    return file.getvalue()
