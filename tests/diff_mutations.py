"""Plants many mistakes at once in a document, each remembered with its class and its place.

What a clerk's slip or a bad edit would leave in a draft: the tree that every format is printed
from is changed before printing, so a mistake in a DOCX, a PDF or a text is the same one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from random import Random

from generator.compare.difference import Difference, DifferenceKind
from generator.compare.text.differences import looks
from generator.compose.document.tree import Element, text_of_element
from generator.drafts.html.read import html_grid
from tests.mutations import Page, Role, Spot, other_digit

_NUMERALS = "一二三四五六七八九十"
_ENDS = "。；，、"
_SPANS = ("colspan", "rowspan")
_MOST = 2
"""So many whole tables, sections or columns are moved or missing in one document at most."""


class Error(StrEnum):
    """What kind of mistake."""

    CELL = "报表数字改一位"
    ROW_DELETED = "报表删一行"
    ROW_ADDED = "报表加一行"
    ROWS_SWAPPED = "报表两行对调"
    COLUMNS_SWAPPED = "报表两栏连表头对调"
    VALUES_SWAPPED = "报表两栏的数对调"
    RENAMED = "科目、项目改名"
    UNIT = "单位万元改元"
    TABLE_MISSING = "缺一张报表"
    TABLE_MOVED = "报表换位置"
    FIGURE = "文字中的数字改一位"
    WORDS = "文字改词"
    SENTENCE_DELETED = "删一句"
    SENTENCE_ADDED = "加一句"
    PARAGRAPH_DELETED = "删一段"
    PARAGRAPH_ADDED = "加一段"
    SECTION_MISSING = "缺一节"
    FORM_AMOUNT = "绩效目标表金额改一位"
    FORM_WORDS = "绩效目标表改词"
    VALUE = "绩效指标值改一位"
    INDICATOR_DELETED = "绩效指标删一条"
    INDICATOR_MOVED = "绩效指标两条对调"
    FORM_MISSING = "缺一张绩效目标表"
    FORM_MOVED = "绩效目标表换位置"
    FORMAT = "只改格式（不应报）"


@dataclass(frozen=True)
class Seen:
    """A difference with the paragraph or row of both sides that it stands in."""

    difference: Difference
    ours: str
    theirs: str


@dataclass(frozen=True)
class Sign:
    """A difference that a mistake must lead to.

    Attributes:
        where: words that the place named by the difference must have.
        ours, theirs: what must differ; a paragraph's differences may be parts of it.
        line: the paragraph, where the difference stands in one.
        part: whether the difference may show a part of the words only, or more of them.
    """

    kinds: frozenset[DifferenceKind]
    where: tuple[str, ...]
    ours: str | None = None
    theirs: str | None = None
    line: str = ""
    part: bool = False

    def fits(self, seen: Seen) -> bool:
        """Whether a difference is this one."""
        found = seen.difference
        same = _meets if self.part else _equal
        place = looks(found.what)
        return (
            found.kind in self.kinds
            and all(_named(looks(words), place) for words in self.where)
            and (not self.line or _meets(self.line, seen.ours) or _meets(self.line, seen.theirs))
            and (self.ours is None or same(found.ours, self.ours))
            and (self.theirs is None or same(found.theirs, self.theirs))
        )


def _named(words: str, place: str) -> bool:
    """表十 does not name 表十一."""
    ends = f"(?![{_NUMERALS}])" if words[-1:] in _NUMERALS else ""
    return re.search(re.escape(words) + ends, place) is not None


def _bare(text: str) -> str:
    return looks(text).replace(",", "")


def _equal(found: str, planted: str) -> bool:
    cells = [sorted(filter(None, map(_bare, text.split(" | ")))) for text in (found, planted)]
    return cells[0] == cells[1]


def _meets(found: str, planted: str) -> bool:
    one, other = (_bare(text).strip(_bare(_ENDS)) for text in (found, planted))
    return one in other or (bool(other) and other in one)


@dataclass(frozen=True)
class Planted:
    """One mistake; ``either``: any one of its signs says all of it."""

    error: Error
    signs: tuple[Sign, ...]
    either: bool = False

    def found(self, seen: Sequence[Seen]) -> bool:
        """Whether the differences say it, in its place and with its class."""
        says = (any(sign.fits(each) for each in seen) for sign in self.signs)
        return any(says) if self.either else all(says)

    def explains(self, seen: Seen) -> bool:
        """Whether a difference comes from this mistake."""
        return any(sign.fits(seen) for sign in self.signs)

    def __str__(self) -> str:
        first = self.signs[0]
        return f"{self.error}｜{'／'.join(first.where)}｜{first.ours} → {first.theirs}"


@dataclass(frozen=True)
class _Cell:
    """A cell of a statement: its row, its column and the head of that."""

    element: Element
    row: Element
    column: int
    title: str


@dataclass
class Draft:
    """A copy of a document in which mistakes are planted, no two in the same place."""

    page: Page
    random: Random
    taken: set[Element] = field(default_factory=set)
    around: set[Element] = field(default_factory=set)
    planted: list[Planted] = field(default_factory=list)

    def is_free(self, element: Element) -> bool:
        """Whether nothing was planted in an element, nor around it."""
        return element not in self.around and self.taken.isdisjoint(
            [element, *element.iterancestors()]
        )

    def pick(self, elements: Sequence[Element]) -> Element | None:
        """One of the elements in which nothing is planted; it is taken from now on."""
        free = [each for each in elements if self.is_free(each)]
        return self.take(self.random.choice(free)) if free else None

    def take(self, element: Element) -> Element:
        """Marks an element as planted in."""
        self.taken.add(element)
        self.around.update(element.iterancestors())
        return element

    @cached_property
    def statements(self) -> dict[str, Element]:
        """The statements by number, as sections."""
        found = {}
        for section in self.page.document.body.findall("section"):
            heading = section.find("h2[@data-toc-text]")
            if "statement" in section.get("class", "").split() and heading is not None:
                found[re.split(r"2\d{3}", heading.get("data-toc-text", ""))[0]] = section
        return found

    @cached_property
    def forms(self) -> list[tuple[str, Element]]:
        """The project forms by project, as sections."""
        headings = [
            (section, section.find("h2[@id]"))
            for section in self.page.document.body.findall("section")
        ]
        return [
            (heading.get("data-bookmark", ""), section)
            for section, heading in headings
            if heading is not None and heading.get("id", "").startswith("form")
        ]

    @cached_property
    def cells(self) -> dict[str, list[_Cell]]:
        """The cells of the bodies of the statements."""
        return {number: list(_cells(section)) for number, section in self.statements.items()}

    @cached_property
    def names(self) -> dict[Element, str]:
        """The first words of each row of the statements, as they were."""
        return {
            row: next((text_of_element(cell) for cell in row if text_of_element(cell)), "")
            for section in self.statements.values()
            for row in section.iterfind(".//tbody/tr")
        }

    @cached_property
    def words(self) -> dict[Element, str]:
        """What each row says, as it was."""
        return {row: _row_words(row) for row in self.names}

    @cached_property
    def paragraphs(self) -> dict[Element, str]:
        """What each paragraph says, as it was."""
        return {
            block: text_of_element(block)
            for _, block in self.page.blocks
            if block.tag in ("p", "h3", "h4")
        }

    @cached_property
    def spots(self) -> dict[Role, list[Spot]]:
        """The pieces of text by role."""
        found: dict[Role, list[Spot]] = {}
        for spot in self.page.spots:
            found.setdefault(spot.role, []).append(spot)
        return found

    def of(self, error: Error) -> int:
        """How many of a kind are planted."""
        return sum(each.error is error for each in self.planted)


def _cells(section: Element) -> Iterator[_Cell]:
    head = [list(row) for row in html_grid(section.findall(".//thead")[0])]
    rows = section.findall(".//tbody/tr")
    table = section.findall("table")[0]
    body = list(html_grid(table))[len(head) :]
    for row, cells in zip(rows, body, strict=True):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            heads = [each for rows in head if (each := rows[column]) is not None]
            texts = [looks(text_of_element(each)) for each in heads]
            yield _Cell(
                cell, row, column, next((t for t in reversed(texts) if t and not t.isdigit()), "")
            )


def _row_words(row: Element) -> str:
    return " | ".join(text for cell in row if (text := text_of_element(cell)))


def _holder(cell: Element) -> Element:
    """The element that has the words of a cell."""
    data = cell.find("data")
    return cell if data is None else data


def _is_plain(row: Element) -> bool:
    """Whether a row has no cell that reaches over another row, nor is reached over."""
    body = row.getparent()
    return body is not None and body.find(".//td[@rowspan]") is None


Planter = Callable[[Draft], Planted | None]


# Statements


def _cell(draft: Draft) -> Planted | None:
    found = {
        cell.element: (number, cell)
        for number, cells in draft.cells.items()
        for cell in cells
        if "amount" in cell.element.get("class", "") and text_of_element(cell.element)
    }
    element = draft.pick(list(found))
    if element is None:
        return None
    number, cell = found[element]
    holder = _holder(element)
    before = holder.text or ""
    holder.text = other_digit(before, draft.random)
    return Planted(Error.CELL, (_cell_sign(draft, number, cell, before, holder.text),))


def _cell_sign(draft: Draft, number: str, cell: _Cell, before: str, after: str) -> Sign:
    where = (f"{number}“", draft.names[cell.row], f"“{cell.title}”栏")
    return Sign(frozenset({DifferenceKind.AMOUNT}), where, before, after)


def _rows(draft: Draft) -> dict[Element, str]:
    """The rows that stand by themselves, with the number of their statement."""
    return {
        row: number
        for number, section in draft.statements.items()
        for row in section.iterfind(".//tbody/tr")
        if row in draft.words and draft.words[row] and _is_plain(row)
    }


def _row_deleted(draft: Draft) -> Planted | None:
    rows = _rows(draft)
    row = draft.pick(list(rows))
    if row is None:
        return None
    number = rows[row]
    _remove(row)
    return Planted(Error.ROW_DELETED, (_row_sign(draft, DifferenceKind.MISSING, number, row),))


def _row_sign(draft: Draft, kind: DifferenceKind, number: str, row: Element) -> Sign:
    ours = draft.words[row] if kind is DifferenceKind.MISSING else None
    return Sign(frozenset({kind}), (f"{number}“", f"{draft.names[row]}", "行"), ours)


def _row_added(draft: Draft) -> Planted | None:
    rows = {row: number for row, number in _rows(draft).items() if draft.is_free(row)}
    if not rows:
        return None
    row = draft.random.choice(list(rows))
    new = deepcopy(row)
    row.addnext(draft.take(new))
    digits = draft.random.randrange(10, 99)
    for cell in new:
        holder = _holder(cell)
        if looks(holder.text or "").isdigit():
            holder.text = f"2{digits}9907"
        elif "amount" in cell.get("class", ""):
            holder.text = f"{digits}.37" if holder.text else ""
        elif holder.text:
            holder.text = f"新增第{digits}类应急周转支出"
    where = (f"{rows[row]}“", "行")
    sign = Sign(frozenset({DifferenceKind.ADDED}), where, "", _row_words(new))
    return Planted(Error.ROW_ADDED, (sign,))


def _rows_swapped(draft: Draft) -> Planted | None:
    rows = {row: number for row, number in _rows(draft).items() if draft.is_free(row)}
    pairs = [
        (row, other)
        for row in rows
        if (other := row.getnext()) is not None
        and other in rows
        and draft.words[row] != draft.words[other]
    ]
    if not pairs:
        return None
    row, other = draft.random.choice(pairs)
    other.addnext(draft.take(row))
    draft.take(other)
    signs = tuple(_row_sign(draft, DifferenceKind.MOVED, rows[row], each) for each in (row, other))
    return Planted(Error.ROWS_SWAPPED, signs, either=True)


def _renamed(draft: Draft) -> Planted | None:
    found = {
        cell.element: (number, cell)
        for number, cells in draft.cells.items()
        for cell in cells
        if "amount" not in cell.element.get("class", "")
        and len(text_of_element(cell.element)) > 3
        and not cell.element.findall("data")
        and not looks(text_of_element(cell.element)).isdigit()
        and text_of_element(cell.element) == cell.element.text
    }
    element = draft.pick(list(found))
    if element is None:
        return None
    number, cell = found[element]
    before = element.text or ""
    element.text = f"{before[:-2]}保障"
    where = (f"{number}“", draft.names[cell.row], f"“{cell.title}”栏")
    return Planted(
        Error.RENAMED, (Sign(frozenset({DifferenceKind.NAME}), where, before, element.text),)
    )


def _columns(draft: Draft) -> Iterator[tuple[str, Element, int]]:
    """Statements with two neighbouring columns of amounts under the same head."""
    for number, section in draft.statements.items():
        table = section.findall("table")[0]
        head = list(html_grid(section.findall(".//thead")[0]))
        amounts = {c.column for c in draft.cells[number] if "amount" in c.element.get("class", "")}
        labels = {c.column for c in draft.cells[number]} - amounts
        plain = all(table.find(f".//tbody//td[@{span}]") is None for span in _SPANS)
        for column in range(len(head[-1]) - 1):
            pair = head[-1][column : column + 2]
            above = [row[column + 1] is None for row in head[:-1]]
            amount_pair = {column, column + 1} <= amounts - labels
            if plain and None not in pair and all(above) and amount_pair:
                yield number, table, column


def _columns_swapped(draft: Draft) -> Planted | None:
    return _swap_columns(draft, Error.COLUMNS_SWAPPED)


def _values_swapped(draft: Draft) -> Planted | None:
    return _swap_columns(draft, Error.VALUES_SWAPPED)


def _swap_columns(draft: Draft, error: Error) -> Planted | None:
    found = [each for each in _columns(draft) if draft.is_free(each[1])]
    if not found or draft.of(error) >= _MOST:
        return None
    number, table, column = draft.random.choice(found)
    head = list(html_grid(table.findall("thead")[0]))[-1]
    cells = [c for c in draft.cells[number] if c.column in (column, column + 1)]
    titles = [cell.title for cell in cells[:2]]
    order = (Sign(frozenset({DifferenceKind.MOVED}), (f"{number}各栏的顺序",), "、".join(titles)),)
    values = []
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    if all(text_of_element(one.element) == text_of_element(other.element) for one, other in pairs):
        return None  # nothing would be seen to change
    draft.take(table)
    for one, other in pairs:
        before = text_of_element(one.element), text_of_element(other.element)
        if error is Error.VALUES_SWAPPED and before[0] != before[1]:
            values.append(_cell_sign(draft, number, one, before[0], before[1]))
            values.append(_cell_sign(draft, number, other, before[1], before[0]))
        one.element.addprevious(other.element)
    if error is Error.COLUMNS_SWAPPED:
        first, second = head[column], head[column + 1]
        assert first is not None and second is not None
        first.addprevious(second)
        return Planted(error, order)
    return Planted(error, tuple(values))


def _unit(draft: Draft) -> Planted | None:
    found = {
        spot.element: (spot.parts[0], spot)
        for spot in draft.spots.get(Role.LINE, [])
        if spot.text.endswith("万元") and spot.parts[0] in draft.statements and not spot.after
    }
    element = draft.pick(list(found))
    if element is None:
        return None
    number, spot = found[element]
    spot.write(spot.text.replace("万元", "元"))
    sign = Sign(frozenset({DifferenceKind.AMOUNT}), (number,), "万元", "元", part=True)
    return Planted(Error.UNIT, (sign,))


def _table_missing(draft: Draft) -> Planted | None:
    sections = list(draft.statements.values())[1:]  # the first one has the heading of the chapter
    section = None if draft.of(Error.TABLE_MISSING) >= _MOST else draft.pick(sections)
    if section is None:
        return None
    title = section.findall("h2")[0].get("data-toc-text", "")
    _remove(section)
    return Planted(
        Error.TABLE_MISSING, (Sign(frozenset({DifferenceKind.MISSING}), (title,), title),)
    )


def _table_moved(draft: Draft) -> Planted | None:
    sections = list(draft.statements.values())[1:]
    headings = [section.findall("h2")[0] for section in sections]
    heading = None if draft.of(Error.TABLE_MOVED) >= _MOST else draft.pick(headings)
    if heading is None:
        return None
    section = heading.getparent()
    assert section is not None
    others = [each for each in sections if each is not section and each.getparent() is not None]
    between = _carry(draft, section, others)
    titles = [each.findall("h2")[0].get("data-toc-text", "") for each in between]
    return Planted(Error.TABLE_MOVED, _moved_signs(titles), either=True)


def _carry(draft: Draft, section: Element, others: Sequence[Element]) -> list[Element]:
    """Moves a section behind another one; returns it with all that it passed.

    Which of two neighbours has moved nobody can tell: naming one that was passed is as right.
    """
    parent = section.getparent()
    assert parent is not None
    target = draft.random.choice([e for e in others if e is not section.getprevious()])
    start, end = parent.index(section), parent.index(target)
    passed = [e for e in others if min(start, end) <= parent.index(e) <= max(start, end)]
    target.addnext(section)
    for each in passed:  # were it moved or taken out as well, nothing might have changed
        draft.take(each.findall("h2")[0])
    return [section, *passed]


def _moved_signs(titles: Sequence[str]) -> tuple[Sign, ...]:
    return tuple(Sign(frozenset({DifferenceKind.MOVED}), (title,)) for title in titles)


# Running text


def _sentences(draft: Draft, least: int) -> dict[Element, Spot]:
    """Pieces of sentences that stand in front of any figure, by paragraph."""
    return {
        spot.element: spot
        for spot in draft.spots.get(Role.SENTENCE, [])
        if not spot.after and spot.element in draft.paragraphs and len(spot.text) >= least
    }


def _figure(draft: Draft) -> Planted | None:
    found = {spot.element: spot for spot in draft.spots.get(Role.FIGURE, [])}
    element = draft.pick(list(found))
    if element is None:
        return None
    spot = found[element]
    paragraph = next(each for each in element.iterancestors() if each in draft.paragraphs)
    before = spot.text
    spot.write(other_digit(before, draft.random))
    line = draft.paragraphs[paragraph]
    sign = Sign(
        frozenset({DifferenceKind.AMOUNT}), (spot.parts[0],), before, spot.text, line, part=True
    )
    return Planted(Error.FIGURE, (sign,))


def _words(draft: Draft) -> Planted | None:
    found = _sentences(draft, 12)
    element = draft.pick(list(found))
    if element is None:
        return None
    spot = found[element]
    runs = [m.start() for m in re.finditer("(?=[\u4e00-\u9fff]{2})", spot.text)]
    place = draft.random.choice(runs)
    before, after = spot.text[place : place + 2], "尤其"
    spot.write(spot.text[:place] + after + spot.text[place + 2 :])
    kinds = frozenset({DifferenceKind.TEXT})
    line = draft.paragraphs[element]
    return Planted(Error.WORDS, (Sign(kinds, (spot.parts[0],), before, after, line, part=True),))


def _sentence_deleted(draft: Draft) -> Planted | None:
    found = {
        element: spot
        for element, spot in _sentences(draft, 20).items()
        if len(re.findall("[^。；]+[。；]", spot.text)) > 1
    }
    element = draft.pick(list(found))
    if element is None:
        return None
    spot = found[element]
    sentence = draft.random.choice(re.findall("[^。；]+[。；]", spot.text))
    spot.write(spot.text.replace(sentence, "", 1))
    kinds = frozenset({DifferenceKind.MISSING})
    line = draft.paragraphs[element]
    sign = Sign(kinds, (spot.parts[0],), sentence, "", line, part=True)
    return Planted(Error.SENTENCE_DELETED, (sign,))


def _sentence_added(draft: Draft) -> Planted | None:
    found = {e: s for e, s in _sentences(draft, 8).items() if draft.paragraphs[e][-1] == "。"}
    element = draft.pick(list(found))
    if element is None:
        return None
    sentence = f"另有{draft.random.randrange(11, 99)}项工作正在抓紧推进。"
    last = element[-1] if len(element) else None
    if last is None:
        element.text = f"{element.text}{sentence}"
    else:
        last.tail = f"{last.tail or ''}{sentence}"
    kinds = frozenset({DifferenceKind.ADDED})
    line = draft.paragraphs[element]
    sign = Sign(kinds, (found[element].parts[0],), "", sentence, line, part=True)
    return Planted(Error.SENTENCE_ADDED, (sign,))


def _paragraph_deleted(draft: Draft) -> Planted | None:
    found = {
        block: parts
        for parts, block in draft.page.blocks
        if block.tag == "p"
        and not block.get("class")
        and len(text_of_element(block)) > 25
        and parts not in (("封面",), ("目录",))
        and not _is_only(block)
    }
    block = draft.pick(list(found))
    if block is None:
        return None
    heading = next((e for e in block.itersiblings(preceding=True) if e.tag in ("h1", "h2")), None)
    if heading is not None:
        draft.take(heading)  # were the section missing as well, nobody could tell
    _remove(block)
    kinds = frozenset({DifferenceKind.MISSING})
    sign = Sign(kinds, (found[block][0],), draft.paragraphs[block])
    return Planted(Error.PARAGRAPH_DELETED, (sign,))


def _is_only(block: Element) -> bool:
    """Whether a paragraph is all there is under its heading."""
    before, after = block.getprevious(), block.getnext()
    ends = after is None or after.tag in ("h1", "h2")
    return ends and (before is None or before.tag in ("h1", "h2"))


def _paragraph_added(draft: Draft) -> Planted | None:
    found = {e: s for e, s in _sentences(draft, 8).items() if e.tag == "p"}
    element = draft.pick(list(found))
    if element is None:
        return None
    number = draft.random.randrange(11, 99)
    text = f"第{number}次会议研究决定，上述事项自下季度起由办公室牵头办理。"
    new = element.makeelement("p", {})
    new.text = text
    element.addnext(draft.take(new))
    sign = Sign(frozenset({DifferenceKind.ADDED}), (found[element].parts[0],), "", text)
    return Planted(Error.PARAGRAPH_ADDED, (sign,))


def _section_missing(draft: Draft) -> Planted | None:
    found = {
        block: parts
        for parts, block in draft.page.blocks
        if block.tag == "h2"
        and parts[0].startswith("情况说明")
        and block.get("class") != "unit"  # the forms of a unit, in the annex
    }
    free = [each for each in found if all(map(draft.is_free, _section(each)))]
    if not free or draft.of(Error.SECTION_MISSING) >= _MOST:
        return None
    heading = draft.random.choice(free)
    number = found[heading][0]
    for each in _section(heading):
        _remove(draft.take(each))
    sign = Sign(frozenset({DifferenceKind.MISSING}), (number,))
    return Planted(Error.SECTION_MISSING, (sign,))


def _section(heading: Element) -> list[Element]:
    """A heading and what follows it up to the next one."""
    found = [heading]
    following = heading.getnext()
    while following is not None and following.tag not in ("h1", "h2"):
        found.append(following)
        following = following.getnext()
    return found


# Forms


def _form_cells(draft: Draft, *roles: Role) -> dict[Element, Spot]:
    return {
        spot.element: spot
        for role in roles
        for spot in draft.spots.get(role, [])
        if spot.parts[0].startswith("绩效目标表")
    }


def _form_amount(draft: Draft) -> Planted | None:
    found = {e: s for e, s in _form_cells(draft, Role.FORM_AMOUNT).items() if len(s.text) > 1}
    element = draft.pick(list(found))
    if element is None:
        return None
    spot = found[element]
    address = element.get("data-figure", "").split("/")
    before = spot.text
    spot.write(other_digit(before, draft.random))
    where = (spot.parts[1], "".join(address[-2:]))
    sign = Sign(frozenset({DifferenceKind.AMOUNT}), where, before, spot.text)
    return Planted(Error.FORM_AMOUNT, (sign,))


def _form_words(draft: Draft) -> Planted | None:
    found = {
        element: spot
        for element, spot in _form_cells(draft, Role.FORM_TEXT).items()
        if len(spot.text) > 25
    }
    element = draft.pick(list(found))
    if element is None:
        return None
    spot = found[element]
    before = spot.text
    place = draft.random.randrange(4, len(before) - 4)
    spot.write(f"{before[:place]}尤其是{before[place:]}")
    label = next((text_of_element(each) for each in element.itersiblings(preceding=True)), "")
    where = (spot.parts[1],) if len(label) > 25 else (spot.parts[1], label)
    kind = DifferenceKind.NAME if label in ("项目名称", "实施单位") else DifferenceKind.TEXT
    sign = Sign(frozenset({kind}), where, before, spot.text)
    return Planted(Error.FORM_WORDS, (sign,))


def _value(draft: Draft) -> Planted | None:
    found = {
        element: spot
        for element, spot in _form_cells(draft, Role.FORM_VALUE).items()
        if re.search(r"\d", spot.text)
    }
    element = draft.pick(list(found))
    if element is None:
        return None
    spot = found[element]
    before = spot.text
    spot.write(other_digit(before, draft.random))
    kinds = frozenset({DifferenceKind.AMOUNT})
    sign = Sign(kinds, (spot.parts[1], "指标值"), before, spot.text)
    return Planted(Error.VALUE, (sign,))


def _indicators(draft: Draft) -> dict[Element, str]:
    """The rows of forms that only have an indicator, in a group that others began."""
    return {
        row: name
        for name, section in draft.forms
        for row in section.iterfind(".//tr")
        if len(row) == 4
        and row.find("td[@class='field']") is None
        and row.find("td[@rowspan]") is None
        and row.find("td[@colspan]") is None
        and text_of_element(row[0])
        and text_of_element(row[2])
    }


def _indicator_deleted(draft: Draft) -> Planted | None:
    rows = _indicators(draft)
    row = draft.pick(list(rows))
    if row is None:
        return None
    name, words = text_of_element(row[0]), rows[row]
    _shorten(row)
    _remove(row)
    sign = Sign(frozenset({DifferenceKind.MISSING}), (words, name))
    return Planted(Error.INDICATOR_DELETED, (sign,))


def _shorten(row: Element) -> None:
    """Makes the cells that reach over a row reach over one row less."""
    table = next(row.iterancestors("table"))
    rows = list(table.iter("tr"))
    at = rows.index(row)
    for number, each in enumerate(rows[:at]):
        for cell in each:
            span = int(cell.get("rowspan", "1"))
            if number + span > at:
                cell.set("rowspan", str(span - 1))


def _indicator_moved(draft: Draft) -> Planted | None:
    rows = {row: name for row, name in _indicators(draft).items() if draft.is_free(row)}
    pairs = [
        (row, other)
        for row in rows
        if (other := row.getnext()) is not None
        and other in rows
        and text_of_element(row[0]) != text_of_element(other[0])
    ]
    if not pairs:
        return None
    row, other = draft.random.choice(pairs)
    other.addnext(draft.take(row))
    draft.take(other)
    signs = tuple(
        Sign(frozenset({DifferenceKind.MOVED}), (rows[row], text_of_element(each[0])))
        for each in (row, other)
    )
    return Planted(Error.INDICATOR_MOVED, signs, either=True)


def _form_missing(draft: Draft) -> Planted | None:
    forms = {section: name for name, section in draft.forms}
    # the last form left would make all forms missing, which is another difference
    enough = len(forms) - draft.of(Error.FORM_MISSING) > 2
    section = draft.pick(list(forms)) if enough and draft.of(Error.FORM_MISSING) < _MOST else None
    if section is None:
        return None
    _remove(section)
    sign = Sign(frozenset({DifferenceKind.MISSING}), (f"“{forms[section]}”绩效目标表",))
    return Planted(Error.FORM_MISSING, (sign,))


def _form_moved(draft: Draft) -> Planted | None:
    names = {section.findall("h2")[0]: name for name, section in draft.forms}
    heading = draft.pick(list(names)) if draft.of(Error.FORM_MOVED) < _MOST else None
    if heading is None:
        return None
    section = heading.getparent()
    assert section is not None
    others = [s for _, s in draft.forms if s is not section and s.getparent() is not None]
    if len([each for each in others if each is not section.getprevious()]) < 1:
        return None
    between = _carry(draft, section, others)
    named = {section: name for name, section in draft.forms}
    titles = [f"“{named[each]}”绩效目标表" for each in between if each in named]
    return Planted(Error.FORM_MOVED, _moved_signs(titles), either=True)


# Looks


def _format(draft: Draft) -> Planted | None:
    cells = {
        cell.element: number
        for number, found in draft.cells.items()
        for cell in found
        if re.fullmatch(r"\d{4,}\.\d+|[\d,]{5,}\.\d+", text_of_element(cell.element))
    }
    sentences = {e: s for e, s in _sentences(draft, 12).items() if re.search("[，：]", s.text)}
    element = draft.pick([*cells, *sentences])
    if element is None:
        return None
    if element in cells:
        holder = _holder(element)
        text = holder.text or ""
        whole, cents = text.replace(",", "").split(".")
        grouped = f"{int(whole):,}.{cents}"
        holder.text = text.replace(",", "") if "," in text else grouped
        return Planted(Error.FORMAT, (Sign(frozenset({DifferenceKind.FORMAT}), (cells[element],)),))
    spot = sentences[element]
    spot.write(spot.text.replace("，", ",", 1).replace("：", ": ", 1))
    return Planted(Error.FORMAT, (Sign(frozenset({DifferenceKind.FORMAT}), (spot.parts[0],)),))


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unlink(body: Element) -> None:
    """What linked to something taken out stays as plain words."""
    there = {f"#{element.get('id')}" for element in body.iter() if element.get("id")}
    for link in body.iter("a"):
        if "href" in link.attrib and link.get("href") not in there:
            del link.attrib["href"]


PLANTERS: dict[Error, Planter] = {
    Error.SECTION_MISSING: _section_missing,
    Error.TABLE_MISSING: _table_missing,
    Error.FORM_MISSING: _form_missing,
    Error.COLUMNS_SWAPPED: _columns_swapped,
    Error.VALUES_SWAPPED: _values_swapped,
    Error.TABLE_MOVED: _table_moved,
    Error.FORM_MOVED: _form_moved,
    Error.PARAGRAPH_DELETED: _paragraph_deleted,
    Error.ROW_DELETED: _row_deleted,
    Error.ROW_ADDED: _row_added,
    Error.ROWS_SWAPPED: _rows_swapped,
    Error.INDICATOR_DELETED: _indicator_deleted,
    Error.INDICATOR_MOVED: _indicator_moved,
    Error.SENTENCE_DELETED: _sentence_deleted,
    Error.SENTENCE_ADDED: _sentence_added,
    Error.PARAGRAPH_ADDED: _paragraph_added,
    Error.UNIT: _unit,
    Error.CELL: _cell,
    Error.RENAMED: _renamed,
    Error.FIGURE: _figure,
    Error.WORDS: _words,
    Error.FORM_AMOUNT: _form_amount,
    Error.FORM_WORDS: _form_words,
    Error.VALUE: _value,
    Error.FORMAT: _format,
}
"""How each kind of mistake is planted; what takes most room first."""


def plant(page: Page, count: int, random: Random) -> list[Planted]:
    """Plants so many mistakes, of all kinds in turn, as far as the document has places for them."""
    draft = Draft(page, random)
    # remembered as they were before anything is changed
    _ = draft.statements, draft.forms, draft.cells, draft.names, draft.words
    _ = draft.paragraphs, draft.spots
    errors = list(PLANTERS)
    wanted = random.sample(errors, min(count, len(errors)))
    errors = [each for each in errors if each in wanted]
    while errors and len(draft.planted) < count:
        for error in errors[: count - len(draft.planted)]:
            planted = PLANTERS[error](draft)
            if planted is None:
                errors = [each for each in errors if each is not error]
            else:
                draft.planted.append(planted)
    _unlink(page.document.body)
    return draft.planted
