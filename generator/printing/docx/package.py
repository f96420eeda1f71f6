"""The DOCX package around the body: python-docx's parts with our styles and properties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import docx
from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from generator.core.clock import publication_time
from generator.core.files.archive import parts_of
from generator.core.memo import Memory
from generator.pack.theme import Theme
from generator.printing.docx.markup import NAMESPACES
from generator.printing.docx.sections import add_footer, add_watermark
from generator.printing.docx.styles import font_table_xml, styles_xml

DOCUMENT = "word/document.xml"
"""The part that holds the body."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BODY_CONTENT = b"<w:p/>"


@dataclass(frozen=True, slots=True)
class Package:
    """Everything but the content of the body.

    Attributes:
        parts: content by name, the part of the body left out.
        opening: what stands in that part before the content.
        closing: what stands after it.
        footer: reference to the footer with the page number.
        header: reference to the header with the review mark, empty without one.
        pictures: name of the part and relation of each picture, whose content is missing yet.
    """

    parts: dict[str, bytes]
    opening: bytes
    closing: bytes
    footer: str
    header: str
    pictures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a package says besides its body: properties, review mark; how many pictures (PNG)."""

    title: str
    author: str
    watermark: str | None
    pictures: int


_PACKAGES = Memory[tuple[str, Particulars, datetime | None], Package](__name__, most=20)


def package(theme: Theme, particulars: Particulars) -> Package:
    """The package of a document, with the theme's styles and fonts."""
    stamp = publication_time()
    key = (theme.model_dump_json(), particulars, stamp)
    return _PACKAGES.recall(key, lambda: _package(theme, particulars, stamp))


def _package(theme: Theme, particulars: Particulars, stamp: datetime | None) -> Package:
    document = docx.Document()
    _replace_styles(document, theme)
    _replace_settings(document)
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = (_DECLARATION + font_table_xml(theme)).encode()
    _set_properties(document, particulars, stamp)
    mark = particulars.watermark
    header = add_watermark(document, theme, mark) if mark is not None else ""
    footer = add_footer(document, theme)
    pictures = tuple(_add_picture(document, i) for i in range(1, particulars.pictures + 1))
    body = parse_xml(f"<w:body {NAMESPACES}>{_BODY_CONTENT.decode()}</w:body>")
    document.element.replace(document.element.body, body)
    parts = parts_of(document)
    opening, _, closing = parts.pop(DOCUMENT).partition(_BODY_CONTENT)
    return Package(parts, opening, closing, footer, header, pictures)


def _set_properties(
    document: DocxDocument, particulars: Particulars, stamp: datetime | None
) -> None:
    properties = document.core_properties
    properties.title = particulars.title
    properties.author = properties.last_modified_by = particulars.author
    properties.comments, properties.keywords, properties.language = "", "", "zh-CN"
    for element in list(document.part.package.core_properties._element):
        if element.tag.endswith(("}created", "}modified")):
            document.part.package.core_properties._element.remove(element)
    if stamp is not None:
        naive: datetime = stamp.replace(tzinfo=None)
        properties.created = properties.modified = naive


def _add_picture(document: DocxDocument, number: int) -> tuple[str, str]:
    name = PackURI(f"/word/media/image{number}.png")
    part = Part(name, CONTENT_TYPE.PNG, b"", document.part.package)
    return name.membername, document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def _replace_styles(document: DocxDocument, theme: Theme) -> None:
    ours = parse_xml(styles_xml(theme))
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in list(ours):
        styles.append(child)


def _replace_settings(document: DocxDocument) -> None:
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    # compatibility mode 15: otherwise Word opens the file in “compatibility mode”
    content = parse_xml(
        f"<w:settings {NAMESPACES}>"
        '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        "</w:settings>"
    )
    for child in list(content):
        settings.append(child)
