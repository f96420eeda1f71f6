"""The DOCX package around the body: styles, fonts, settings, properties, margins, drawings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from docx.opc.constants import CONTENT_TYPE as OPC
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package as OpcPackage

from generator.core.clock import publication_time
from generator.core.files.archive import contents_of_parts
from generator.core.memo import Memory
from generator.pack.theme import Theme
from generator.printing.docx.cells import CellLook
from generator.printing.docx.charts.write import WORKBOOK_RELATION
from generator.printing.docx.headings import Variant
from generator.printing.docx.markup import NAMESPACES, xml_part
from generator.printing.docx.office_theme import office_theme_xml
from generator.printing.docx.properties import SETTINGS, company_properties, core_properties
from generator.printing.docx.sections import footer_xml, watermark_xml
from generator.printing.docx.styles import font_table_xml, styles_xml

DOCUMENT = "word/document.xml"
"""The part that holds the body."""

_CONTENT = "<w:p/>"
"""Stands for the content of the body, which is written section by section."""


@dataclass(frozen=True, slots=True)
class DocxPackage:
    """Everything but the content of the body.

    Attributes:
        parts: content by name, the part of the body left out.
        opening: what stands in that part before the content.
        closing: what stands after it.
        footer: reference to the footer with the page number.
        header: reference to the header with the review mark, empty without one.
        pictures: name of the part and relation of each picture, whose content is missing yet.
        charts: the same of each chart, and the name of the part of its workbook.
    """

    parts: dict[str, bytes]
    opening: bytes
    closing: bytes
    footer: str
    header: str
    pictures: tuple[tuple[str, str], ...]
    charts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class DocxParticulars:
    """What a package says besides its body.

    Attributes:
        title: of the document.
        author: who publishes it.
        watermark: the review mark, if it has one.
        pictures: how many there are (PNG).
        charts: how many there are.
        cells: looks of cells that need a style.
        variants: styles of headings beside those of the theme.
    """

    title: str
    author: str
    watermark: str | None
    pictures: int
    charts: int
    cells: frozenset[CellLook]
    variants: tuple[Variant, ...]


_PACKAGES = Memory[tuple[str, DocxParticulars, datetime | None], DocxPackage](__name__, most=20)


def package(theme: Theme, particulars: DocxParticulars) -> DocxPackage:
    """The package of a document, with the theme's styles and fonts."""
    stamp = publication_time()
    key = (theme.model_dump_json(), particulars, stamp)
    return _PACKAGES.recall(key, lambda: _package(theme, particulars, stamp))


def _package(theme: Theme, particulars: DocxParticulars, stamp: datetime | None) -> DocxPackage:
    opc = OpcPackage()
    properties = core_properties(particulars.title, particulars.author, stamp)
    _add(opc, opc, "docProps/core.xml", OPC.OPC_CORE_PROPERTIES, REL.CORE_PROPERTIES, properties)
    company = company_properties(particulars.author)
    kinds = OPC.OFC_EXTENDED_PROPERTIES, REL.EXTENDED_PROPERTIES
    _add(opc, opc, "docProps/app.xml", *kinds, company)
    main = f"<w:document {NAMESPACES}><w:body>{_CONTENT}</w:body></w:document>"
    document = Part(PackURI(f"/{DOCUMENT}"), OPC.WML_DOCUMENT_MAIN, xml_part(main), opc)
    opc.relate_to(document, REL.OFFICE_DOCUMENT)
    styles = styles_xml(theme, particulars.cells, particulars.variants)
    fonts = font_table_xml(theme)
    _add(opc, document, "word/styles.xml", OPC.WML_STYLES, REL.STYLES, styles)
    _add(opc, document, "word/settings.xml", OPC.WML_SETTINGS, REL.SETTINGS, SETTINGS)
    _add(opc, document, "word/theme/theme1.xml", OPC.OFC_THEME, REL.THEME, office_theme_xml(theme))
    _add(opc, document, "word/fontTable.xml", OPC.WML_FONT_TABLE, REL.FONT_TABLE, fonts)
    kinds = OPC.WML_FOOTER, REL.FOOTER
    relation = _add(opc, document, "word/footer1.xml", *kinds, footer_xml())
    footer = f'<w:footerReference w:type="default" r:id="{relation}"/>'
    header = ""
    if particulars.watermark is not None:
        mark = watermark_xml(theme, particulars.watermark)
        relation = _add(opc, document, "word/header1.xml", OPC.WML_HEADER, REL.HEADER, mark)
        header = f'<w:headerReference w:type="default" r:id="{relation}"/>'
    pictures = tuple(_add_picture(opc, document, i) for i in range(1, particulars.pictures + 1))
    charts = tuple(_add_chart(opc, document, i) for i in range(1, particulars.charts + 1))
    parts = contents_of_parts(opc)
    opening, _, closing = parts.pop(DOCUMENT).partition(_CONTENT.encode())
    return DocxPackage(parts, opening, closing, footer, header, pictures, charts)


def _add(
    opc: OpcPackage, source: OpcPackage | Part, name: str, kind: str, relation: str, xml: str
) -> str:
    """Adds a part and returns its relation to its source."""
    return source.relate_to(Part(PackURI(f"/{name}"), kind, xml_part(xml), opc), relation)


def _add_picture(opc: OpcPackage, document: Part, number: int) -> tuple[str, str]:
    name = PackURI(f"/word/media/image{number}.png")
    part = Part(name, OPC.PNG, b"", opc)
    return name.membername, document.relate_to(part, REL.IMAGE)


def _add_chart(opc: OpcPackage, document: Part, number: int) -> tuple[str, str, str]:
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, OPC.DML_CHART, b"", opc)
    workbook = PackURI(f"/word/embeddings/chart{number}.xlsx")
    part.load_rel(REL.PACKAGE, Part(workbook, OPC.SML_SHEET, b"", opc), WORKBOOK_RELATION)
    return name.membername, document.relate_to(part, REL.CHART), workbook.membername
