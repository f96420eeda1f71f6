"""Sees to it that every amount of a document stays inside its cell, on one line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from generator.compose.document.section import Section
from generator.compose.document.tree import Element, HtmlDocument, text_of_element
from generator.core.findings import Finding, UnusableInputError
from generator.core.memo import Same
from generator.pack.pack import Pack
from generator.pack.theme import PageLayout, Style, Theme, indent
from generator.printing.columns.advances import Advances, advances
from generator.printing.columns.cells import MeasuredCell, column_shares, set_shares, table_cells
from generator.printing.columns.contents import ems
from generator.printing.columns.room import BrokenHead, Column, Text, roomier
from generator.printing.columns.size import TableSize, set_size
from generator.printing.columns.widths import ColumnNeeds, fitting_widths
from generator.printing.kept import KeptPieces
from generator.printing.words import head_words

_POINTS_PER_MM = 72 / 25.4
_STEP = 0.5  # points from one size to the next smaller one
_SLACK = 0.6  # points: what rounding and the next day's digits may take
_LEAST_EMS = 4  # what a column of text keeps: four characters a line
_TOLERANCE = 0.01  # points
_DIGIT = 0.56  # of the size: about what a digit takes

_Face = tuple[str, bool]
"""The role of a font in the theme, and whether bold."""
Characters = Mapping[_Face, AbstractSet[str]]
"""Some characters of each face."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table on its page.

    Attributes:
        kind: its first class, by which the theme knows it.
        widths: its columns, in points.
        amounts: the cells that hold its amounts.
    """

    element: Element
    kind: str | None
    widths: list[float]
    amounts: list[MeasuredCell]


class _Layout(NamedTuple):
    """Widths of the columns, and a size of its own where the table needs one."""

    widths: list[float]
    size: TableSize | None


def fit_amounts(document: HtmlDocument, pack: Pack, kept: KeptPieces) -> HtmlDocument:
    """The document with columns that hold their amounts, and break texts no more than they must.

    Args:
        document: the document; it is not changed.
        pack: its pack, for the theme.
        kept: what was measured of fonts before; what is measured now is added.

    Raises:
        UnusableInputError: E406 for each table whose amounts fit in no size that the theme allows.
    """
    theme = pack.theme
    fitting = _Fitting(theme)
    tables: dict[Section, dict[int, _Table]] = {}  # those that are read now

    def characters(section: Section) -> Characters:
        tables[section] = dict(_tables(section, theme))
        return fitting.characters(tables[section].values())

    def fitted(section: Section) -> _Fitted:
        of_section = tables.get(section)
        return _fitted(
            section, dict(_tables(section, theme)) if of_section is None else of_section, fitting
        )

    needed = [
        section.recall("characters of amounts", Same(theme), partial(characters, section))
        for section in document.sections
    ]
    fitting.measure(needed, kept)
    # what a word takes at most is reckoned with all faces of the document
    key = Same(theme), fitting.faces
    results = [
        (section, section.recall("fitted", key, partial(fitted, section)))
        for section in document.sections
    ]
    refused = [table for _, result in results for table in result.refused]
    if refused:
        raise UnusableInputError(_refusal(each, fitting.worst(each), pack) for each in refused)
    return document.with_sections(result.section or section for section, result in results)


class _Fitted(NamedTuple):
    """A section with layouts of its tables; nothing if it stays as it is, or some are refused."""

    section: Section | None
    refused: tuple[_Table, ...] = ()


def _fitted(section: Section, tables: Mapping[int, _Table], fitting: _Fitting) -> _Fitted:
    layouts: dict[int, _Layout] = {}
    refused: list[_Table] = []
    for position, table in tables.items():
        layout = _Layout(table.widths, None) if fitting.fits(table) else fitting.layout(table)
        if layout is None:
            refused.append(table)
            continue
        layout = fitting.roomier(table, layout)
        if layout.widths != table.widths or layout.size is not None:
            layouts[position] = layout
    if refused or not layouts:
        return _Fitted(None, tuple(refused))
    return _Fitted(section.changed(partial(_set_layouts, layouts=layouts)))


def widths_on(
    table: Element, page: PageLayout, theme: Theme, kept: KeptPieces
) -> list[float] | None:
    """The widths of a table's columns on a page, in points, if amounts and codes fit unbroken.

    Args:
        table: the table; its columns must say how they share the width out.
        page: the page.
        theme: the theme.
        kept: what was measured of fonts before; what is measured now is added.
    """
    placed = _placed(table, page)
    if placed is None:
        return None
    fitting = _Fitting(theme)
    fitting.measure([fitting.characters([placed])], kept)
    return fitting_widths(fitting.columns(placed, None, whole=True))


def _tables(whole: Section, theme: Theme) -> Iterator[tuple[int, _Table]]:
    """The tables with amounts, by their position among all tables."""
    for position, element in enumerate(whole.body.iter("table")):
        section = next(element.iterancestors("section"), None)
        table = _placed(element, theme.page(section.get("class"))) if section is not None else None
        if table is not None and table.amounts:
            yield position, table


def _placed(element: Element, page: PageLayout) -> _Table | None:
    """A table on a page; nothing where its columns do not say how wide they are."""
    shares = column_shares(element)
    if not shares:
        return None
    cells = table_cells(element, amounts=True)
    amounts = [cell for cell in cells if cell.column < len(shares)]
    whole = page.text_width * _POINTS_PER_MM
    kind = next(iter((element.get("class") or "").split()), None)
    return _Table(element, kind, [share * whole for share in shares], amounts)


def _set_layouts(body: Element, layouts: Mapping[int, _Layout]) -> None:
    for position, table in enumerate(body.iter("table")):
        layout = layouts.get(position)
        if layout is None:
            continue
        set_shares(table, layout.widths)
        if layout.size is not None:
            set_size(table, layout.size)


class _Fitting:
    """Measures the amounts of some tables, and finds widths and sizes for them."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._margin = 2 * theme.table.padding.horizontal + theme.table.rule
        self._styles: dict[tuple[str | None, str | None], Style] = {}
        self._advances: dict[_Face, Advances] = {}

    @property
    def faces(self) -> frozenset[_Face]:
        """The faces that are measured."""
        return frozenset(self._advances)

    def characters(self, tables: Iterable[_Table]) -> Characters:
        """The characters that the amounts of some tables need of each face."""
        needed: defaultdict[_Face, set[str]] = defaultdict(set)
        for table in tables:
            for cell in table.amounts:
                needed[self._face(table, cell)].update(cell.text)
        return needed

    def measure(self, needed: Iterable[Characters], kept: KeptPieces) -> None:
        """Measures characters, before anything is asked about tables that hold them.

        Args:
            needed: the characters.
            kept: what was measured of fonts before; what is measured now is added.
        """
        together: defaultdict[_Face, set[str]] = defaultdict(set)
        for each in needed:
            for face, characters in each.items():
                together[face] |= characters
        self._advances = {
            (role, bold): advances(self._theme.fonts[role], characters, kept, bold=bold)
            for (role, bold), characters in together.items()
        }

    def fits(self, table: _Table) -> bool:
        """Whether the pack's own widths hold every amount."""
        return all(self._lacking(table, cell) <= _TOLERANCE for cell in table.amounts)

    def worst(self, table: _Table) -> MeasuredCell:
        """The amount that lacks most room."""
        return max(table.amounts, key=lambda cell: self._lacking(table, cell))

    def layout(self, table: _Table) -> _Layout | None:
        """Widths and, if it has to be, a smaller size; nothing if the amounts cannot fit."""
        style = self._theme.style("td", None, table.kind)
        size: float | None = None
        while size is None or size >= self._theme.table.smallest:
            widths = fitting_widths(self.columns(table, size))
            if widths is not None:
                return _Layout(widths, _table_size(style, size) if size is not None else None)
            size = (style.size if size is None else size) - _STEP
        return None

    def roomier(self, table: _Table, layout: _Layout) -> _Layout:
        """The layout with columns of text as wide as the others let them be, if lines are saved.

        Tables whose texts span columns, as forms, have the widths that their pack gives them.
        """
        texts = table_cells(table.element, amounts=False)
        if any(cell.across > 1 and not cell.total for cell in texts):
            return layout
        size = layout.size.size if layout.size else None
        heads = [
            (cell, self._head(table, cell))
            for cell in table_cells(table.element, amounts=False, part="thead")
        ]
        columns = [
            Column(width, max(need.amounts, need.words), [], Counter())
            for width, need in zip(layout.widths, self.columns(table, size), strict=True)
        ]
        for cell, head in heads:
            if cell.across == 1:
                columns[cell.column].heads.append(head)
        for cell in table_cells(table.element, amounts=False):
            if cell.across == 1:
                columns[cell.column].texts[self._text(table, cell, size)] += 1

        def allowed(widths: Sequence[float]) -> bool:
            spans = [(cell.column, cell.column + cell.across, head) for cell, head in heads]
            return all(
                head.lines(sum(widths[at:end]))
                <= max(head.rows, head.lines(sum(layout.widths[at:end])))
                for at, end, head in spans
            )

        return layout._replace(widths=roomier(columns, allowed))

    def _head(self, table: _Table, cell: MeasuredCell) -> BrokenHead:
        size = self._theme.style("th", cell.classes, table.kind).size
        words = sorted(self._theme.table.words, key=len, reverse=True)
        return BrokenHead(
            [ems(word) * size for word in head_words(cell.text, words)], self._margin, cell.down
        )

    def _text(self, table: _Table, cell: MeasuredCell, size: float | None) -> Text:
        of_cell = _size(self._style(table, cell), size)
        around = self._margin + indent(cell.classes) + _SLACK
        return Text(ems(cell.text) * of_cell, of_cell, around)

    def _style(self, table: _Table, cell: MeasuredCell) -> Style:
        key = table.kind, cell.classes
        style = self._styles.get(key)
        if style is None:  # one for thousands of cells
            style = self._styles[key] = self._theme.style("td", cell.classes, table.kind)
        return style

    def _face(self, table: _Table, cell: MeasuredCell) -> _Face:
        style = self._style(table, cell)
        return style.font, cell.total or style.bold

    def _lacking(self, table: _Table, cell: MeasuredCell) -> float:
        """How much wider than its columns a cell has to be; points."""
        face, size = self._advances[self._face(table, cell)], self._style(table, cell).size
        room = sum(table.widths[cell.column : cell.column + cell.across])
        return face.width(cell.text, size) + self._margin + indent(cell.classes) - room

    def columns(
        self, table: _Table, size: float | None, *, whole: bool = False
    ) -> list[ColumnNeeds]:
        """What each column needs when the table is set in a size.

        Args:
            table: the table.
            size: the size; its own where nothing is said.
            whole: whether codes and Latin words must not be broken either.
        """
        amounts, words = [0.0] * len(table.widths), [0.0] * len(table.widths)
        for cell in table.amounts:
            columns = range(cell.column, min(cell.column + cell.across, len(table.widths)))
            needed = self._needed(table, cell, size)
            room = sum(table.widths[at] for at in columns)
            for at in columns:
                amounts[at] = max(amounts[at], needed * table.widths[at] / room)
        for cell in table_cells(table.element, amounts=False):
            if cell.across == 1 and cell.column < len(words):
                word = self._longest_word(table, cell, size)
                if whole:
                    amounts[cell.column] = max(amounts[cell.column], word)
                elif word <= table.widths[cell.column]:  # a longer one is broken anyway
                    words[cell.column] = max(words[cell.column], word)
        least = _LEAST_EMS * (size or self._theme.style("td", None, table.kind).size)
        return [
            ColumnNeeds(width, amount, max(word, least + self._margin))
            for width, amount, word in zip(table.widths, amounts, words, strict=True)
        ]

    def _needed(self, table: _Table, cell: MeasuredCell, size: float | None) -> float:
        """The width of a cell, whatever the digits: so it does not change with every amount."""
        face, style = self._advances[self._face(table, cell)], self._style(table, cell)
        text = "".join("0" if each.isdecimal() else each for each in cell.text)
        more = face.digit - face.of["0"]
        width = face.width(text, 1) + more * text.count("0")
        return width * _size(style, size) + self._margin + indent(cell.classes) + _SLACK

    def _longest_word(self, table: _Table, cell: MeasuredCell, size: float | None) -> float:
        """What keeps codes and Latin words whole; about."""
        longest = max(map(len, _latin_words(cell.text)), default=0)
        wide = max((face.digit for face in self._advances.values()), default=_DIGIT)
        style = self._style(table, cell)
        return longest * wide * _size(style, size) + self._margin + indent(cell.classes)


