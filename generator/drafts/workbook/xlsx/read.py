"""Opens a workbook of Excel 2007 and later: its sheets, hidden ones among them, and its facts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.drafts.safety.guard import part
from generator.drafts.safety.limits import TooMuchError, check_package, damaged
from generator.drafts.workbook.sheet import (
    MAX_SHEETS,
    NOT_COMPUTED,
    UNCOMPUTED,
    CellCount,
    Sheet,
    SheetCell,
    Workbook,
)
from generator.drafts.workbook.xlsx.cells import Context, Extras, read_cells
from generator.drafts.workbook.xlsx.drawings import drawn_text, has_pictures
from generator.drafts.workbook.xlsx.facts import package_facts
from generator.drafts.workbook.xlsx.markup import (
    Element,
    WorkbookPackage,
    attribute_of,
    is_true,
    streamed,
    text_of_string,
)
from generator.drafts.workbook.xlsx.styles import read_styles

_HIDDEN = ("hidden", "veryHidden")


def open_xlsx(path: Path) -> Workbook:
    """A workbook with all its sheets.

    Raises:
        UnusableInputError: E602 to E606.
        TooMuchError: if it holds more than a draft may.
    """
    with _opened(path) as (package, name, root):
        return _workbook(package, name, root)


def read_sheet_names(path: Path) -> list[str]:
    """The names of the sheets of a workbook, hidden ones among them; no sheet is read.

    Raises:
        UnusableInputError: E602 to E606.
    """
    with _opened(path) as (_, _, root):
        return [each.get("name", "") for each in root.iter("{*}sheet")]


@contextmanager
def _opened(path: Path) -> Iterator[tuple[WorkbookPackage, str, Element]]:
    """The package, the name of the part of the workbook, and its tree."""
    check_package(path, in_trees=False)
    with zipfile.ZipFile(path) as archive:
        package = WorkbookPackage(archive)
        name = _main_part(package)
        root = package.root(name) if name else None
        if root is None:
            damaged(path, "不是完整的 Excel 文件")
        yield package, name, root


def _main_part(package: WorkbookPackage) -> str:
    found = (
        relation["Target"]
        for relation in package.relations("")
        if relation.get("Type", "").endswith("/officeDocument")
    )
    return next(found, "xl/workbook.xml")


def _workbook(package: WorkbookPackage, name: str, root: Element) -> Workbook:
    relations = package.relations(name)
    by_id = {relation.get("Id", ""): relation["Target"] for relation in relations}
    by_type = {
        relation.get("Type", "").rpartition("/")[2]: relation["Target"] for relation in relations
    }
    count = CellCount()
    context = Context(
        _strings(package, by_type.get("sharedStrings", ""), count),
        read_styles(package, by_type.get("styles", "")),
        any(is_true(each, "date1904") for each in root.iter("{*}workbookPr")),
        count,
    )
    recomputes = any(is_true(each, "fullCalcOnLoad") for each in root.iter("{*}calcPr"))
    declared = list(root.iter("{*}sheet"))
    if len(declared) > MAX_SHEETS:
        raise TooMuchError(f"有 {len(declared)} 张工作表，超过 {MAX_SHEETS} 张")
    sheets: list[Sheet] = []
    extras: list[Extras] = []
    for number, each in enumerate(declared):
        sheet = Sheet(each.get("name", ""), number, hidden=each.get("state", "") in _HIDDEN)
        target = by_id.get(attribute_of(each, "id"), "")
        with part(target or sheet.name):
            extras.append(_read_sheet(package, target, sheet, context))
        sheets.append(sheet)
    if recomputes and not any(any(extra.formulas.values()) for extra in extras):
        _forget_values(sheets, extras)
    return Workbook(tuple(sheets), package_facts(package, sheets))


def _strings(package: WorkbookPackage, name: str, count: CellCount) -> list[str]:
    if not name or name not in package:
        return []
    with part(name), package.opened(name) as file:
        strings = []
        for element in streamed(file, "si"):
            count.look()
            strings.append(text_of_string(element))
        return strings


def _read_sheet(package: WorkbookPackage, name: str, sheet: Sheet, context: Context) -> Extras:
    """Reads the part of a sheet; a sheet of a chart alone has no cells."""
    if name not in package:
        return Extras()
    with package.opened(name) as file:
        extras = read_cells(file, sheet, context)
    sheet.margins = extras.margins
    for relation in package.relations(name):
        if relation.get("Type", "").endswith("/drawing"):
            sheet.boxes += drawn_text(package, relation["Target"])
            sheet.pictured = sheet.pictured or has_pictures(package, relation["Target"])
    return extras


def _forget_values(sheets: list[Sheet], extras: list[Extras]) -> None:
    """Takes noughts for no values if a program left all formulas to be computed on opening."""
    for sheet, extra in zip(sheets, extras, strict=True):
        for at in extra.formulas:
            sheet.cells[at] = SheetCell(NOT_COMPUTED, fault=UNCOMPUTED)
