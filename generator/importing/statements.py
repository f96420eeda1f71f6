"""Reads the printed statements: leaf amounts from which every cell prints as published.

A document prints sums in 万元; the data format holds leaves in 元. Each printed cell
says between which limits the sum of its leaves lies; the definitions of the pack say
which leaves those are. Leaves are found that fit all cells at once; cells that
contradict the others are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from generator.compute.ledger.entries import Book
from generator.compute.statements.definition import StatementDefinition
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.outline import DraftOutline, StatementDraft
from generator.drafts.words.text import squeezed
from generator.drafts.words.units import TableLine, table_line, without_unit
from generator.importing.amounts.classes import NamedProject, assigned
from generator.importing.amounts.printed.cells import Leaf, PrintedCell, holds_amount
from generator.importing.amounts.printed.empty import declared_empty
from generator.importing.amounts.printed.placing import PrintedStatements, ReadBlock, placed_rows
from generator.importing.amounts.printed.rows import Publisher, RowReader
from generator.importing.amounts.printed.subjects import Subjects
from generator.importing.amounts.printed.tables import Tables
from generator.importing.amounts.printed.units import Known, MeasuredTable, measured
from generator.importing.amounts.sections import section
from generator.importing.amounts.solving.alike import alike_leaves, untold
from generator.importing.amounts.solving.solved import Contradiction, Solved, solved
from generator.importing.amounts.solving.undivided import (
    common_path,
    doubt_undivided,
    doubt_without_leaves,
)
from generator.importing.amounts.tied import basic_total, shared, tied, tied_total
from generator.importing.class_totals import ClassTotals
from generator.importing.forms.cells import is_exact
from generator.importing.forms.text import even
from generator.importing.reading import ImportResult, Path_
from generator.importing.table_words import kind_by_titles, says_no_data
from generator.load.catalogue import Catalogue
from generator.model.budget import BudgetYear
from generator.model.disclosure import EntityKind
from generator.model.vocabulary import ProjectClasses
from generator.pack.pack import Pack

_LABEL = late_pattern(r"(预算|部门|单位)公开表\d+")
_YEAR = late_pattern(r"(\d{4})年")
_HEAD_ROWS = 4
_MOST_NAMED = 3
"""Rows in which the head of a table may name its year."""
_ZEROS = ("0", "0.0", "0.00")
_UNIT = "实施单位"
_CLASS_CODE = late_pattern(r"\d{3}")
_NOT_UNIQUE = "元级明细由印出的数推得，能逐格印出原数，但并非唯一解"
_CLASSES_NOT_UNIQUE = "“类别”按项目名称归类，并使两类的个数与金额同文中所说一致，并非唯一解"


def import_statements(
    reading: ImportResult,
    outline: DraftOutline,
    pack: Pack,
    catalogue: Catalogue,
    *,
    whole: bool = True,
) -> Tables:
    """Reads the statements of a document into the sections of leaf amounts; returns their rows.

    Of amounts that print alike in several ways one is written, with a doubt; or none, if the
    document is not ``whole``: then there are many ways, and nobody can check the one by the others.
    """
    tables = _tables(reading, outline, pack, catalogue)
    declared = declared_empty(tables)
    if declared:
        reading.sections.setdefault("公开方式", {})["无数据表"] = declared
    for book in Book:
        _book(tables, book, declared, whole=whole)
    extra = tables.printed.subjects.extra()
    if extra:
        reading.sections["补充科目"] = extra
    if "收支" in reading.sections:
        reading.doubt(("收支",), _NOT_UNIQUE)
    if "项目" in reading.sections and not is_exact(reading.draft):
        _even_names(reading.sections["项目"])
    return tables


def _even_names(units: list[dict[str, Any]]) -> None:
    """Names of units and projects by the rules of text drafts, as in the forms."""
    for unit in units:
        unit["单位"] = even(unit["单位"])
        for project in unit["项目"]:
            project["名称"] = even(project["名称"])


def _tables(
    reading: ImportResult, outline: DraftOutline, pack: Pack, catalogue: Catalogue
) -> Tables:
    """The rows of every statement, sorted by block; what is around the tables is used up."""
    publisher = _publisher(reading, outline, pack.statements)
    drafts = outline.statements
    definitions = [statement.of(publisher.kind) for statement in pack.statements]
    units = measured(outline, definitions)
    for definition in definitions:
        if definition.number in drafts:
            _read_surroundings(reading, drafts[definition.number], definition, publisher)
    rows = RowReader(reading, publisher, tuple(_classes(drafts.values(), catalogue)))
    blocks = []
    for definition in definitions:
        draft = drafts.get(definition.number)
        if draft is None:
            reading.doubt((definition.book.value,), f"没有读到{definition.number}")
            continue
        table = units[definition.number]
        _doubt_unit(reading, definition, table)
        known = table.known is not Known.UNKNOWN
        blocks += [
            ReadBlock(definition, block, known)
            for block in rows.read(definition, draft, table.scales)
        ]
    printed = PrintedStatements(
        reading,
        publisher,
        Subjects(reading, catalogue),
        blocks,
        _known_units(reading, outline, pack),
        pack.vocabulary,
    )
    return Tables(
        printed,
        placed_rows(printed),
        zeros_are_nothing=_zeros_are_nothing(reading, blocks, pack),
        measures=units,
    )


def _publisher(
    reading: ImportResult, outline: DraftOutline, definitions: Iterable[StatementDefinition]
) -> Publisher:
    """Who publishes: as read before, otherwise from the lines above the tables."""
    known = reading.sections.get("单位信息", {})
    lines = [line.text for draft in outline.statements.values() for line in draft.above]
    named = next((found for line in lines if (found := table_line(line)).name), TableLine())
    name = named.name
    kind = named.kind or kind_by_titles(outline.statements, definitions) or ""
    drafts = outline.statements.values()
    heads = [cell for draft in drafts for row in draft.rows[:_HEAD_ROWS] for cell in row.cells]
    titles = " ".join([*(draft.title for draft in drafts), *lines, *heads])
    year = _YEAR.search(titles)
    kind = known.get("类型", kind)
    return Publisher(
        str(known.get("名称", name)),
        EntityKind(kind) if kind else None,
        str(known.get("年度", year[1] if year else "")),
    )


def _read_surroundings(
    reading: ImportResult,
    draft: StatementDraft,
    definition: StatementDefinition,
    publisher: Publisher,
) -> None:
    """Uses up the lines around a table."""
    own_label = squeezed(publisher.fill(definition.label or ""))
    note = publisher.fill(definition.note)
    for line in (*draft.above, *draft.below):
        text = line.text.strip()
        title = without_unit(text) in (
            without_unit(draft.title),
            without_unit(draft.number + draft.title),
        )
        rest = table_line(text).rest
        label = _LABEL.fullmatch(rest) or (rest and squeezed(rest) == own_label)
        if table_line(text).known or title or label or says_no_data(text, note):
            reading.use(line)


def _doubt_unit(
    reading: ImportResult, definition: StatementDefinition, table: MeasuredTable
) -> None:
    """Says where amounts were converted, or could not be."""
    unit = table.unit.whole or table.due
    stated = table.stated.words if table.stated else ""
    message = {
        Known.STATED: f"的金额单位是{unit.words}，已折算" if unit is not table.due else "",
        Known.CONFIRMED: f"没有写明金额单位，按{unit.words}读才与其他各处的数相同，照此读入",
        Known.WRONG: f"写的金额单位是{stated}，按{unit.words}读才与其他各处的数相同，照此读入",
        Known.UNKNOWN: "没有写明金额单位，也没有别处的数可以印证，金额没有读",
    }[table.known]
    if message:
        reading.doubt((definition.book.value,), f"{definition.number}{message}", table.spot)


def _classes(drafts: Iterable[StatementDraft], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The classes of the functional classification, named as the document names them."""
    names = {c: n for c, n in catalogue.functional.names.items() if _CLASS_CODE.fullmatch(c)}
    printed = {
        code.strip(): name.strip()
        for draft in drafts
        for row in draft.rows
        for code, name in pairwise(row.cells)
        if code.strip() in names and name.strip() and not holds_amount(name)
    }
    yield from (names | printed).items()


