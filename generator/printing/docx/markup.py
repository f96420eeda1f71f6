"""Small pieces of WordprocessingML as text: units, runs, fields."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from generator.printing.docx.style_names import FIGURE

NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
_IN_ATTRIBUTES = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


_EMU_PER_POINT = 12700


def xml_part(xml: str) -> bytes:
    """The content of a part: XML with its declaration."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()


def drawing_paragraph(
    graphic: str, size: tuple[float, float], number: int, alternative: str
) -> str:
    """The paragraph of a drawing that stands in the line as a letter does.

    Args:
        graphic: what is drawn: the content of ``a:graphic``.
        size: width and height in points.
        number: its own in the document, from 1.
        alternative: what it shows, in words.
    """
    width, height = (round(each * _EMU_PER_POINT) for each in size)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{FIGURE}"/></w:pPr>'
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="图 {number}" descr={quoted_attribute(alternative)}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f"<a:graphic>{graphic}</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def twips(points: float) -> int:
    """Converts points to twentieths of a point."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """Converts millimetres to twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def quoted_attribute(value: str) -> str:
    """A value of an attribute with its quotation marks."""
    return f'"{escape(value, _IN_ATTRIBUTES)}"'


def text_run(text: str, properties: str = "") -> str:
    """A run of text; ``properties`` is the content of ``w:rPr``."""
    if not text:
        return ""
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction: str, cached: str, properties: str = "") -> str:
    """A complex field with the result it shows until somebody updates it."""
    end = _field_run('<w:fldChar w:fldCharType="end"/>', properties)
    return field_begin(instruction, properties) + text_run(cached, properties) + end


def field_begin(instruction: str, properties: str = "") -> str:
    """The opening of a field whose result follows in further runs or paragraphs."""
    code = f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>'
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        code,
        '<w:fldChar w:fldCharType="separate"/>',
    )
    return "".join(_field_run(part, properties) for part in parts)


def _field_run(content: str, properties: str) -> str:
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{wrapped}{content}</w:r>"


FIELD_END = _field_run('<w:fldChar w:fldCharType="end"/>', "")


def toc_mark(text: str, level: int) -> str:
    """A hidden TC field, so that updating the table of contents keeps this wording."""
    code = f'<w:instrText xml:space="preserve"> TC {quoteattr(text)} \\l {level} </w:instrText>'
    parts = ('<w:fldChar w:fldCharType="begin"/>', code, '<w:fldChar w:fldCharType="end"/>')
    return "".join(_field_run(part, "<w:vanish/>") for part in parts)
