"""What checks and comparison look at: tables of amounts, passages of text, forms, places.

A data folder presents itself through what it prints, a draft through what was
read of it. Whoever looks at a :class:`ReadDocument` need not know which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.core.findings import Location
from generator.core.memo import Same, memo
from generator.drafts.draft import NO_FACTS, WORKBOOK_SUFFIXES, FileFacts
from generator.drafts.parts.recognition import Recognition
from generator.drafts.unread import UnreadPages
from generator.drafts.words.units import PRESCRIBED, Unit
from generator.load.catalogue import Catalogue
from generator.load.personal_data import texts_of_form
from generator.model.disclosure import EntityKind
from generator.model.performance import OverallForm, ProjectForm
from generator.pack.forms import ProjectFormDefinition
from generator.pack.outline import Outline, Role
from generator.pack.text_style import USUAL_STYLE, TextStyle
from generator.reading.blocks import Block, PlainRow

_IDENTITY = ("名称", "年度", "类型")


class Origin(StrEnum):
    """What a document was made from, which says how far its words can be trusted."""

    DATA = "数据"
    DRAFT = "文稿"
    EXTRACTED = "提取的文字"
    """A text extracted from a PDF or a picture: spaces, clipped cells and misread words."""


class Amount(Struct, frozen=True):
    """An amount in 万元: unrounded where it comes from data, as printed where it was read.

    ``half_step`` is how far the exact amount may be from the printed one, in 万元.
    """

    value: Decimal
    text: str
    exact: bool
    half_step: Decimal = Decimal("0.005")


class DocumentCell(Struct, frozen=True):
    """A cell for an amount; ``amount`` is ``None`` if its text states none that can be used.

    An empty cell is zero. ``column`` is the column's title as addresses have it. ``text`` is what
    a draft has in the cell, ``unit`` what a plain number in it would be in.
    """

    address: str
    column: str
    amount: Amount | None
    place: Location
    text: str = ""
    unit: Unit = PRESCRIBED


class DocumentRow(Struct, frozen=True):
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
    cells: Mapping[str, DocumentCell]
    place: Location
    printed: str = ""

    @property
    def words(self) -> str:
        """What a reader calls the row: ``205 教育支出``, ``合计``, the name of a project."""
        return f"{self.key} {self.label}" if self.key.isdigit() else self.label


class Measure(Struct, frozen=True):
    """The unit of a draft's table: ``stated`` as it says, ``read`` as others show that it is.

    ``stated`` is ``None`` if it names none, ``read`` if nothing shows in what unit it is; ``due``
    is the one that its pack prescribes.
    """

    stated: Unit | None
    read: Unit | None
    due: Unit = PRESCRIBED


class DocumentTable(Struct, frozen=True):
    """A statement as printed. ``prefix`` of a block's addresses is number and block name."""

    number: str
    title: str
    rows: tuple[DocumentRow, ...]
    no_data: bool
    """Whether it says 注：本表无数据."""
    place: Location
    heads: tuple[PlainRow, ...] = ()
    """The rows of its head, for a draft."""
    measure: Measure | None = None
    """What is known of the unit of its amounts, for a draft."""
    sections: tuple[str, ...] = ()
    """The sections of the data that fill it, for data."""
    unfilled: tuple[str, ...] = ()
    """Those of them that the data does not have."""
    unread: bool = False
    """Of a draft: whether it has amounts, and none of its rows could be read."""
    declared_empty: bool = False
    """Whether the data declares it to be without data, whatever its sections hold."""


class Mention(Struct, frozen=True):
    """A figure in a passage: where its digits stand, and its address."""

    start: int
    end: int
    address: str


class Passage(Struct, frozen=True):
    """A heading or paragraph in reading order.

    ``section`` is a part or section by the name that the pack gives it, the number of a statement
    (title and lines around it), 封面, 目录, 附件, 其他内容, or ``""``; ``group`` is how findings
    name it. ``mentions`` are known only if the document was printed from data.
    """

    section: str
    text: str
    place: Location
    heading: bool = False
    mentions: tuple[Mention, ...] = ()
    group: str = "正文"

    @property
    def subject(self) -> str:
        """The address of its section, for acceptances."""
        return self.group.replace(" ", "/")