def _known_units(reading: ImportResult, outline: DraftOutline, pack: Pack) -> tuple[str, ...]:
    labels = _labels_of(_UNIT, pack)
    units = list(reading.sections.get("单位信息", {}).get("二级预算单位", ()))
    for form in outline.forms:
        for row in form.rows:
            cells = [cell.strip() for cell in row.cells if cell.strip()]
            units += [name for head, name in pairwise(cells) if squeezed(head) in labels]
    return tuple(dict.fromkeys(units))


def _labels_of(key: str, pack: Pack) -> set[str]:
    """How the pack's project form names a text of the data."""
    form = pack.forms.project
    cells = [cell for row in form.rows for cell in row.cells] if form else []
    return {key, *(squeezed(cell.label) for cell in cells if cell.key == key)}


def _zeros_are_nothing(reading: ImportResult, blocks: Sequence[ReadBlock], pack: Pack) -> bool:
    """Whether 0.00 stands for nothing: where a document leaves no cell empty."""
    rows = [
        part
        for block in blocks
        for part in (*(part for _, part in block.rows.fixed), *block.rows.expanded)
    ]
    texts = [squeezed(text) for part in rows for _, text in part.amounts]
    zeros = sum(text in _ZEROS for text in texts)
    if zeros <= texts.count(""):
        return False
    if any(not statement.zero for statement in pack.statements):
        reading.doubt(("收支",), "原文以 0.00 表示没有金额；本项目印成空格")
    return True


