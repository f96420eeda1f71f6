"""Small pieces of WordprocessingML as text: units, runs, fields."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")


def twips(points: float) -> int:
    """Converts points to twentieths of a point."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """Converts millimetres to twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def text_run(text: str, properties: str = "") -> str:
    """A run of text; ``properties`` is the content of ``w:rPr``."""
    if not text:
        return ""
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction: str, cached: str, properties: str = "") -> str:
    """A complex field with the result it shows until somebody updates it."""
    return field_begin(instruction) + text_run(cached, properties) + FIELD_END


def field_begin(instruction: str) -> str:
    """The opening of a field whose result follows in further runs or paragraphs."""
    code = escape(instruction)
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def toc_mark(text: str, level: int) -> str:
    """A hidden TC field, so that updating the table of contents keeps this wording."""
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    code = f" TC {quoteattr(text)} \\l {level} "
    return (
        f'<w:r>{hidden}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{hidden}<w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r>{hidden}<w:fldChar w:fldCharType="end"/></w:r>'
    )
