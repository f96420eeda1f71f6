"""The DOCX package: python-docx's parts with our styles, saved so that bytes repeat."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from generator.clock import publication_time
from generator.pack.theme import Theme
from generator.printing.docx.markup import NAMESPACES
from generator.printing.docx.styles import font_table_xml, styles_xml

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def new_package(theme: Theme, title: str, author: str) -> DocxDocument:
    """An empty document with the theme's styles, fonts and clean properties."""
    document = docx.Document()
    _replace_styles(document, theme)
    _replace_settings(document)
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = (_DECLARATION + font_table_xml(theme)).encode()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.comments, properties.keywords, properties.language = "", "", "zh-CN"
    stamp = publication_time()
    for element in list(document.part.package.core_properties._element):
        if element.tag.endswith(("}created", "}modified")):
            document.part.package.core_properties._element.remove(element)
    if stamp is not None:
        naive: datetime = stamp.replace(tzinfo=None)
        properties.created = properties.modified = naive
    return document


def save(document: DocxDocument) -> bytes:
    """Saves the package with parts in name order and fixed dates."""
    buffer = io.BytesIO()
    document.save(buffer)
    result = io.BytesIO()
    with (
        zipfile.ZipFile(buffer) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(
            source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)
        ):
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return result.getvalue()


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