def _book(tables: Tables, book: Book, declared: Iterable[str], *, whole: bool) -> None:
    """Solves a book and writes its section."""
    empty = frozenset(declared)
    cells = [cell for cell in tables.cells(book) if cell.statement not in empty]
    leaves = tables.leaves.of(book)
    if not leaves:
        doubt_without_leaves(tables.printed.reading, book.value, cells)
        return
    # of a whole document, leaves that no table tells apart are one; of another, nothing is chosen
    groups = alike_leaves(leaves, cells, tables.printed.vocabulary.general) if whole else []
    answer = _tied(tables, book, [group.chosen for group in groups] if whole else leaves, cells)
    written, paths = section(tables, book, answer if whole else answer.without_guesses())
    if written:
        tables.printed.reading.sections[book.value] = written
        for (name, value), taken in untold(groups, answer.amounts).items() if whole else ():
            message = f"表里分不出{name}的，都记作“{value}”{_projects_of(taken)}"
            tables.printed.reading.doubt((book.value,), message)
    for contradiction in answer.contradictions:
        filled = [leaf for leaf in contradiction.leaves if answer.amounts[leaf]]
        _report(tables, book, contradiction, [paths[leaf] for leaf in filled])
    for undivided in answer.undivided:
        doubt_undivided(tables.printed.reading, answer, undivided, paths, written=whole)


def _projects_of(leaves: Sequence[Leaf]) -> str:
    """The projects of leaves, in words; nothing if they are of none."""
    names = list(dict.fromkeys(leaf.dimensions.get("项目", "") for leaf in leaves))
    if not any(names):
        return ""
    more = f"等 {len(names)} 个" if len(names) > _MOST_NAMED else ""
    return f"：项目“{'”“'.join(names[:_MOST_NAMED])}”{more}"


def _tied(
    tables: Tables, book: Book, leaves: Sequence[Leaf], cells: Sequence[PrintedCell]
) -> Solved:
    """A book solved, with the money that another has as well adding up to the same there."""
    answer = solved(leaves, cells)
    general = tables.printed.vocabulary.general
    if book is Book.BUDGET:
        other = solved(tables.leaves.of(Book.ECONOMIC), list(tables.cells(Book.ECONOMIC)))
        amount = tied_total(other, ())
    elif book is Book.ECONOMIC:  # the budget may not have been able to follow it
        budget = tables.printed.reading.sections.get(Book.BUDGET.value, [])
        amount = basic_total(budget, general)
    else:
        return answer
    return tied(answer, leaves, cells, shared(book, general), amount)


def _report(tables: Tables, book: Book, wrong: Contradiction, paths: list[Path_]) -> None:
    printed = f"印出“{wrong.cell.text}”" if wrong.cell.text else "为空"
    if not wrong.cell.column:
        printed = "没有印出"
    given = tables.text(wrong.cell.statement, wrong.given) or "空"
    path = common_path(paths) or (book.value,)
    tables.printed.reading.doubt(
        path, f"{wrong.cell.name}{printed}，由其余各格得{given}", wrong.cell.spot
    )


def classify(reading: ImportResult, totals: ClassTotals | None, classes: ProjectClasses) -> None:
    """Writes the class of each project that is not of the usual one."""
    if "项目" not in reading.sections:
        return
    others = [name for name in classes.names if name != classes.usual]
    if len(others) != 1:
        return
    if totals is None:
        reading.doubt(("项目",), "没有读到两类项目的个数和金额，“类别”没有填")
        return
    projects = _named_projects(reading.sections["项目"])
    answer = assigned([project for project, _ in projects], totals, classes)
    for (_, entries), running in zip(projects, answer.running, strict=True):
        for entry in entries if running else ():
            amounts = {key: entry.pop(key) for key in list(entry) if key != "名称"}
            entry.update({"类别": others[0]} | amounts)
    exact = "" if answer.exact else "；个数或金额仍不一致"
    reading.doubt(("项目",), _CLASSES_NOT_UNIQUE + exact)


def _named_projects(units: Any) -> list[tuple[NamedProject, list[dict[str, Any]]]]:
    """The projects with money of this year; those of one name in one unit are one."""
    entries: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for unit in units:
        for project in unit["项目"]:
            if BudgetYear.CURRENT in project:
                entries.setdefault((unit["单位"], project["名称"]), []).append(project)
    return [
        (NamedProject(unit, name, sum(map(_current, projects), Decimal(0))), projects)
        for (unit, name), projects in entries.items()
    ]


def _current(project: dict[str, Any]) -> Decimal:
    return sum((Decimal(text) for text in project[BudgetYear.CURRENT].values()), Decimal(0))
