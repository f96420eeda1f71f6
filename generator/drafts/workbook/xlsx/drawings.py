"""The words in boxes that lie over the cells of a sheet."""

from __future__ import annotations

from generator.drafts.safety.limits import bounded_number
from generator.drafts.workbook.sheet import MAX_COLUMNS, MAX_ROWS, At
from generator.drafts.workbook.xlsx.markup import Element, WorkbookPackage, local


def drawn_text(package: WorkbookPackage, name: str) -> list[tuple[At, str]]:
    """The paragraphs in text boxes of a drawing, each with the cell that its box begins in."""
    root = package.root(name)
    if root is None:
        return []
    found = []
    for anchor in root:
        at = _anchored_at(anchor)
        for paragraph in anchor.iter("{*}p"):
            text = "".join(each.text or "" for each in paragraph.iter("{*}t"))
            if text.strip():
                found.append((at, text))
    return found


def has_pictures(package: WorkbookPackage, name: str) -> bool:
    """Whether a drawing holds pictures."""
    root = package.root(name)
    return root is not None and next(root.iter("{*}pic"), None) is not None


def _anchored_at(anchor: Element) -> At:
    for child in anchor:
        if local(child) == "from":
            numbers = {local(each): each.text for each in child}
            row = bounded_number(numbers.get("row"), 0, MAX_ROWS - 1)
            return At(row, bounded_number(numbers.get("col"), 0, MAX_COLUMNS - 1))
    return At(0, 0)