@dataclass(frozen=True)  # without slots, for what is worked out once
class FormContents:
    """What a form says, wherever it stands; equal and hashed by ``words``, all of it as JSON.

    ``totals`` are 资金总额 as printed, in 元, by 实施期 and 年度; a missing one was not read.
    ``half_step`` is how far each amount may be from the exact one, in 元.
    """

    words: str
    content: ProjectForm = field(compare=False)
    totals: Mapping[str, Decimal] = field(compare=False)
    half_step: Decimal = Decimal(0)

    @cached_property
    def texts(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Every text with its path, empty ones too."""
        return texts_of_form(Same(self.content))


class OddCell(Struct, frozen=True):
    """A cell of money in a form that is no plain amount in ``unit``; ``name`` says which it is."""

    name: str
    text: str
    unit: Unit
    place: Location


@memo(1500)
def _in_words(form: Same[ProjectForm]) -> str:
    """All that a form says."""
    return form.it.model_dump_json()


class Form(Struct, frozen=True, eq=False, dict=True):  # keeps what is worked out once
    """A project form, equal to itself only: ``contents`` is what two forms may share.

    ``definition`` is what the pack declares of it. ``place`` leads from a path of its data (keys,
    numbers) to the place. ``totals`` are 资金总额 as printed, in 元, by 实施期 and 年度; a missing
    one was not read. ``doubtful`` are the paths of which the reader of a draft was not certain;
    ``rows`` are the rows of a draft's form as they stand there, labels included, ``title`` the
    lines above them; ``odd`` are its cells of money that are no plain amounts; ``half_step`` is
    how far its amounts may be from the exact ones, in 元; ``unit`` is what it prints them in.
    """

    number: int
    definition: ProjectFormDefinition
    content: ProjectForm
    totals: Mapping[str, Decimal]
    place: Callable[[tuple[str | int, ...]], Location]
    doubtful: tuple[tuple[str | int, ...], ...] = ()
    rows: tuple[PlainRow, ...] = ()
    title: tuple[PlainRow, ...] = ()
    odd: tuple[OddCell, ...] = ()
    half_step: Decimal = Decimal(0)
    unit: Unit = Unit.YUAN

    @cached_property
    def contents(self) -> FormContents:
        """What it says without its number and its place."""
        totals = [f"{period}{amount}" for period, amount in self.totals.items()]
        words = "\n".join((_in_words(Same(self.content)), *totals))
        return FormContents(words, self.content, self.totals, self.half_step)

    @property
    def name(self) -> str:
        """Unit and project, as they stand in the form."""
        return "/".join(filter(None, (self.content.unit, self.content.project)))

    @property
    def group(self) -> str:
        """How findings name the form."""
        return f"绩效目标表 {self.number} {self.content.project}"


class OtherTable(Struct, frozen=True):
    """A table that is not recognised, under the heading above it."""

    title: str
    rows: tuple[PlainRow, ...]
    place: Location


class ReadDocument(Struct, frozen=True):
    """A document as its reader has it.

    Attributes:
        name, kind, year: who publishes for which year; ``""``, ``None`` and 0 if not found.
        outline: the parts and sections that it should have, by its pack.
        overall_rows: 整体支出绩效目标申报表 as printed, with its budget figures.
        written: where the figure at an address is written; ``None`` where only the text has it.
        expected: for a draft, what the data read from it prints: the same sentences with the
            figures of the tables. ``None`` for data, and where the draft could not be read
            completely enough.
        lacking: why there is no ``expected``: what the data read from a draft lacks, in words.
        catalogue: the names of subjects that the document was read or printed with.
        unpublished: unit and name of the projects whose goals are not published; only data tells.
        doubts: what the reader of a draft was not certain of, with its place.
        asides: page numbers, marks, running heads and the words of charts; ``section`` says which.
        other_tables: tables that are not recognised; their paragraphs are among the passages.
        recognition: how much of a draft was recognised; ``None`` for data.
        style: how the sentences of its pack print money and say changes.
        format: what the format is called that it follows, or was read by.
        margins: the lines of a draft's headers and footers.
        unread: what stands in a draft for text that could not be read, pages apart.
        unread_pages: the pages of a draft that could not be read.
        recognised_pages: those whose text a program has recognised in a picture.
        facts: what a draft's file holds besides its pages.
        find: the place of a phrase in a passage, as exactly as it can be told; the third is the
            key of the data under which it is written, ``""`` if that is not known.
        blocks: every paragraph and table of a draft, whatever its format; none for data.
        prior: what was published a year ago, if it was given.
        unit_documents: what the units of a department publish, as far as it was given.
    """

    file: Path
    origin: Origin
    name: str
    kind: EntityKind | None
    year: int
    outline: Outline
    tables: Mapping[str, DocumentTable]
    passages: tuple[Passage, ...]
    forms: tuple[Form, ...]
    overall: OverallForm | None
    overall_rows: tuple[PlainRow, ...]
    find: Callable[[Passage, str, str], Location]
    written: Callable[[str], Location | None] = lambda _: None
    units: tuple[str, ...] = ()
    unpublished: tuple[tuple[str, str], ...] = ()
    asides: tuple[Passage, ...] = ()
    margins: tuple[Passage, ...] = ()
    unread: tuple[Passage, ...] = ()
    unread_pages: tuple[UnreadPages, ...] = ()
    recognised_pages: tuple[UnreadPages, ...] = ()
    facts: FileFacts = NO_FACTS
    doubts: tuple[tuple[str, Location], ...] = ()
    expected: ReadDocument | None = None
    lacking: tuple[str, ...] = ()
    catalogue: Catalogue | None = None
    cells: Mapping[str, DocumentCell] = msgspec.field(default_factory=dict)
    other_tables: tuple[OtherTable, ...] = ()
    recognition: Recognition | None = None
    format: str = ""
    style: TextStyle = USUAL_STYLE
    blocks: tuple[Block, ...] = ()
    prior: ReadDocument | None = None
    unit_documents: tuple[ReadDocument, ...] = ()

    @property
    def title(self) -> str:
        """What the document is called; what was not found is said to be 未识别."""
        if self.name and self.kind and self.year:
            return f"{self.name}{self.year}年度{self.kind.value}预算公开"
        known = [self.name, f"{self.year}年度" if self.year else "", self.kind or ""]
        missing = [word for word, each in zip(_IDENTITY, known, strict=True) if not each]
        return f"{''.join(known)}（{'、'.join(missing)}未识别）"

    @property
    def is_workbook(self) -> bool:
        """Whether a draft is a file of sheets: it has tables, hardly ever sentences."""
        return self.origin is Origin.DRAFT and self.file.suffix.lower() in WORKBOOK_SUFFIXES

    @property
    def follows_pack(self) -> bool:
        """Whether it has the format of its pack, as data has: then all rules of that apply."""
        known = self.recognition is not None and self.recognition.known
        return known or self.origin is Origin.DATA

    @property
    def format_line(self) -> str:
        """Which format the document has, and how much of it was recognised."""
        return str(self.recognition or f"格式：{self.format}；由数据生成")

    def place_of(self, passage: Passage, phrase: str) -> Location:
        """The place of a phrase in a passage, wherever the data have it."""
        return self.find(passage, phrase, "")

    def section(self, name: str) -> Iterator[Passage]:
        """The paragraphs of a section, without its headings."""
        return (
            passage for passage in self.passages if passage.section == name and not passage.heading
        )

    def about(self, role: Role) -> Iterator[Passage]:
        """The paragraphs of the part or section with a role; none if its place has none such."""
        name = self.outline.of(role)
        return self.section(name) if name else iter(())

    def group_of(self, role: Role) -> str:
        """How findings name the part or section with a role."""
        return self.outline.group(self.outline.of(role)) or role.value


def cells_by_address(tables: Mapping[str, DocumentTable]) -> dict[str, DocumentCell]:
    """Every cell of all tables; where a row stands twice the first one counts."""
    cells: dict[str, DocumentCell] = {}
    for table in tables.values():
        for row in table.rows:
            for cell in row.cells.values():
                cells.setdefault(cell.address, cell)
    return cells
