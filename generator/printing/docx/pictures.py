"""Drawings of a pack that are no charts of ours: inline SVGs as PNG at print resolution."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pypdfium2
from lxml import etree
from PIL.Image import Dither, Quantize, Resampling

from generator.compose.document.tree import Element
from generator.core.memo import Memory
from generator.printing.docx.markup import drawing_paragraph
from generator.printing.kept import KeptPieces, digest
from generator.printing.libraries import lean_import

_DPI = 300
_COLOURS = 32  # a palette: charts have few colours, and files stay small
_COMPRESSION = 6  # the last twentieth of the size would take five times as long
_POINTS_PER_INCH = 72
_EMU_PER_POINT = 12700


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: PNG bytes, size in points, and its description in words."""

    png: bytes
    width: float
    height: float
    alternative: str

    @property
    def weight(self) -> int:
        """How many bytes it takes."""
        return len(self.png)


_PICTURES = Memory[str, Picture](__name__, most=200)


def draw(drawings: Iterable[Element], kept: KeptPieces) -> list[Picture]:
    """Draws SVG elements; those not drawn before, all in one go.

    Args:
        drawings: the elements.
        kept: pictures drawn before; new ones are added.
    """
    sources = [
        (etree.tostring(each, encoding="unicode", with_tail=False), each) for each in drawings
    ]
    pictures = {source: _known(source, kept) for source, _ in sources}
    new = {source: chart for source, chart in sources if pictures[source] is None}
    for source, drawn in zip(new, _drawn(new), strict=True):
        kept.add(_key(source, kept), drawn)
        pictures[source] = _PICTURES.put(source, drawn)
    kept.save()
    return [picture for source, _ in sources if (picture := pictures[source])]


def _known(source: str, kept: KeptPieces) -> Picture | None:
    return _PICTURES.get(source) or kept.find(_key(source, kept), Picture)


def _key(source: str, kept: KeptPieces) -> str:
    return digest(kept.setting, "picture", source)


def picture_xml(picture: Picture, relation: str, number: int) -> str:
    """The paragraph of a picture.

    Args:
        picture: the picture.
        relation: its relation in the package.
        number: its own in the document, from 1.
    """
    size = (
        f'cx="{round(picture.width * _EMU_PER_POINT)}" '
        f'cy="{round(picture.height * _EMU_PER_POINT)}"'
    )
    graphic = (
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="图 {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    )
    return drawing_paragraph(graphic, (picture.width, picture.height), number, picture.alternative)


def _drawn(charts: Mapping[str, Element]) -> list[Picture]:
    """Draws charts by their source: each becomes a page of its own size, then a PNG."""
    if not charts:
        return []
    with lean_import():
        from weasyprint import HTML

    sizes = [_size(chart) for chart in charts.values()]
    rules = "".join(
        f"@page c{i} {{ size: {width}pt {height}pt; margin: 0 }} "
        f"#c{i} {{ page: c{i}; break-before: page; line-height: 0 }}"
        for i, (width, height) in enumerate(sizes)
    )
    bodies = "".join(f'<div id="c{i}">{source}</div>' for i, source in enumerate(charts))
    pdf = HTML(string=f"<style>body {{ margin: 0 }} {rules}</style>{bodies}").write_pdf()
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            Picture(_png(document[i]), *size, chart.get("aria-label", ""))
            for i, (chart, size) in enumerate(zip(charts.values(), sizes, strict=True))
        ]
    finally:
        document.close()


def _size(chart: Element) -> tuple[float, float]:
    return float(chart.get("width", "0pt")[:-2]), float(chart.get("height", "0pt")[:-2])


def _png(page: pypdfium2.PdfPage) -> bytes:
    image = page.render(scale=_DPI / _POINTS_PER_INCH).to_pil().convert("RGB")
    # every second pixel knows the colours; to choose them is what takes long
    sample = image.resize((image.width // 2, image.height // 2), Resampling.NEAREST)
    palette = sample.quantize(_COLOURS, Quantize.MAXCOVERAGE)  # white and fills stay exact
    reduced = image.quantize(palette=palette, dither=Dither.NONE)
    buffer = io.BytesIO()
    reduced.save(buffer, "PNG", dpi=(_DPI, _DPI), compress_level=_COMPRESSION)
    return buffer.getvalue()
