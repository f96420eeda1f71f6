"""The workbook in a chart of a Word file: whether it holds anything that the chart does not show.

Word keeps one in every chart, and people paste charts from workbooks with all that these hold.
What is not known to be harmless counts as something more.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Context, Decimal, InvalidOperation

from lxml import etree

from generator.core.text.patterns import late_pattern
from generator.drafts.docx.package import parse
from generator.drafts.docx.text import Element

_MOST_BYTES = 4 * 2**20
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_KNOWN = late_pattern(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|xl/workbook\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet1\.xml|xl/sharedStrings\.xml"
    r"|xl/worksheets/_rels/sheet1\.xml\.rels|xl/tables/table1\.xml|xl/styles\.xml"
    r"|xl/theme/theme1\.xml"
)
_OF_SHEET = frozenset(
    {"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "pageMargins"}
    | {"pageSetup", "phoneticPr", "ignoredErrors", "tableParts"}
)
"""Elements of a sheet that show nothing by themselves, and its cells."""
_PEOPLE = frozenset({"creator", "lastModifiedBy", "Manager", "Company", "keywords", "description"})
_AS_SHOWN = Context(prec=15)
"""Spreadsheets save binary numbers and show fifteen digits of them."""
_DIGIT = late_pattern(r"\d")
_LONGEST_HEAD = 20
"""Characters of the head of a column."""


def shows_all(workbook: bytes, shown: set[str]) -> bool:
    """Whether a chart shows everything that its workbook holds.

    Args:
        workbook: the content of the workbook.
        shown: every text and number of the chart, see :func:`charts.shown_values`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                return False
            if not all(_KNOWN.fullmatch(entry.filename) for entry in entries):
                return False
            parts = {entry.filename: parse(package.read(entry)) for entry in entries}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ):
        return False
    except etree.XMLSyntaxError:
        return False
    return _SHEET in parts and not _tells_more(parts) and _cells_are_shown(parts, shown)


def _tells_more(parts: dict[str, Element]) -> bool:
    """Whether a workbook names people, cells or other files, or prints more than its cells."""
    if any(child.tag.rpartition("}")[2] not in _OF_SHEET for child in parts[_SHEET]):
        return True
    named = next(parts["xl/workbook.xml"].iter(f"{_S}definedName"), None)
    external = any(
        relation.get("TargetMode") == "External" for name in parts for relation in parts[name]
    )
    people = any(
        element.tag.rpartition("}")[2] in _PEOPLE and (element.text or "").strip()
        for name in ("docProps/core.xml", "docProps/app.xml")
        if name in parts
        for element in parts[name]
    )
    return named is not None or external or people


def _cells_are_shown(parts: dict[str, Element], shown: set[str]) -> bool:
    strings = ["".join(map(str, each.itertext(f"{_S}t"))) for each in parts.get(_STRINGS, ())]
    numbers = {abs(number) for text in shown for number in _number(text)} | {Decimal(0)}
    heads = set()
    for cell in parts[_SHEET].iter(f"{_S}c"):
        formula = cell.findtext(f"{_S}f") or ""
        if "[" in formula:  # of another workbook
            return False
        text = cell.findtext(f"{_S}v") or "".join(map(str, cell.itertext(f"{_S}t")))
        if cell.get("t") == "s":
            text = strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
        elif cell.get("t", "n") == "n":
            if text and not any(abs(number) in numbers for number in _number(text)):
                return False
            continue
        if _is_head(cell, text):
            heads.add(text)
        elif text.strip() not in shown:
            return False
    return all(text in heads or text.strip() in shown for text in strings)


def _is_head(cell: Element, text: str) -> bool:
    """Whether a cell names a column: in the first row, a few words."""
    row = (cell.get("r") or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return row == "1" and len(text) <= _LONGEST_HEAD and not _DIGIT.search(text)


def _number(text: str) -> Iterator[Decimal]:
    try:
        number = _AS_SHOWN.create_decimal(text.strip())
    except InvalidOperation:
        return
    if number.is_finite():
        yield number
