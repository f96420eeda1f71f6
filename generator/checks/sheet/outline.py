"""The rows of the check sheet: the parts and tables of a document, in its order.

Of a document that follows a pack they are those that the pack declares, or its outline; of another
one the headings and tables that were read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct

from generator.checks.sheet.as_read import rows_as_read
from generator.checks.sheet.row import DOUBLE_NAMES, ReadLine, SheetRow
from generator.compute.statements.definition import StatementDefinition
from generator.model.disclosure import EntityKind
from generator.pack.outline import Heading, Role
from generator.pack.pack import Pack
from generator.pack.sheet import (
    BESIDE,
    CONTENTS,
    COVER,
    OVERALL_FORM,
    PROJECT_FORMS,
    SheetRowDefinition,
)
from generator.reading.document import Passage, ReadDocument


class SheetOutline(Struct, frozen=True):
    """What the check sheet of a document is like.

    ``title`` is empty and ``signatures`` are none if its pack does not say.
    """

    title: str = ""
    signatures: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    known: bool = True
    """Whether the document follows a pack, so that its rules were applied."""


def sheet_outline(document: ReadDocument, pack: Pack) -> SheetOutline:
    """The check sheet of a document that was read, or printed, with a pack."""
    if document.follows_pack:
        rows = tuple(_Rows(document, pack).all())
        return SheetOutline(pack.sheet.title or "", pack.sheet.signatures, rows)
    return SheetOutline(rows=tuple(rows_as_read(document)), known=False)


class _Rows:
    """The rows of a document that follows a pack."""

    def __init__(self, document: ReadDocument, pack: Pack) -> None:
        self._document = document
        self._pack = pack
        self._statements = {statement.number: statement for statement in pack.statements}
        self._lines = _lines_by_section(document.passages)
        self._present = {passage.section for passage in document.passages}
        self._present.update(document.tables)
        self._present.update({PROJECT_FORMS} if document.forms else ())
        self._present.update({OVERALL_FORM} if document.overall_rows or document.overall else ())

    def all(self) -> Iterator[SheetRow]:
        """Every row; what a document has besides its outline comes first or last."""
        declared = list(self._pack.sheet.rows or self._derived())
        named = {part for row in declared for part in row.parts}
        forms_named = named & set(self._pack.outline.all_of(Role.FORMS))
        for part in (COVER, CONTENTS):
            if part not in named:
                yield self._row(SheetRowDefinition(内容=part, 部分=(part,)), named)
        for definition in declared:
            yield self._row(definition, named)
        for part in BESIDE:
            besides = part not in {*named, COVER, CONTENTS} and part in self._present
            if besides and not (part == PROJECT_FORMS and forms_named):
                yield self._row(SheetRowDefinition(内容=part, 部分=(part,)), named)

    def _derived(self) -> Iterator[SheetRowDefinition]:
        """A row for each part and statement; of 概况 for each section."""
        for part in self._pack.outline.parts:
            if part.role is Role.STATEMENTS:
                for statement in self._pack.statements:
                    title = f"{statement.number} {self._title(statement)}"
                    yield SheetRowDefinition(内容=title, 部分=(statement.number,))
            elif part.role is Role.OVERVIEW and part.sections:
                for section in part.sections:
                    yield SheetRowDefinition(内容=section.id, 部分=(section.id,))
            else:
                yield SheetRowDefinition(内容=part.id, 部分=(part.id,))

    def _title(self, statement: StatementDefinition) -> str:
        """The title of a statement as the document has it, else as the pack does."""
        table = self._document.tables.get(statement.number)
        if table is not None and table.title:
            return table.title
        kind = self._document.kind or EntityKind.DEPARTMENT
        year = str(self._document.year or "")
        title = statement.title_of(kind).replace("{年度}年", f"{year}年" if year else "")
        values = {"{年度}": year, "{类型}": kind.value, "{名称}": self._document.name}
        for placeholder, value in values.items():
            title = title.replace(placeholder, value)
        return title

    def _row(self, definition: SheetRowDefinition, named: AbstractSet[str]) -> SheetRow:
        """A row; what another row names is not in it, though it stands below."""
        outline = self._pack.outline
        headings = [outline.by_id[part] for part in definition.parts if part in outline.by_id]
        elsewhere = named - set(definition.parts)
        below = [each for heading in headings for each in _below(heading, elsewhere)]
        numbers = [part for part in definition.parts if part in self._statements]
        if any(heading.role is Role.STATEMENTS for heading in below):
            numbers += [
                statement
                for statement in self._statements
                if statement not in {*numbers, *elsewhere}
            ]
        beside = [part for part in definition.parts if part in BESIDE]
        if any(heading.role is Role.FORMS for heading in below):
            beside.append(PROJECT_FORMS)
        names = {each.id for each in below} | {*numbers, *beside}
        return SheetRow(
            definition.content,
            tuple(dict.fromkeys(self._groups(below, numbers, beside))),
            found=bool(names & self._present),
            required=bool(numbers or beside) or any(map(self._is_required, headings)),
            tables=tuple(numbers),
            lines=tuple(line for name in sorted(names) for line in self._lines.get(name, ())),
        )

    def _is_required(self, heading: Heading) -> bool:
        return heading.required and heading.kind in (None, self._document.kind)

    def _groups(
        self, headings: Iterable[Heading], numbers: Iterable[str], beside: Iterable[str]
    ) -> Iterator[str]:
        """How findings call what a row is about."""
        ids = self._pack.outline.by_id
        for heading in headings:
            yield from (self._pack.outline.group(heading.id), heading.words, heading.id)
            if heading.role and heading.role.value not in ids:
                yield heading.role.value
        for number in numbers:
            yield number
            table = self._document.tables.get(number)
            yield from (table.title,) if table and table.title else ()
        for part in beside:
            yield from (part, *DOUBLE_NAMES.get(part, ()))


def _below(heading: Heading, elsewhere: AbstractSet[str]) -> Iterator[Heading]:
    """A heading and all below it, but for what is named elsewhere."""
    yield heading
    for section in heading.sections:
        if section.id not in elsewhere:
            yield from _below(section, elsewhere)


def _lines_by_section(passages: Iterable[Passage]) -> Mapping[str, list[ReadLine]]:
    """The paragraphs of each section; headings go with what stands under them."""
    lines: defaultdict[str, list[ReadLine]] = defaultdict(list)
    waiting: list[ReadLine] = []
    for passage in passages:
        line = ReadLine(passage.text, passage.place)
        if passage.heading and not passage.section:
            waiting.append(line)
            continue
        lines[passage.section] += [*waiting, line]
        waiting.clear()
    return lines
