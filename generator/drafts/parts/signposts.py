"""What is told by its look in any place's document: labels, contents, forms, notes, and noise.

All expressions read folded text (:func:`generator.drafts.words.text.folded`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line, Paragraph, Row
from generator.drafts.words.numbering import NUMERALS, PART_OR_SECTION
from generator.drafts.words.text import folded

TEXTS = 1 << 14
"""Headings and cells come again and again, within a document and from one to the next."""

CONTENTS = late_pattern(r"目[录次]")
_TABLE_NUMBER = rf"表(?>[{NUMERALS}]+|\d+(?:[-—–－.]\d+)*)(?=.*[一-鿿])"
"""The whole number of a table, 表1-1, with words behind it: a label alone is no entry."""
CONTENTS_LINE = late_pattern(
    rf"({PART_OR_SECTION}|\(?[{NUMERALS}]+[、)]|附?{_TABLE_NUMBER}).*\D(?<!\d[.,])\d{{1,3}}"
    r"|.*[^.…·⋯][.…·⋯]{3,}\d{1,3}"
)
"""A heading and a page number, which is no end of an amount; or what leaders lead to one."""
UNNUMBERED_LINE = late_pattern(r"(?=.*[一-鿿]{2})[^。;:]{1,60}\D(?<!\d[.,])(?P<page>\d{1,3})")
"""Any heading and a page number: below other entries of contents it is one too."""
LISTED = late_pattern(
    rf"({PART_OR_SECTION}|\(?[{NUMERALS}]+[、)]|\d{{1,2}}[.、]|附?{_TABLE_NUMBER}|附(?!表[{NUMERALS}\d]))"
    r"[^。;]{1,60}?[.·⋯]*\d{0,3}"
)
"""A numbered heading, as contents without page numbers list them."""
LEADERS = late_pattern(r"[.…·⋯]+$")
"""What leads from an entry of contents to where its page would stand."""
LABEL = late_pattern(r"(预算|部门|单位|附)?(公开)?表\d{1,2}:?")
YEAR_LINE = late_pattern(r"\(?\d{4}\)?年度?\)?")
LETTER = late_pattern(rf"(?![({NUMERALS}\d]).{{0,20}}(说明|证明|函|承诺书)")
CHART = late_pattern(r"[^,。;]{2,25}(结构|分布|构成|占比|示意|比例|饼|柱状)图")

_PAGE_NUMBER = late_pattern(
    r"[-—–―－~·]+\d{1,4}[-—–―－~·]*|\d{1,4}[-—–―－~·]+|第?\d+页?[,/]?共\d+页|第\d+页"
)
_BARE_NUMBER = late_pattern(r"\d{1,3}")
_RULE = late_pattern(r"[-—–=_:|]{3,}")
_MARKS = (
    "仅供内部审核",
    "仅供审核",
    "内部资料",
    "征求意见稿",
    "扫描全能王",
    "由扫描全能王扫描创建",
    "CamScanner",
)
_PIECE, _PIECE_IN_TABLE = 2, 4
"""The least characters of a mark that are taken for it."""
PICTURE_PAGE, GARBLED_PAGE, PICTURE_TABLE = "图片页", "乱码页", "图中表"
UNREADABLE_PAGES = (PICTURE_PAGE, GARBLED_PAGE, PICTURE_TABLE)
"""The asides that stand for pages nobody could read, and for pictures that may hold tables."""
_UNREADABLE = frozenset({*UNREADABLE_PAGES, "未读"})
SCAN, HIDDEN = "扫描页", "隐藏文字"
"""The asides of a page whose text was recognised in a picture, and of text that nobody sees."""
CONTINUED = "续表"
"""The aside of a title that is printed once more above a further page of its table."""
_PAGE_ASIDE = "页码"
_CONTENTS_ASIDE = "目录"
_NO_CONTENT = frozenset({_PAGE_ASIDE, CONTINUED, SCAN, HIDDEN, *_UNREADABLE})
_TITLE_AND_PAGE = 2
"""The most cells of an entry of contents that are set as a table."""
_NOTES = frozenset({"脚注", "尾注"})


def heading_text(line: Line) -> str:
    """What a line says if it can be a heading: a paragraph, or a row with one filled cell."""
    if isinstance(line, Paragraph):
        return folded(line.text)
    filled = filled_texts(line)
    return filled[0] if len(filled) == 1 else ""


def filled_texts(row: Row) -> tuple[str, ...]:
    """The folded texts of the filled cells."""
    return _filled(row.cells)


@memo(TEXTS)
def _filled(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for cell in cells if (text := folded(cell)))


def is_unreadable(line: Line) -> bool:
    """Whether a line stands for text that could not be read: a page without any, another file."""
    return isinstance(line, Paragraph) and line.aside in _UNREADABLE


def is_aside(line: Line) -> bool:
    """Whether a line stands beside the text and says something: a running head, a note, a chart."""
    beside = isinstance(line, Paragraph) and bool(line.aside)
    return beside and not is_noise_line(line) and not is_entry(line)


def is_entry(line: Line) -> bool:
    """Whether its reader knows that a line belongs to the table of contents."""
    return isinstance(line, Paragraph) and line.aside == _CONTENTS_ASIDE


def is_of_index(line: Line) -> bool:
    """Whether a line of the contents is of the index of forms, which names units and projects."""
    return isinstance(line, Row) and len(filled_texts(line)) > _TITLE_AND_PAGE


def is_note_line(line: Line) -> bool:
    """Whether a line is a footnote or an endnote, which is text in another place."""
    return isinstance(line, Paragraph) and line.aside in _NOTES


def is_noise_line(line: Line) -> bool:
    """Whether a line is a page number, a title said again, a mark across, or a drawn rule."""
    if isinstance(line, Paragraph) and line.aside in _NO_CONTENT:
        return True
    if isinstance(line, Row) and all(map(_RULE.fullmatch, filled_texts(line))):
        return True
    text = heading_text(line)
    if isinstance(line, Paragraph) and line.aside and _BARE_NUMBER.fullmatch(text):
        return True  # at the head or foot of a page
    return _is_noise(text, in_table=isinstance(line, Row))


def is_mark_of_page(line: Line) -> bool:
    """Whether a line tells nothing but the number of its page, or is a mark printed across."""
    return isinstance(line, Paragraph) and (
        line.aside in (_PAGE_ASIDE, "水印") or (not line.aside and is_noise_line(line))
    )


def page_numbers(lines: Iterable[Line]) -> set[int]:
    """By identity, the lines that are a number alone, one more than the one before or after."""
    bare = [
        (line.serial, int(text))
        for line in lines
        if isinstance(line, Paragraph) and _BARE_NUMBER.fullmatch(text := folded(line.text))
    ]
    counted: set[int] = set()
    for (line, number), (following, next_number) in pairwise(bare):
        if next_number == number + 1:
            counted |= {line, following}
    return counted


@memo(TEXTS)
def _is_noise(text: str, *, in_table: bool) -> bool:
    if in_table:
        return len(text) >= _PIECE_IN_TABLE and _is_mark(text)
    bare = _PAGE_NUMBER.fullmatch(text) or _RULE.fullmatch(text)
    return bool(bare) or (len(text) >= _PIECE and _is_mark(text))


def is_mark(text: str) -> bool:
    """Whether a text is one that is printed across or beside the text, or a piece of one."""
    return _is_noise(folded(text), in_table=False)


def _is_mark(text: str) -> bool:
    """Whether a text is a mark, a piece of one, or one that is printed again and again."""
    return any(text in folded(mark) * (len(text) // len(mark) + 2) for mark in _MARKS)


_CONTINUED = late_pattern(r"\(?续表?\d*\)?$")


def is_said_again(text: str) -> bool:
    """Whether a title says that it is printed once more above a further page of its table."""
    return bool(_CONTINUED.search(folded(text)))


def without_continued(text: str) -> str:
    """A title, folded, as it stands above the first page of its table."""
    return _CONTINUED.sub("", folded(text))


def same_title(again: str, title: str) -> bool:
    """Whether the title above a further page of a table says what the first one said."""
    return without_continued(again) == folded(title)
