"""Charts as pictures: the inline SVGs of a document drawn as PNG at print resolution."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2
from lxml import etree
from weasyprint import HTML

from generator.document.tree import Element

_DPI = 300
_COLOURS = 32  # a palette: charts have few colours, and files stay small
_POINTS_PER_INCH = 72
EMU_PER_POINT = 12700


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: PNG bytes, size in points, and its description in words."""

    png: bytes
    width: float
    height: float
    alternative: str


def draw(charts: Iterable[Element]) -> list[Picture]:
    """Draws SVG elements, all in one go: each becomes a page of its own size, then a PNG."""
    charts = list(charts)
    if not charts:
        return []
    sizes = [_size(chart) for chart in charts]
    rules = "".join(
        f"@page c{i} {{ size: {width}pt {height}pt; margin: 0 }} "
        f"#c{i} {{ page: c{i}; break-before: page; line-height: 0 }}"
        for i, (width, height) in enumerate(sizes)
    )
    bodies = "".join(
        f'<div id="c{i}">{etree.tostring(chart, encoding="unicode", with_tail=False)}</div>'
        for i, chart in enumerate(charts)
    )
    pdf = HTML(string=f"<style>body {{ margin: 0 }} {rules}</style>{bodies}").write_pdf()
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            Picture(_png(document[i]), width, height, chart.get("aria-label", ""))
            for i, (chart, (width, height)) in enumerate(zip(charts, sizes, strict=True))
        ]
    finally:
        document.close()


def _size(chart: Element) -> tuple[float, float]:
    return float(chart.get("width", "0pt")[:-2]), float(chart.get("height", "0pt")[:-2])


def _png(page: pypdfium2.PdfPage) -> bytes:
    image = page.render(scale=_DPI / _POINTS_PER_INCH).to_pil().convert("RGB").quantize(_COLOURS)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(_DPI, _DPI), optimize=True)
    return buffer.getvalue()
