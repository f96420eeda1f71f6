"""The overall form (整体支出绩效目标申报表) against the statements of the same document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from generator.checks.asks import an_overall_form
from generator.checks.relations.relations import holds
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked
from generator.checks.rules.amounts import AmountCell, cell_outcome
from generator.checks.rules.text_figures import AMOUNT
from generator.checks.text.text_figures import (
    HALF_CENT,
    nothing_to_hold_against,
    perhaps,
    printed_amount,
    read_text_numbers,
    spelled,
)
from generator.core.numbers.rounding import half_up, plain_number
from generator.core.text.patterns import late_pattern
from generator.drafts.words.amounts import Notation, read_amount
from generator.drafts.words.text import folded
from generator.drafts.words.units import PRESCRIBED, Unit, unit_in_head
from generator.pack.checks.equations import read_equation
from generator.pack.checks.key_figures import YearFigure
from generator.pack.pack import Pack
from generator.pack.text_style import USUAL_STYLE, TextStyle
from generator.reading.blocks import PlainRow
from generator.reading.document import Origin, ReadDocument
from generator.reading.sentences import NUMBER

OVERALL = Rule(
    "E731",
    "整体绩效目标表与报表不一致",
    "整体支出绩效目标申报表的资金来源各项，与部门预算报表的本年数相同；基本支出、项目支出等的本年数"
    "取自模板包写明的格（checks/places.yaml 的“本年数”），它的“前提”不成立时不核对。"
    "文字里写的同一个数也这样核对（E723）。",
    "申报表与报表是同一个预算，数字不同必有一处未更新。",
    "按报表改正整体绩效目标表里的金额",
    "部门预算绩效目标管理办法（财预〔2015〕88号）；预算公开审核惯例",
    asks=(an_overall_form,),
)
RULES = (OVERALL,)

_GROUP = "整体绩效目标表"
_MONEY_HEAD = late_pattern(r"资金|金额|预算")
_TOLERANCE = 2 * HALF_CENT
"""Two amounts, each rounded on its own."""


def overall_form(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """The amounts of the overall form against those that the statements give."""
    figures = {figure.label: figure for figure in pack.places.year_figures}
    if document.origin is not Origin.DATA:
        yield from _in_text(document, pack)
    if pack.forms.overall is None or not document.overall_rows:
        return
    stated = _amounts(document.overall_rows)
    if document.origin is Origin.DATA:
        yield Passed(OVERALL.code, len(stated))
        return
    unit = _unit(document.overall_rows)
    stated = {key: (_converted(text, unit), row) for key, (text, row) in stated.items()}
    yield from _odd_cells(document, figures, unit)
    for (label, nth), (text, row) in stated.items():
        if label in figures and nth == 1:
            due, why = _due(document, pack, figures[label], USUAL_STYLE)
            outcome = _compared(label, text, row, due, why)
            yield perhaps(document, outcome)
    yield from _sources(document, stated, figures)


def _sources(
    document: ReadDocument,
    stated: Mapping[tuple[str, int], tuple[str, PlainRow]],
    figures: Mapping[str, YearFigure],
) -> Iterator[Outcome]:
    """What the form prints of cells; how a draft splits the year is not read from any cell."""
    if document.expected is None:
        yield Unchecked(OVERALL.code, _GROUP, nothing_to_hold_against(document, "申报表"))
        return
    for (label, nth), (text, _) in _amounts(document.expected.overall_rows).items():
        if label in figures:
            continue
        if (label, nth) not in stated:
            yield Unchecked(OVERALL.code, _GROUP, f"整体绩效目标表里没有读到“{label}”的金额")
            continue
        found, row = stated[label, nth]
        yield perhaps(document, _compared(label, found, row, _value(text), ""))


def _compared(label: str, text: str, row: PlainRow, due: Decimal | None, where: str) -> Outcome:
    """An amount of the form with what it should be; ``where`` says what tells it, or why none."""
    if due is None:
        return Unchecked(OVERALL.code, _GROUP, f"“{label}”没有核对：{where}")
    difference = abs(half_up(_value(text)) - due)
    if difference <= (_TOLERANCE if where else 0):
        return Passed(OVERALL.code)
    return OVERALL.finding(
        f"整体绩效目标表“{label}”写 {text} 万元，按{where or '部门预算报表'}应为 {due:f} 万元，"
        f"相差 {difference:f} 万元",
        row.place,
        group=_GROUP,
        subjects=(f"整体绩效目标表/{label}",),
        excerpt=" ".join(filter(None, row.cells)),
    )


def _due(
    document: ReadDocument, pack: Pack, figure: YearFigure, style: TextStyle
) -> tuple[Decimal | None, str]:
    """An amount of this year and the cell that says so, or nothing and why it is unknown.

    ``style`` says in which unit, and how finely.
    """
    premise = read_equation(figure.premise, pack.statements) if figure.premise else None
    if premise and not holds(document, premise):
        return None, f"只有“{premise.text.replace('/', ' ')}”时才能由报表得出"
    where = spelled(document, figure.equal)
    amount = printed_amount(document, figure.equal, style)
    return amount, where if amount is not None else f"没有读到{where}"


def _in_text(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """The same amounts where the text states them."""
    style = document.style
    reading = read_text_numbers(document)
    figures = pack.places.year_figures
    found = [reading.at(figure.figure) for figure in figures]
    whole = reading.at(pack.places.year_total or "")
    values = [each.value for each in found if each]
    if whole and len(values) == len(found):
        added = sum(values, Decimal(0))
        if abs(added - whole.value) > style.half * (len(values) + 1):
            return  # told as a sum that does not add up
    for figure, stated in zip(figures, found, strict=True):
        if stated is None:
            continue
        due, where = _due(document, pack, figure, style)
        if due is None:
            yield Unchecked(AMOUNT.code, stated.group, f"“{figure.label}”没有核对：{where}")
        elif abs(stated.value - due) <= 2 * style.half_of(figure.equal):
            yield Passed(AMOUNT.code)
        else:
            difference = abs(stated.value - due)
            finding = AMOUNT.finding(
                f"文字写{figure.label} {stated.words(style.unit)}，"
                f"{where}为 {due:f} {style.unit}，相差 {difference:f} {style.unit}",
                stated.place,
                group=stated.group,
                subjects=(figure.figure,),
                excerpt=stated.excerpt,
            )
            yield perhaps(document, finding)


def _amounts(rows: Sequence[PlainRow]) -> Mapping[tuple[str, int], tuple[str, PlainRow]]:
    """Labels with the amount in the next cell; one label stands left and right (合计)."""
    found: dict[tuple[str, int], tuple[str, PlainRow]] = {}
    seen: Counter[str] = Counter()
    for row in rows:
        for name, text in zip(row.cells, row.cells[1:], strict=False):
            label = folded(name).removeprefix("其中:")
            if label and re.fullmatch(NUMBER, folded(text)) and not re.match(r"[\d.,]", label):
                seen[label] += 1
                found[label, seen[label]] = (folded(text), row)
    return found


def _unit(rows: Sequence[PlainRow]) -> Unit:
    """The unit that the form names for its money: 资金总额（万元）."""
    heads = (cell for row in rows for cell in row.cells if _MONEY_HEAD.search(cell))
    return next((unit for head in heads if (unit := unit_in_head(head))), PRESCRIBED)


def _converted(text: str, unit: Unit) -> str:
    """An amount as printed, in 万元."""
    if unit is PRESCRIBED:
        return text
    return plain_number(_value(text) * unit.yuan / PRESCRIBED.yuan)


def _odd_cells(document: ReadDocument, figures: Collection[str], unit: Unit) -> Iterator[Outcome]:
    """Cells beside a known label that are no plain amounts."""
    expected = document.expected.overall_rows if document.expected else ()
    labels = {*figures, *(label for label, _ in _amounts(expected))}
    for row in document.overall_rows:
        for name, text in zip(row.cells, row.cells[1:], strict=False):
            label = folded(name).removeprefix("其中:")
            if label in labels and read_amount(text).notation is Notation.ODD:
                cell = AmountCell(
                    text.strip(), unit, f"{_GROUP}“{label}”", row.place, _GROUP, f"{_GROUP}/{label}"
                )
                yield from (perhaps(document, each) for each in filter(None, [cell_outcome(cell)]))


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


CHECKS: tuple[Check, ...] = (overall_form,)
