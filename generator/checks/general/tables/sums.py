"""E901 to E904: the sums of a table, across and down, its balance, and 三公."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.checks.general.tables.blame import Blame, Judged
from generator.checks.general.tables.compare import DifferentAmounts, differences_of
from generator.checks.general.tables.equations.equation import SumEquation, SummedCell
from generator.checks.general.tables.equations.labelled import row_kind
from generator.checks.general.tables.judged import judged_table
from generator.checks.general.tables.rules import ACROSS, BALANCE, DOWN, OFFICIALS
from generator.checks.general.tables.understood.kinds import OFFICIAL, VEHICLES
from generator.checks.general.tables.understood.money import amount_shown
from generator.checks.general.tables.understood.read import name_of_table, read_tables
from generator.checks.general.tables.understood.table import UnderstoodTable
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked
from generator.core.findings import Finding
from generator.drafts.words.units import PRESCRIBED, Unit
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

_MOST_SHOWN = 4


def sums_of_tables(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Applies E901 to E904 to every table that is understood; the others stay unchecked."""
    tables = read_tables(document)
    differences = differences_of(document)
    known = document.follows_pack
    for table in tables.understood:
        judged = judged_table(table)
        held = Counter(_rule(equation).code for equation in judged.held)
        yield from (Passed(code, count, table.name) for code, count in held.items())
        for blame in judged.blames:
            yield _finding(table, blame, differences)
        if not known:
            yield from _unchecked(table, judged)
    for other in () if known else tables.others:
        yield Unchecked(ACROSS.code, name_of_table(other), "表头没有认出，这张表的合计没有核对")


def _unchecked(table: UnderstoodTable, judged: Judged) -> Iterator[Unchecked]:
    """What of a table could not be checked: sums that mostly do not hold, or none at all."""
    said = dict.fromkeys(each.words for each in judged.undecided)
    if said:
        more = f"等 {len(said)} 处" if len(said) > 1 else ""
        why = f"“{next(iter(said))}”{more}多数不成立，不能断定这张表应当这样相加，没有核对"
        yield Unchecked(ACROSS.code, table.name, why)
    elif not judged.held and not judged.blames and _has_rows(table):
        why = "没有认出可以相加的行和栏，这张表的合计没有核对"
        yield Unchecked(ACROSS.code, table.name, why)


def _has_rows(table: UnderstoodTable) -> bool:
    """Whether a table has several rows of amounts."""
    return any(sum(bool(line.amounts) for line in side.lines) > 1 for side in table.sides)


def _finding(
    table: UnderstoodTable, blame: Blame, differences: Sequence[DifferentAmounts]
) -> Finding:
    """The finding of one cause, at the cell that explains it."""
    first = blame.broken[0]
    pinned = None if blame.certain else pinned_by(table, first, differences)
    cell = pinned.cell_in(table) if pinned else blame.cell
    others = {each.whole.at: each.whole for each in blame.broken if each.whole.at != cell.at}
    also = [table.place(each.line, each.column) for each in others.values()]
    if pinned:
        series, other = pinned.across(table)
        also.append(series.table.place(other.line, other.column))
        advice = f"；“{series.table.name}”里这个数是 {other.amount.words if other.amount else '空'}"
    else:
        advice = _advice(blame)
    return _rule(first).finding(
        f"{_subject(cell)}{_equation_words(table, first)}{advice}",
        table.place(cell.line, cell.column),
        group=table.name,
        subjects=(f"{table.name}/{cell.line.words}/{cell.column.title}",),
        excerpt=_excerpt(first),
        also=also,
    )


def pinned_by(
    table: UnderstoodTable, equation: SumEquation, differences: Sequence[DifferentAmounts]
) -> DifferentAmounts | None:
    """The one cell of a broken sum that another table prints otherwise, by the same gap."""
    found = [
        difference
        for difference in differences
        if difference.is_in(table)
        and difference.cell_in(table).at in {cell.at for cell in equation.cells}
        and abs(difference.gap - abs(equation.gap)) <= equation.bound
    ]
    cells = {each.cell_in(table).at for each in found}
    return found[0] if len(cells) == 1 else None


def _rule(equation: SumEquation) -> Rule:
    if equation.family == "balance":
        return BALANCE
    if equation.down:
        kinds = {row_kind(part.line.name) for part in equation.parts if not part.line.code}
    else:
        kinds = {part.column.kind for part in equation.parts}
    if kinds & (OFFICIAL | VEHICLES):
        return OFFICIALS
    return DOWN if equation.down else ACROSS


def _subject(cell: SummedCell) -> str:
    words = cell.line.words
    return f"“{words}”行“{cell.column.title}”栏：" if words else f"“{cell.column.title}”栏："


def _equation_words(table: UnderstoodTable, equation: SumEquation) -> str:
    """The sum with its numbers: what is printed, what the parts make, and the difference.

    Of a table that names no unit the difference is told as its cells are printed.
    """
    unit = equation.whole.column.unit
    named = table.names_unit or unit is not PRESCRIBED
    parts = _amounts(equation)
    whole = _printed(equation.whole)
    like = _separators(equation)
    shown, scale = (unit, Decimal(1)) if named or "." in like else (Unit.YUAN, unit.yuan)
    made = amount_shown((equation.whole.value - equation.gap) / scale, shown, like)
    few = (
        " ＋ ".join(_printed(part) for part in parts)
        if len(parts) <= _MOST_SHOWN
        else f"{len(parts)} 个数之和"
    )
    total = f"＝{made}" if len(parts) > 1 else ""
    gap = f"{amount_shown(abs(equation.gap) / scale, shown, like)} {unit.words if named else ''}"
    return f"应有 {equation.words}，印出的是 {whole}，而 {few or '空'}{total}，相差 {gap.strip()}"


def _amounts(equation: SumEquation) -> list[SummedCell]:
    """The parts that say an amount."""
    return [part for part in equation.parts if part.amount]


def _printed(cell: SummedCell) -> str:
    return cell.amount.text if cell.amount else "空"


def _separators(equation: SumEquation) -> str:
    """What its cells print: numbers that are told beside them are written likewise."""
    return " ".join(map(_printed, equation.cells))


def _advice(blame: Blame) -> str:
    """What the cell should be if several sums agree on that."""
    if not blame.certain:
        return ""
    unit = blame.cell.column.unit
    like = _separators(blame.broken[0])
    due = amount_shown(max(blame.cell.value + blame.correction, Decimal(0)), unit, like)
    again = sum(any(c.at == blame.cell.at for c in each.cells) for each in blame.broken)
    if again <= 1:
        return ""
    first = blame.broken[0]
    told = first.whole.at == blame.cell.at or len(_amounts(first)) <= _MOST_SHOWN
    printed = "" if told else f"，印出的是 {_printed(blame.cell)}"
    return f"；按 {again} 处合计，这一格应为 {due}{printed}"


def _excerpt(equation: SumEquation) -> str:
    cells = (equation.whole, *equation.parts)
    return " ".join(cell.amount.text for cell in cells if cell.amount)[:80]


CHECKS: tuple[Check, ...] = (sums_of_tables,)
