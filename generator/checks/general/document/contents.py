"""The contents against the headings and pages of the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from msgspec import Struct

from generator.checks.general.document.lines import (
    PlainLine,
    key_of,
    lines_of_document,
    printed_pages,
    without_year,
)
from generator.checks.general.document.rules import CONTENTS
from generator.checks.rule import Check, Outcome, Passed, Unchecked
from generator.checks.text.texts import told_or_noise
from generator.core.findings import Finding
from generator.core.likeness import likeness
from generator.core.memo import Same, memo
from generator.core.text.patterns import late_pattern
from generator.drafts.parts import signposts
from generator.drafts.words.numbering import PART
from generator.drafts.words.text import folded
from generator.pack.pack import Pack
from generator.reading.blocks import Block
from generator.reading.document import Origin, ReadDocument

_ENTRY = late_pattern(r"(?P<words>.*?[^\d\s.])[\s.·…⋯．﹒_-]*(?P<page>(?<![\d.])\d{1,3})?\s*")
_LEADERS = late_pattern(r"[.…·⋯．﹒_-]{3,}")
_LEVELS = tuple(
    map(
        re.compile,
        (PART, "[一二三四五六七八九十]+、", r"\([一二三四五六七八九十]+\)"),
    )
)
_YEAR = late_pattern(r"\d{4}(?=年)")
_FEWEST = 3
_NEAR = 0.8
_LOST = 4
"""So many characters more or less may a line have than the heading that it means."""
_SAME_NUMBER = 0.2
_NUMBER = late_pattern(f"[一二三四五六七八九十]+、|{PART}")
_SHORTEST = 3
_MOST = 0.8
_OWN_WORDS = late_pattern("^(本)?(区级|市级|县级|省级)?(部门|单位|预算单位|预算部门)")
_OWNER = late_pattern(
    r".*(局|委|办|会|室|院|中心|部|处|署|厅|校|学|馆|站|所|队|园|社|公司|机关|部门|单位|[本省市区县]级"
    r"|项目|费用?|经费|资金|工程|补助|补贴|服务|建设|采购|维护|工作|活动)(等)?(的)?"
)
"""What may stand before the words of an entry in its heading: the publisher, or a project."""


class ContentsLine(Struct, frozen=True):
    """A line of the contents; ``page`` is 0 if it names none."""

    line: PlainLine
    words: str
    page: int

    @property
    def key(self) -> str:
        """Its words for comparing with headings."""
        return key_of(self.words)

    @property
    def level(self) -> int:
        """How deep it stands: 第一部分, 一、, （一）, everything else."""
        text = folded(self.words)
        return next((n for n, each in enumerate(_LEVELS) if each.match(text)), len(_LEVELS))


def contents_and_body(
    blocks: tuple[Block, ...],
) -> tuple[Sequence[ContentsLine], Sequence[PlainLine]]:
    """The entries of the contents of a document and all its other lines."""
    return _contents_and_body(Same(blocks))


@memo(8)  # most rules about a document ask for them, and about others that it is compared with
def _contents_and_body(
    document: Same[tuple[Block, ...]],
) -> tuple[Sequence[ContentsLine], Sequence[PlainLine]]:
    listed, body = split_contents(lines_of_document(document.it))
    return tuple(listed), tuple(body)


def split_contents(lines: Sequence[PlainLine]) -> tuple[list[ContentsLine], list[PlainLine]]:
    """The entries of the contents, and the lines that follow them; no entries without 目录."""
    title = next((n for n, each in enumerate(lines) if _is_title(each)), None)
    if title is None:
        return [], list(lines)
    following = [line for line in _headings(lines[title:]) if not _ends_with_page(line)]
    headings = {words for line in following for words in (line.key, folded(line.text))}
    found: list[ContentsLine] = []
    end = title + 1
    for at in range(title + 1, len(lines)):
        line = lines[at]
        entry = _entry(line)
        same_page = line.page and line.page == lines[title].page
        if entry and found and not entry.page and entry.key == found[0].key and not same_page:
            break  # the first part begins
        if entry is None or not (same_page or _is_listed(line) or _is_heading(entry, headings)):
            if not _goes_on(lines, at):
                break
            if entry is None or not entry.page:
                continue
        found.append(entry)
        end = at + 1
    return found, [*lines[:title], *lines[end:]]


def _is_title(line: PlainLine) -> bool:
    return bool(signposts.CONTENTS.fullmatch(folded(line.text)))


def _is_heading(entry: ContentsLine, headings: Set[str]) -> bool:
    """Whether a line with a page number says what a heading says, or nearly so.

    Args:
        entry: the line.
        headings: what may be headings, none of them with a number at its end: no line, such as
            在职人员 45, may show of itself or of one like it that it is an entry.
    """
    if not entry.page:
        return False
    whole = folded(entry.words)
    return entry.key in headings or any(
        likeness(whole, heading) >= _NEAR
        for heading in headings
        if abs(len(heading) - len(whole)) <= _LOST
    )


def _ends_with_page(line: PlainLine) -> bool:
    entry = _entry(line)
    return entry is not None and entry.page > 0


def _is_listed(line: PlainLine) -> bool:
    text = folded(line.text)
    return bool(signposts.LISTED.fullmatch(text) or signposts.CONTENTS_LINE.fullmatch(text))


def _entry(line: PlainLine) -> ContentsLine | None:
    if not (line.may_be_heading or _LEADERS.search(line.text) or line.table >= 0):
        return None
    match = _ENTRY.fullmatch(_LEADERS.sub(" ", line.text))
    return ContentsLine(line, match["words"].strip(), int(match["page"] or 0)) if match else None


def _goes_on(lines: Sequence[PlainLine], at: int) -> bool:
    """Whether contents go on below a line that is no entry by itself: one that wrapped."""
    following = lines[at + 1] if at + 1 < len(lines) else None
    return following is not None and bool(signposts.CONTENTS_LINE.fullmatch(folded(following.text)))


# Headings


def _headings(lines: Sequence[PlainLine]) -> list[PlainLine]:
    return [line for line in lines if line.may_be_heading and line.key]


def heading_of(entry: ContentsLine, headings: Sequence[PlainLine]) -> PlainLine | None:
    """The first heading with the words of an entry; one that names the publisher before them."""
    for line in headings:
        if line.key == entry.key:
            return line
    tail = _OWN_WORDS.sub("", without_year(entry.key))
    if len(tail) < _SHORTEST:
        return None
    years = set(_YEAR.findall(entry.key))
    for line in headings:
        key = without_year(line.key)
        if years and years.isdisjoint(_YEAR.findall(line.key) or years):
            continue  # the heading of another year
        if key == tail or (_is_someones(tail, key) and not _other_table(entry, line)):
            return line
    return None


def _is_someones(tail: str, key: str) -> bool:
    """Whether a heading is the words of an entry after the name of whose they are."""
    return key.endswith(tail) and _OWNER.fullmatch(key.removesuffix(tail)) is not None


def _other_table(entry: ContentsLine, line: PlainLine) -> bool:
    """Whether a title only ends like the entry: 财政拨款收支总表 is not 收支总表."""
    return entry.key.endswith("表") and without_year(line.key) != without_year(entry.key)


def _contents(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    if document.follows_pack:
        return  # its pack knows the headings, and E741 tells the same better
    listed, body = contents_and_body(document.blocks)
    if len(listed) < _FEWEST:
        yield Unchecked(CONTENTS.code, "目录", "没有读到目录，目录与正文是否一致须人工核对")
        return
    headings = _headings(body)
    placed: list[tuple[ContentsLine, PlainLine]] = []
    sentences = [folded(line.text) for line in body if not line.may_be_heading]
    missing: list[ContentsLine] = []
    for entry in listed:
        heading = heading_of(entry, headings)
        if heading is None:
            missing.append(entry)
        else:
            placed.append((entry, heading))
            yield Passed(CONTENTS.code, group="目录")
    known = {id(heading) for _, heading in placed}
    free = [line for line in headings if id(line) not in known]
    for entry in missing:
        near = _nearest(entry, free)
        if _stands_for_others(entry, listed) and not (near and _alike(entry, near) >= _NEAR):
            continue
        if near is None and any(map(_begins_with(entry), sentences)):
            continue  # the text goes on in the line of its heading
        if near is None and any(run.is_whole for run in document.unread_pages):
            why = f"目录里的“{entry.words}”没有找到，可能在读不出来的页上"
            yield Unchecked(CONTENTS.code, "目录", why)
            continue
        yield told_or_noise(document, _unmatched(entry, near))
    yield from _pages(document, placed, printed_pages(document.blocks))


def _stands_for_others(entry: ContentsLine, listed: Sequence[ContentsLine]) -> bool:
    """Whether an entry only groups those below it, such as the tables."""
    after = listed[listed.index(entry) + 1 :]
    return bool(after) and after[0].level > entry.level


def _begins_with(entry: ContentsLine) -> Callable[[str], bool]:
    words = folded(entry.words)
    return lambda text: text.startswith(words)


def _nearest(entry: ContentsLine, headings: Sequence[PlainLine]) -> PlainLine | None:
    """The heading that an entry most likely means: much alike, or of the same number."""
    rated = [(_likeness(entry, line), -at) for at, line in enumerate(headings)]
    best, at = max(rated, default=(0.0, 0))
    return headings[-at] if best >= _NEAR else None


def _likeness(entry: ContentsLine, line: PlainLine) -> float:
    number = _NUMBER.match(folded(entry.words))
    same = number is not None and folded(line.text).startswith(number[0])
    return _alike(entry, line) + _SAME_NUMBER * same


def _alike(entry: ContentsLine, line: PlainLine) -> float:
    """How alike the words are, 0 to 1; the year of a heading counts if the entry names one."""
    heading = line.key if _YEAR.search(entry.key) else without_year(line.key)
    pairs = (entry.key, heading), (folded(entry.words), folded(line.text))
    return max(likeness(*pair) for pair in pairs)


def _unmatched(entry: ContentsLine, near: PlainLine | None) -> Finding:
    if near is not None:
        message = f"目录写“{entry.words}”，正文的标题是“{near.text}”"
    else:
        message = f"目录里的“{entry.words}”在正文里找不到"
    return _finding(entry, message)


def _finding(entry: ContentsLine, message: str) -> Finding:
    return CONTENTS.finding(
        message,
        entry.line.place,
        group="目录",
        subjects=("目录", f"目录/{entry.words}"),
        excerpt=entry.words,
    )


# Pages


def _pages(
    document: ReadDocument,
    placed: Sequence[tuple[ContentsLine, PlainLine]],
    printed: Mapping[int, int],
) -> Iterator[Outcome]:
    """The page numbers of the contents; of a file that is set in pages, a PDF."""
    numbered = [(entry, line) for entry, line in placed if entry.page and line.page]
    if not any(entry.page for entry, _ in placed):
        yield Unchecked(CONTENTS.code, "目录页码", "目录没有写页码")
        return
    in_pages = any(line.page for _, line in placed)
    if in_pages and document.origin is Origin.DRAFT and len(numbered) < _FEWEST:
        why = f"写有页码、正文里又有标题的目录行不到 {_FEWEST} 行，页码没有核对"
        yield Unchecked(CONTENTS.code, "目录页码", why)
        return
    if not in_pages or document.origin is not Origin.DRAFT:
        yield Unchecked(CONTENTS.code, "目录页码", "页码只有排好版的 PDF 才能核对")
        return
    if sum(line.page in printed for _, line in numbered) > _MOST * len(numbered):
        shown = {sheet: printed.get(sheet, 0) for sheet in {line.page for _, line in numbered}}
        right = sum(shown[line.page] == entry.page for entry, line in numbered)
        if right * 2 >= len(numbered) or not _shift(numbered):
            yield from _wrong_pages([(e, line, shown[line.page]) for e, line in numbered])
            return
    shift = _shift(numbered)
    if shift is None:
        yield Unchecked(CONTENTS.code, "目录页码", "正文的页码不是从头连续的")
        return
    yield from _wrong_pages([(entry, line, line.page - shift) for entry, line in numbered])


def _shift(numbered: Sequence[tuple[ContentsLine, PlainLine]]) -> int | None:
    """By how much sheets are ahead of the contents, if nearly all say the same."""
    shifts = Counter(line.page - entry.page for entry, line in numbered)
    shift, times = shifts.most_common(1)[0]
    return shift if times >= _MOST * len(numbered) else None


def _wrong_pages(numbered: Sequence[tuple[ContentsLine, PlainLine, int]]) -> Iterator[Outcome]:
    for entry, line, actual in numbered:
        if actual in (0, entry.page):
            yield Passed(CONTENTS.code)
            continue
        sheet = f"（PDF 的第{line.page}页）" if line.page != actual else ""
        message = f"目录写“{entry.words}”在第{entry.page}页，实际在第{actual}页{sheet}"
        yield _finding(entry, message)


CHECKS: tuple[Check, ...] = (_contents,)
