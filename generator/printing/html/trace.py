"""What every number of a page was computed from, down to the leaves, for the page itself.

The page shows it when a reader asks. It names nothing that the document does not name: the unit
and the project of a leaf only if they are printed somewhere in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.compose.document.section import Section
from generator.compose.document.tree import HtmlDocument, text_of_element
from generator.compute.ledger.entries import CODE_LENGTHS, Book, Entry, Ledger
from generator.core.address_words import address_words
from generator.core.figures import Figure, FigureBook, change_parts, is_derived, share_parts
from generator.core.numbers.format import MoneyUnit
from generator.core.text.patterns import late_pattern
from generator.core.web.scripts import script_json
from generator.load.names import Names
from generator.printing.html.layout import in_one_unit

_SPACE = late_pattern(r"\s+")
_STATED = ("国有资产/", "补充/", "绩效目标表/", "上年/", "政府采购/", "绩效管理/", "二级预算单位/")
"""Families of figures that the office states; whatever has no parts among them is no sum."""
_LAST_YEAR = "上年数据/"
_NAMES = {"单位": "文本没有列名的单位", "项目": "文本没有列名的项目"}
"""Dimensions whose values are names, and what stands for those that the document does not name."""
_BETWEEN = " · "
_UNITS_OF_MONEY = {unit.value: int(unit.yuan) for unit in MoneyUnit}


def units_json() -> str:
    """How many 元 each unit of money is, for the script of the page."""
    return script_json(_UNITS_OF_MONEY)


def _text_of(section: Section) -> str:
    """The text of a section without spaces."""
    return section.recall("text", (), lambda: _SPACE.sub("", text_of_element(section.body)))


def _figures_in(section: Section) -> tuple[tuple[str, bool], ...]:
    """The addresses of the figures of a section, and whether they stand in a table."""

    def figures() -> Iterator[tuple[str, bool]]:
        for element in section.body.iter("data"):
            address = element.get("data-figure")
            if address is not None:
                yield address, next(element.iterancestors("td"), None) is not None

    return section.recall("figures", (), lambda: tuple(figures()))


class PageTrace:
    """Figures and leaves by number, as the script of the page reads them.

    Args:
        document: the document, whose numbers the reader can ask for.
        ledger: the leaves.
        figures: all figures, printed or not.
        names: what subjects and projects are called.
        entity: whose document it is; its own leaves need not say so.
    """

    def __init__(
        self,
        document: HtmlDocument,
        ledger: Ledger,
        figures: FigureBook,
        names: Names,
        entity: str,
    ) -> None:
        self._figures = figures
        self._leaves = {
            entry.address: (book, entry) for book, each in ledger.books.items() for entry in each
        }
        self._names = names
        self._entity = entity
        loose = _SPACE.sub("", document.frame.findtext("body") or "")
        self._text = "".join((loose, *map(_text_of, document.sections)))
        self._leaf_numbers: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        in_tables: set[str] = set()
        for section in document.sections:
            for address, in_table in _figures_in(section):
                self._numbers.setdefault(address, len(self._numbers))
                if in_table:
                    in_tables.add(address)
        self._in_tables = in_tables

    def json(self) -> str:
        """The figures in the order in which they are first printed, then those asked for by them.

        ``figures``: of each ``[how, sources]``, and its words where it stands in no table; of one
        that is printed nowhere also value, unit and text. A source is the number of a leaf, or,
        below zero, −1 less the number of a figure. ``leaves``: of each ``[words, 元]``.
        """
        printed = tuple(self._numbers)
        figures = [self._told(address, printed=True) for address in printed]
        while len(figures) < len(self._numbers):  # sources have sources in turn
            added = tuple(self._numbers)[len(figures) :]
            figures += [self._told(address, printed=False) for address in added]
        leaves = [self._leaf(*self._leaves[address]) for address in self._leaf_numbers]
        return script_json({"figures": figures, "leaves": leaves})

    def _told(self, address: str, *, printed: bool) -> list[Any]:
        if address not in self._figures:  # a template wrote it itself
            return ["stated", []]
        figure = self._figures[address]
        sources = [source for source in figure.sources if source != address]
        known = [source for source in sources if source in self._leaves or self._has(source)]
        told: list[Any] = [self._how(figure, sources, known), [self._number(s) for s in known]]
        if not printed:
            value, unit = in_one_unit(figure)
            text = figure.text or f"{figure.printed:f}"
            return [*told, address_words(address), f"{value:f}", unit, text]
        return told if address in self._in_tables else [*told, address_words(address)]

    def _has(self, address: str) -> bool:
        return address in self._figures

    @staticmethod
    def _how(figure: Figure, sources: Iterable[str], known: Iterable[str]) -> str:
        """How a figure was made."""
        address = figure.address
        if is_derived(address):
            if change_parts(address):
                return "difference"
            return "share" if share_parts(address) else "rate"
        if any(source.startswith(_LAST_YEAR) for source in sources):
            return "last year"
        if not known and address.startswith(_STATED):
            return "stated"
        is_count = figure.unit not in _UNITS_OF_MONEY and not address.startswith(_STATED)
        return "count" if is_count else "sum"

    def _number(self, source: str) -> int:
        if source in self._leaves and not self._has(source):  # what is both is told as a figure
            return self._leaf_numbers.setdefault(source, len(self._leaf_numbers))
        return -1 - self._numbers.setdefault(source, len(self._numbers))

    def _leaf(self, book: Book, entry: Entry) -> list[str]:
        words = dict.fromkeys(self._words(entry.dimensions))
        return [_BETWEEN.join(words) or book.value, f"{entry.amount:f}"]

    def _words(self, dimensions: Mapping[str, str]) -> Iterable[str]:
        """What a leaf is, in words; of subjects the lowest level alone."""
        for name, value in dimensions.items():
            deeper = (
                value and other.startswith(value) and len(other) > len(value)
                for key, other in dimensions.items()
                if key in CODE_LENGTHS
            )
            if value in ("", self._entity) or (name in CODE_LENGTHS and any(deeper)):
                continue
            label = self._names.label(name, value)
            if name in _NAMES and _SPACE.sub("", label) not in self._text:
                yield _NAMES[name]
            else:
                yield f"{value} {label}" if name in CODE_LENGTHS else label
