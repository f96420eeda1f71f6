"""Pages that are pictures, and pictures that may be tables: what is shown but cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.drafts.parts import signposts
from generator.drafts.pdf.page.drawn import ASLANT, Box, Drawn, DrawnCharacter
from generator.drafts.pdf.page.lines import TextLine
from generator.drafts.words.text import folded

_PAGE = 1 / 16
"""The part of an otherwise empty page that a picture covers; a logo covers less."""
_TABLE = 1 / 4
"""The part of a page with text that a table covers as a picture."""
_TOUCHING = 1.0
_CAPTION = 60.0
"""Points; the title of a chart stands no farther from it."""
_FEW_CHARS = 4


def unread_pictures(
    page: Drawn, lines: Sequence[TextLine], *, has_tables: bool
) -> Iterator[tuple[str, str]]:
    """Asides (what it is, text) about what of a page is a picture."""
    if page.recognised:
        yield signposts.SCAN, f"第{page.number}页是扫描的图片，文字是识别出来的，可能有错"
        return
    pictures = _joined(page.pictures)
    covered = sum(box.area for box in pictures) / max(page.width * page.height, 1.0)
    if not has_tables and all(signposts.is_mark(line.text) for line in lines):
        if covered > _PAGE or page.outlined:
            yield signposts.PICTURE_PAGE, f"第{page.number}页没有文字，只有图片"
        return
    for box in pictures:
        large = box.area > _TABLE * page.width * page.height
        if large and not _is_written_on(page, box) and not _is_chart(lines, box):
            yield signposts.PICTURE_TABLE, f"第{page.number}页的图里可能有表，没有读"


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Pictures, those that touch made one: a large one may come in strips."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.x0)):
        near = [other for other in joined if _touch(box, other)]
        joined = [other for other in joined if other not in near]
        joined.append(_around([box, *near]))
    return joined


def _touch(box: Box, other: Box) -> bool:
    wider = Box(box.x0 - _TOUCHING, box.top - _TOUCHING, box.x1 + _TOUCHING, box.bottom + _TOUCHING)
    return wider.common(other) is not None


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _is_written_on(page: Drawn, box: Box) -> bool:
    """Whether a picture is the ground of text, which is read."""
    inside = sum(_stands_on(page, char, box) for char in page.chars if char.text.strip())
    return inside >= _FEW_CHARS


def _stands_on(page: Drawn, char: DrawnCharacter, box: Box) -> bool:
    if char.turn == ASLANT:
        return False
    place = page.shown(char.box, char.turn)
    return box.holds((place.x0 + place.x1) / 2, (place.top + place.bottom) / 2)


def _is_chart(lines: Sequence[TextLine], box: Box) -> bool:
    """Whether the line above or below a picture names it as a chart."""
    return any(
        signposts.CHART.fullmatch(folded(line.text))
        and box.top - _CAPTION < line.level < box.bottom + _CAPTION
        for line in lines
    )