def _latin_words(text: str) -> list[str]:
    return "".join(each if each.isascii() else " " for each in text).split()


def _size(style: Style, size: float | None) -> float:
    """The size of a cell in a table of a size of its own: only what is inherited follows it."""
    return size if size is not None and style.is_inherited else style.size


def _table_size(style: Style, size: float) -> TableSize:
    line = style.line or style.size * 1.3
    return TableSize(size, round(line * size / style.size, 1))


def _refusal(table: _Table, worst: MeasuredCell, pack: Pack) -> Finding:
    heading = next(
        (
            itersibling
            for itersibling in table.element.itersiblings(preceding=True)
            if itersibling.get("data-bookmark")
        ),
        None,
    )
    name = heading.get("data-bookmark", "") if heading is not None else ""
    own = text_of_element(heading) if heading is not None else ""
    if "".join(own.split()) not in "".join(name.split()):  # a form is called after its project
        name = f"{name}”的“{own}"
    smallest = pack.theme.table.smallest
    section = next(table.element.iterancestors("section"), None)
    wide = section is not None and pack.theme.page(section.get("class")).landscape
    more_room = "少列几栏，或少印几位小数" if wide else "在报表定义里写“纸张: 横向”"
    return Finding(
        "E406",
        f"“{name}”放不下金额“{worst.text}”：让文字列换行、字号缩到 {smallest:g} 磅，还是不够宽",
        "先核对这个金额和它的单位；确实这么大的，在 theme.yaml 把“表格”的“最小字号”改小，"
        f"或{more_room}",
        pack.theme_source.place(("表格",)),
    )
