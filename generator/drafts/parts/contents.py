"""Finds the table of contents in a draft: its lines are the headings with page numbers."""

from __future__ import annotations

from collections.abc import Sequence

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line, Row
from generator.drafts.parts import signposts
from generator.drafts.parts.draft_format import DraftFormat
from generator.drafts.parts.signposts import heading_text
from generator.drafts.words.text import folded

_FEWEST = 3
_APART = 3
"""So many lines, at most, that are no headings stand between two entries: a long one is wrapped."""
_LAST_DIGITS = late_pattern(r"\d{1,3}$")


def contents_range(lines: Sequence[Line], format_: DraftFormat) -> range:
    """The places of the table of contents, its title included; empty if there is none."""
    texts = [_whole_text(line) for line in lines]
    start = next((at for at in range(len(lines)) if _opens(lines, texts, at)), None)
    if start is None:
        return range(0)
    if signposts.is_entry(lines[start]):
        return range(start, _end_known(lines, texts, start))
    first = start + _is_title(texts[start])
    numbered = [at for at in range(first, len(texts)) if _is_entry(texts[at])]
    if len(numbered) < _FEWEST or _past_contents(texts, first, numbered[0]):
        return range(start, _end_unnumbered(texts, first))
    return range(start, _end_numbered(texts, numbered, format_))


def _whole_text(line: Line) -> str:
    if signposts.is_aside(line):
        return ""
    return folded("".join(line.cells)) if isinstance(line, Row) else heading_text(line)


def _opens(lines: Sequence[Line], texts: Sequence[str], at: int) -> bool:
    """Whether contents begin at a line: with their title, or without one at their first entry.

    Rows of a table in whole numbers look like entries, but there are more cells in them, and
    their amounts do not go up as pages do.
    """
    if _is_title(texts[at]):
        return True
    if signposts.is_of_index(lines[at]) or not _is_entry(texts[at]):
        return False
    entries = [text for text in texts[at : at + _FEWEST + _APART] if _is_entry(text)][:_FEWEST]
    pages = [int(page[0]) for text in entries if (page := _LAST_DIGITS.search(text))]
    return len(pages) == _FEWEST and pages[0] > 0 and pages == sorted(pages)


def _is_title(text: str) -> bool:
    return bool(signposts.CONTENTS.fullmatch(text))


def _is_entry(text: str) -> bool:
    return bool(signposts.CONTENTS_LINE.fullmatch(text))


def _past_contents(texts: Sequence[str], first: int, numbered: int) -> bool:
    """Whether a line with a number stands in the body, below contents without page numbers."""
    between = texts[first:numbered]
    comes_again = bool(between) and between[0] in between[1:]
    return comes_again or _unlisted(between) > _APART


def _end_known(lines: Sequence[Line], texts: Sequence[str], end: int) -> int:
    """Where contents end that the reader of the file knows by their marks."""
    while end < len(lines) and (signposts.is_entry(lines[end]) or _is_entry(texts[end])):
        end += 1
    return end


def _end_numbered(texts: Sequence[str], numbered: Sequence[int], format_: DraftFormat) -> int:
    """Where contents end: with the last entry, or where the first part begins below it."""
    last = numbered[0]
    for at in numbered:
        if _unlisted(texts[last + 1 : at]) > _APART:
            break
        last = at
    last = _through_unnumbered(texts, last)
    for at in range(last + 1, len(texts)):
        if format_.part(texts[at]):
            return at
        if _unlisted(texts[last + 1 : at + 1]) > _APART:
            break
    return last + 1


def _through_unnumbered(texts: Sequence[str], last: int) -> int:
    """The last of the entries that follow without a number of their own: 附件 and its forms.

    Their pages go on from those above.
    """
    page = _page(texts[last])
    while last + 1 < len(texts) and 0 <= page <= (following := _page(texts[last + 1])):
        last, page = last + 1, following
    return last


def _page(text: str) -> int:
    """The page that an entry leads to; −1 if the line leads to none."""
    entry = signposts.UNNUMBERED_LINE.fullmatch(text)
    return int(entry["page"]) if entry else -1


def _unlisted(texts: Sequence[str]) -> int:
    """How many lines are no numbered headings."""
    return sum(not signposts.LISTED.fullmatch(text) for text in texts)


def _end_unnumbered(texts: Sequence[str], first: int) -> int:
    """Where contents without page numbers end: their first line comes again, as a heading.

    Where the headings have other words, they end with the lines that are numbered.
    """
    opening = signposts.LEADERS.sub("", texts[first]) if first < len(texts) else ""
    again = next((at for at in range(first + 1, len(texts)) if texts[at] == opening), None)
    if again is not None:
        return again
    end = first
    while end < len(texts) and signposts.LISTED.fullmatch(texts[end]):
        end += 1
    return end if end - first >= _FEWEST else first
