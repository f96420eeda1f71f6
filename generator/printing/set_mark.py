"""The mark of a set: which files were written together, from the same data by the same pack.

A build writes several files. Whoever finds two of different runs side by side (a run was killed,
a file was kept of an earlier one) can tell by the mark, which stands in the properties of each:
``<meta name="disclosure-set">`` in the HTML, the identifier of the DOCX (docProps/core.xml), the
file identifier (/ID) of the PDF, 文件组 in the figures file. It is a digest of what they say, so
the same input gives the same mark.
"""

from __future__ import annotations

import hashlib

_LENGTH = 32
"""Hex digits of a mark: the sixteen bytes that a PDF has room for."""
_CORE_END = b"</cp:coreProperties>"


def set_mark(*contents: bytes) -> str:
    """The mark of a set: 32 hex digits.

    Args:
        contents: all that its files are made of.
    """
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:_LENGTH]


def marked_html(html: bytes, mark: str) -> bytes:
    """An HTML document with the mark in its head."""
    meta = f'<head><meta name="disclosure-set" content="{mark}">'
    return html.replace(b"<head>", meta.encode(), 1)


def marked_figures(figures: bytes, mark: str) -> bytes:
    """A figures file with the mark as its first entry."""
    return figures.replace(b"{\n", f'{{\n "文件组": "{mark}",\n'.encode(), 1)


def marked_properties(core: bytes, mark: str) -> bytes:
    """The core properties of a DOCX with the mark as the identifier."""
    identifier = b"<dc:identifier>%s</dc:identifier>" % mark.encode()
    return core.replace(_CORE_END, identifier + _CORE_END, 1)


def marked_pdf(content: bytes, mark: str) -> bytes:
    """A PDF with the mark as its file identifier, in the dictionary at its very end.

    No object moves: the table of their places comes last.
    """
    start = content.rindex(b"<</Type /XRef")
    identifier = b"<</ID [<%s> <%s>]" % (mark.encode(), mark.encode())
    return content[:start] + identifier + content[start + 2 :]
