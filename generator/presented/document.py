"""What checks and comparison look at: tables of amounts, passages of text, forms, places.

A data folder presents itself through what it prints, a draft through what was
read of it. Whoever looks at a :class:`Presented` need not know which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from generator.disclosure.disclosure import EntityKind
from generator.disclosure.performance import OverallForm, ProjectForm
from generator.drafts.unread import UnreadPages
from generator.findings import Place
from generator.load.catalogue import Catalogue
from generator.load.personal_data import texts_of


class Origin(StrEnum):
    """What a document was made from, which says how far its words can be trusted."""

    DATA = "数据"
    DRAFT = "文稿"
    EXTRACTED = "提取的文字"
    """A text extracted from a PDF or a picture: spaces, clipped cells and misread words."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in 万元: unrounded where it comes from data, as printed where it was read."""

    value: Decimal
    text: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell for an amount; ``amount`` is ``None`` where its text is no number.

    An empty cell is zero. ``column`` is the column's title as addresses have it.
    """

    address: str
    column: str
    amount: Amount | None
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """The part of a table row that belongs to one block.

    Attributes:
        key: its step in addresses: a name, a code, ``单位/项目``.
        label: its name as printed, without code or numbering of units.
        dimension: the innermost dimension that was expanded into it, ``""`` for a fixed row.
        dimensions: what it stands for, upper levels included.
        printed: for a row of a draft that the pack names: its name as the draft has it.
    """

    block: str
    key: str
    label: str
    dimension: str
    dimensions: Mapping[str, str]
    cells: Mapping[str, Cell]
    place: Place
    printed: str = ""

    @property
    def words(self) -> str:
        """What a reader calls the row: ``205 教育支出``, ``合计``, the name of a project."""
        return f"{self.key} {self.label}" if self.key.isdigit() else self.label


@dataclass(frozen=True, slots=True)
class Table:
    """A statement as printed. ``prefix`` of a block's addresses is number and block name."""

    number: str
    title: str
    rows: tuple[Row, ...]
    no_data: bool
    """Whether it says 注：本表无数据."""
    place: Place
    heads: tuple[PlainRow, ...] = ()
    """The rows of its head, for a draft."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in a passage: where its digits stand, and its address."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading or paragraph in reading order.

    ``section`` is 封面, 目录, 职责, 机构设置, 一 to 十二, 名词解释, 附件, the number of a
    statement (title and lines around it), or ``""``. ``mentions`` are known only where the
    document was printed from data.
    """

    section: str
    text: str
    place: Place
    heading: bool = False
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)  # without slots, for what is worked out once
class FormContents:
    """What a form says, wherever it stands; equal and hashed by ``words``, all of it as JSON.

    ``totals`` are 资金总额 as printed, in 元, by 实施期 and 年度; a missing one was not read.
    """

    words: str
    content: ProjectForm = field(compare=False)
    totals: Mapping[str, Decimal] = field(compare=False)

    @cached_property
    def texts(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Every text with its path, empty ones too."""
        return tuple(texts_of(self.content.model_dump(by_alias=True)))


@dataclass(frozen=True, eq=False)  # without slots, for what is worked out once
class Form:
    """A project form, equal to itself only: ``contents`` is what two forms may share.

    ``place`` leads from a path of its data (keys, numbers) to the place. ``totals`` are 资金总额
    as printed, in 元, by 实施期 and 年度; a missing one was not read. ``doubtful`` are the paths
    of which the reader of a draft was not certain; ``rows`` are the rows of a draft's form as
    they stand there, labels included.
    """

    number: int
    content: ProjectForm
    totals: Mapping[str, Decimal]
    place: Callable[[tuple[str | int, ...]], Place]
    doubtful: tuple[tuple[str | int, ...], ...] = ()
    rows: tuple[PlainRow, ...] = ()

    @cached_property
    def contents(self) -> FormContents:
        """What it says without its number and its place."""
        totals = [f"{period}{amount}" for period, amount in self.totals.items()]
        words = "\n".join((self.content.model_dump_json(), *totals))
        return FormContents(words, self.content, self.totals)

    @property
    def name(self) -> str:
        """Unit and project, as they stand in the form."""
        return f"{self.content.unit}/{self.content.project}"

    @property
    def group(self) -> str:
        """How findings name the form."""
        return f"绩效目标表 {self.number} {self.content.project}"


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A row of a form as grid cells; merged cells hold their text once."""

    cells: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Presented:
    """A document as its reader has it.

    Attributes:
        overall_rows: 整体支出绩效目标申报表 as printed, with its budget figures.
        expected: for a draft, what the data read from it prints: the same sentences with the
            figures of the tables. ``None`` for data, and where the draft could not be read
            completely enough.
        catalogue: the names of subjects that the document was read or printed with.
        unpublished: unit and name of the projects whose goals are not published; only data tells.
        doubts: what the reader of a draft was not certain of, with its place.
        unread: the pages of a draft that could not be read.
        recognised: those whose text a program has recognised in a picture.
        asides: page numbers, marks and other lines that are no content.
        find: the place of a phrase in a passage, as exactly as it can be told.
    """

    file: Path
    origin: Origin
    name: str
    kind: EntityKind
    year: int
    tables: Mapping[str, Table]
    passages: tuple[Passage, ...]
    forms: tuple[Form, ...]
    overall: OverallForm | None
    overall_rows: tuple[PlainRow, ...]
    find: Callable[[Passage, str], Place]
    units: tuple[str, ...] = ()
    unpublished: tuple[tuple[str, str], ...] = ()
    asides: tuple[Passage, ...] = ()
    unread: tuple[UnreadPages, ...] = ()
    recognised: tuple[UnreadPages, ...] = ()
    doubts: tuple[tuple[str, Place], ...] = ()
    expected: Presented | None = None
    catalogue: Catalogue | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)

    def section(self, name: str) -> Iterator[Passage]:
        """The paragraphs of a section, without its headings."""
        return (each for each in self.passages if each.section == name and not each.heading)


def cells_by_address(tables: Mapping[str, Table]) -> dict[str, Cell]:
    """Every cell of all tables; where a row stands twice the first one counts."""
    cells: dict[str, Cell] = {}
    for table in tables.values():
        for row in table.rows:
            for cell in row.cells.values():
                cells.setdefault(cell.address, cell)
    return cells
