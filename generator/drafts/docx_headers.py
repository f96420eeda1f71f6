"""What a Word draft prints across or above every page: watermarks and running heads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.drafts.docx_text import AcceptedText, W
from generator.drafts.draft import Paragraph, Spot
from generator.drafts.wording import trimmed

if TYPE_CHECKING:
    from docx.document import Document

_VML_TEXT = "{urn:schemas-microsoft-com:vml}textpath"


def header_lines(document: Document) -> Iterator[Paragraph]:
    """The watermarks and lines of the page headers, each once; they are no running text."""
    headers = (
        relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/header")
    )
    lines: dict[tuple[str, str], None] = {}
    for part in headers:
        root = part.element
        lines.update((("水印", each.get("string", "")), None) for each in root.iter(_VML_TEXT))
        texts = (AcceptedText().read(each).text for each in root.iter(f"{W}p"))
        lines.update((("页眉", trimmed(text)), None) for text in texts)
    for number, (kind, text) in enumerate(lines, 1):
        if text:
            yield Paragraph(text, Spot("页眉", number), kind)
