"""The words that a chart of a Word file shows, line by line.

A line for each title, for each bar (or point) its name and the words beside it: as the readers of
PDFs and pages read drawn charts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from lxml.etree import XMLSyntaxError

from generator.core.numbers.format import check_pattern, formatted
from generator.drafts.docx.package import parse
from generator.drafts.docx.text import Element

if TYPE_CHECKING:
    from docx.document import Document

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
CHART = f"{_C}chart"
"""In a paragraph, a reference to a chart; in the part of the chart, its root's child."""
_RELATION = "/chart"
_FROM_CELLS = "CELLRANGE"
_YES = ("1", "true")
_MOST = 10_000
"""Points of a chart that are read; numbers of points may be any."""

Charts = Mapping[str, Element | None]
"""The charts of a document by their relation; ``None`` for a damaged one."""


def charts_of(document: Document) -> Charts:
    """The trees of all charts that a document refers to."""
    return {
        relation.rId: _tree(relation.target_part.blob)
        for relation in document.part.rels.values()
        if relation.reltype.endswith(_RELATION) and not relation.is_external
    }


def _tree(content: bytes) -> Element | None:
    try:
        return parse(content)
    except XMLSyntaxError:
        return None


def lines_of(reference: Element, charts: Charts) -> list[str] | None:
    """The lines of the chart that an element refers to; ``None`` if they cannot be read."""
    root = charts.get(reference.get(f"{_R}id", ""))
    return None if root is None else [line for line in chart_lines(root) if line]


def chart_lines(root: Element) -> Iterator[str]:
    """The lines that a chart shows, from the tree of its part."""
    for title in root.iter(f"{_C}title"):
        yield _text(title)
    series = list(root.iter(f"{_C}ser"))
    if next(root.iter(f"{_C}legend"), None) is not None:
        yield " ".join(filter(None, map(_name, series)))
    names = next((found for each in series if (found := _cached(each, "cat"))), {})
    words = [_words(each) for each in series]
    count = max((index + 1 for found in (names, *words) for index in found), default=0)
    for index in range(min(count, _MOST)):
        shown = (names.get(index, ""), *(found.get(index, "") for found in words))
        yield " ".join(filter(None, shown))


def shown_values(chart: bytes) -> set[str]:
    """Every text and number that a chart's part holds, as it stands there."""
    root = _tree(chart)
    found = () if root is None else root.iter(f"{_C}v", f"{_A}t")
    return {(each.text or "").strip() for each in found}


def _name(series: Element) -> str:
    return " ".join(each.text or "" for each in series.iterfind(f"{_C}tx//{_C}v"))


def _text(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_A}t", f"{_C}v"))


def _cached(series: Element, of: str) -> dict[int, str]:
    """What the names or values of a series were when the file was saved, by their number."""
    found = series.find(f"{_C}{of}")
    return {} if found is None else _points(found)


def _points(element: Element) -> dict[int, str]:
    points = {}
    for point in element.iter(f"{_C}pt"):
        index = point.get("idx", "")
        if index.isascii() and index.isdigit() and len(index) <= len(str(_MOST)):
            points[int(index)] = point.findtext(f"{_C}v") or ""
    return points


def _words(series: Element) -> dict[int, str]:
    """The words beside the points of a series."""
    labels = series.find(f"{_C}dLbls")
    if labels is None:
        return {}
    values, cells = _cached(series, "val"), {}
    for found in series.iter(f"{_C15}dlblRangeCache"):
        cells = _points(found)
    words = {index: _told(labels, value, cells.get(index, "")) for index, value in values.items()}
    for label in labels.iterfind(f"{_C}dLbl"):
        index = next(iter(_numbers(label)), None)
        if index is None:
            continue
        rich = label.find(f"{_C}tx")
        if _is_on(label, "delete"):
            words[index] = ""
        elif rich is None:
            words[index] = _told(label, values.get(index, ""), cells.get(index, ""))
        else:
            words[index] = "".join(_rich(rich, cells.get(index, "")))
    return words


def _numbers(label: Element) -> Iterator[int]:
    number = label.find(f"{_C}idx")
    text = number.get("val", "") if number is not None else ""
    if text.isascii() and text.isdigit() and len(text) <= len(str(_MOST)):
        yield int(text)


def _rich(element: Element, cell: str) -> Iterator[str]:
    """The pieces of a label's text; what a field shows stands in a cell."""
    for text in element.iter(f"{_A}t", f"{_C}v"):
        field = text.getparent()
        from_cell = field is not None and field.get("type") == _FROM_CELLS
        yield cell if from_cell and cell else text.text or ""


def _told(labels: Element, value: str, cell: str) -> str:
    """What labels without a text of their own show of a point."""
    shown = [cell] if any(_on(each) for each in labels.iter(f"{_C15}showDataLabelsRange")) else []
    if _is_on(labels, "showVal"):
        shown.append(_written(value, labels))
    return " ".join(filter(None, shown))


def _written(value: str, labels: Element) -> str:
    """A value as labels write it, by the patterns that are known; else as it was saved."""
    number = labels.find(f"{_C}numFmt")
    pattern = number.get("formatCode", "") if number is not None else ""
    try:
        return formatted(Decimal(value), check_pattern(pattern))
    except (ValueError, InvalidOperation):
        return value


def _is_on(element: Element, name: str) -> bool:
    found = element.find(f"{_C}{name}")
    return found is not None and _on(found)


def _on(element: Element) -> bool:
    return element.get("val", "1") in _YES
