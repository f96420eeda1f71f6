"""Cells that must hold plain amounts, negative budgets, and the units that tables name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.checks.asks import a_draft
from generator.checks.rule import Check, Outcome, Passed, Rule, quoted_part
from generator.checks.text.text_figures import StatedFigure, perhaps
from generator.core.findings import Finding, Location
from generator.core.numbers.format import TEN_THOUSANDS
from generator.core.numbers.rounding import plain_number
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.words.amount_columns import amount_columns
from generator.drafts.words.amounts import Notation, PrintedAmount, fault_in, read_amount
from generator.drafts.words.text import folded
from generator.drafts.words.units import Unit, decimals_in
from generator.pack.pack import Pack
from generator.reading.blocks import PlainRow
from generator.reading.document import DocumentTable, Measure, Origin, ReadDocument

CELL = Rule(
    "E765",
    "金额格里不是规范的金额",
    "报表和绩效目标表的金额格只写数字：小数点用“.”，千分位用“,”，以万元为单位的最多两位小数（模板包写明印几位的按它）；没有金额的留空。"
    "全角数字视同半角。",
    "科学记数法、像数字的字母、写错的分隔符、数字中间的空格和写在格里的单位，读者和电脑都会读错；写错的一格不能参加核对。",
    "把这一格改成普通数字；多余的小数位四舍五入，单位写在表的右上方",
    "预算公开审核惯例",
    asks=(a_draft,),
)
NEGATIVE = Rule(
    "E766",
    "预算金额为负数",
    "收入、支出和绩效目标表的预算金额都不是负数（带负号、△，或按会计习惯加括号的数），文字里写的也一样。"
    "数据里的负数由 E204 报出。",
    "预算按应收、应支的数编列，没有负的收入和支出；负数行会使合计虚减，多半是录错，或把执行中的红字冲减抄了进来。",
    "录错的改成正数。确要冲减的（收回结余资金、调减项目等），在被冲减的那一项或“上年结转”里扣除，"
    "填冲减后的净额，不单列负数行；预算执行中的冲减由账务处理和预算调整反映，不改本表",
    "《预算法》第四条、第五条（预算由收入和支出组成，各项收支全部纳入预算）；预算公开审核惯例",
    asks=(a_draft,),
)
UNIT = Rule(
    "W767",
    "金额单位没有写明，或与规定的不同",
    "每张报表的上方写明金额单位，多数地方是“单位：万元”；与规定不同的，折算后再核对。",
    "没有单位，读者不知道是多少钱；各表单位不一，容易看错一万倍。",
    "在表的右上方写明“单位：万元”；用别的单位的，全部折算成万元",
    "预算公开审核惯例",
    asks=(a_draft,),
)
WRONG_UNIT = Rule(
    "E768",
    "金额单位写错",
    "表上方写的单位，与同一个数在其他表和文字里的单位相符；文字里的金额，数字和单位合起来与报表相同"
    "（换成别的单位、折算后相同的不算错）。",
    "数字对而单位错，差一万倍。",
    "按批复的数改正单位",
    "预算公开审核惯例",
    asks=(a_draft,),
)
RULES = (CELL, NEGATIVE, UNIT, WRONG_UNIT)


_OTHER = "其他表"
"""How findings name a table that is no known part."""


_BROKEN = late_pattern(
    r"TRUE|FALSE|#+|#(DIV/0!?|REF!?|VALUE!?|NAME\?|N/A|NUM!?|NULL!?)|[!#]?(语法错误|错误!?未.*|公式错误)"
    r"|(详?见|参见).{1,8}|待[定填核查].{0,4}|[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"|[约近=][\d.,]+|[\d.,]*\d([*#①-⑳-]|左右|以上|以内|\(.{1,8}\))",
    re.IGNORECASE,
)
"""What stands in place of an amount and is none, folded; other words may be the head of a part."""


class AmountCell(Struct, frozen=True):
    """A cell that must hold an amount: its text, its unit, what it is called and where it is.

    ``decimals`` is how many the pack prints there.
    """

    text: str
    unit: Unit
    name: str
    place: Location
    group: str
    subject: str
    decimals: int = 0


def cell_outcome(cell: AmountCell) -> Finding | None:
    """What is wrong with a cell in a column of amounts; ``None`` if nothing is."""
    amount = read_amount(cell.text)
    fault = fault_in(amount, cell.unit, cell.decimals)
    if not fault:
        return None
    rule = NEGATIVE if amount.negative else CELL
    return rule.finding(
        f"{cell.name}印作“{cell.text}”，{fault}{_understood(amount, cell.unit)}",
        cell.place,
        group=cell.group,
        subjects=(cell.subject,),
        excerpt=cell.text,
    )


def _understood(amount: PrintedAmount, unit: Unit) -> str:
    """What the cell seems to mean, in the unit of its column."""
    if amount.guess:
        return f"，像是 {amount.guess}"
    yuan = amount.in_yuan(unit)
    if yuan is None or amount.notation is Notation.NOTHING or amount.negative or not yuan:
        return ""
    meant = plain_number(yuan / unit.yuan)
    return f"，像是 {meant}" if meant != amount.text else ""


def _cells(document: ReadDocument, pack: Pack) -> Iterator[AmountCell]:
    formats = {statement.number: statement.money for statement in pack.statements}
    for table in document.tables.values():
        for row in table.rows:
            for cell in row.cells.values():
                name = f"{table.number}“{row.words or row.key}”行“{cell.column}”栏"
                money = formats.get(table.number, TEN_THOUSANDS)
                decimals = decimals_in(money, cell.unit)
                yield AmountCell(
                    cell.text, cell.unit, name, cell.place, table.number, cell.address, decimals
                )

    for other in document.other_tables:
        yield from cells_of_grid(other.rows)
    for form in document.forms:
        for odd in form.odd:
            subject = f"绩效目标表/{form.name}/资金"
            yield AmountCell(odd.text, odd.unit, odd.name, odd.place, form.group, subject)


def cells_of_grid(rows: Sequence[PlainRow]) -> Iterator[AmountCell]:
    """The cells of any table in columns of amounts: amounts, or what took the place of one."""
    for column in amount_columns([row.cells for row in rows]):
        for row in rows[column.depth :]:
            text = row.cells[column.at].strip() if column.at < len(row.cells) else ""
            words = read_amount(text).notation is Notation.WORDS
            if words and not _BROKEN.fullmatch(folded(text)):
                continue
            label = next(filter(None, (cell.strip() for cell in row.cells)), "")
            name = f"“{label}”行“{column.title}”栏"
            yield AmountCell(text, column.unit, name, row.place, _OTHER, f"{_OTHER}/{label}")


def _check_cells(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """Applies E765 and E766; data is refused with E204 before it comes here."""
    cells = [] if document.origin is Origin.DATA else list(_cells(document, pack))
    found = [finding for cell in cells if (finding := cell_outcome(cell))]
    yield from (perhaps(document, finding) for finding in found)
    for rule in (CELL, NEGATIVE):
        yield Passed(rule.code, len(cells) - sum(each.code == rule.code for each in found))


# Amounts of the text

_SIGNED = late_pattern(
    r"(?P<sign>[-－−△▲负])\s*\d[\d,.]*\s*[百千万亿]*元"
    r"|[（(]\s*\d[\d,]*\.\d+\s*[）)]\s*[百千万亿]*元"
)
_BUDGETED = late_pattern(r"(?:费|支出|收入|拨款|预算)(?:数|安排)?(?:为|是|[:：])?\s*$")
_OF_CHANGE = late_pattern("[比较增减差净冲调]|结[余转]")
"""What may be negative: a difference, what was taken back."""
_PLAIN_AMOUNT = late_pattern(r"[一-龥]\s*\d[\d,.]*\s*[百千万亿]*元")


def _check_text(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Applies E766 to what the text says of an item of the budget: 培训费预算-1.37万元."""
    if document.origin is Origin.DATA:
        return
    for passage in document.passages:
        for clause, amount, at in _negative_amounts(passage.text):
            finding = NEGATIVE.finding(
                f"文字写“{clause}{amount}”，是负数",
                passage.place,
                group=passage.group,
                subjects=(passage.subject,),
                excerpt=quoted_part(passage.text, at),
            )
            yield perhaps(document, finding)


def _negative_amounts(text: str) -> Iterator[tuple[str, str, int]]:
    """The negative amount of a text: the words before it, itself, and where it stands.

    Where several have such a sign it may be a dash, and a form may have brackets to be filled in.
    """
    found = list(_SIGNED.finditer(text))
    if len(found) != 1:
        return
    (signed,) = found
    clause = re.split("[，,。；;、\n]", text[: signed.start()])[-1].strip()
    if not signed["sign"] and not _PLAIN_AMOUNT.search(text):
        return
    if _BUDGETED.search(clause) and not _OF_CHANGE.search(clause):
        yield clause, signed[0], signed.start()


# Units


def _check_units(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Applies W767 and, to tables, E768."""
    tables = [table for table in document.tables.values() if table.measure]
    wrong: dict[tuple[Unit | None, Unit | None], list[DocumentTable]] = {}
    for table in tables:
        if table.measure and _is_wrong(table.measure):
            wrong.setdefault((table.measure.stated, table.measure.read), []).append(table)
    silent = [table for table in tables if table.measure and table.measure.stated is None]
    others = [table for table in tables if table.measure and _is_other(table)]
    for alike in wrong.values():
        yield perhaps(document, _wrongly_stated(alike))
    if silent:
        finding = _of_tables(UNIT, silent, "没有写明金额单位")
        yield perhaps(document, replace(finding, remedy=_in_due_unit(silent[0])))
    if others:
        units = "、".join(dict.fromkeys(_stated(table) for table in others))
        finding = _of_tables(UNIT, others, f"的金额单位是{units}，已折算成万元核对")
        yield perhaps(document, replace(finding, remedy=_in_due_unit(others[0])))
    yield Passed(UNIT.code, len(tables) - len(silent) - len(others))
    confirmed = [each.measure for each in tables if each.measure and each.measure.stated]
    yield Passed(WRONG_UNIT.code, sum(each.stated is each.read for each in confirmed))


def _in_due_unit(table: DocumentTable) -> str:
    due = table.measure.due.words if table.measure else ""
    return f"在表的右上方写明“单位：{due}”；用别的单位的，全部折算成{due}"


def _is_wrong(measure: Measure) -> bool:
    return measure.stated is not None and measure.read not in (None, measure.stated)


def _is_other(table: DocumentTable) -> bool:
    """Whether a table with amounts is in another unit than the one that is due."""
    measure = table.measure
    if measure is None or measure.stated in (None, measure.due) or _is_wrong(measure):
        return False
    cells = (cell for row in table.rows for cell in row.cells.values())
    return any(cell.amount and cell.amount.value for cell in cells)


def _stated(table: DocumentTable) -> str:
    return table.measure.stated.words if table.measure and table.measure.stated else ""


def _wrongly_stated(tables: Sequence[DocumentTable]) -> Finding:
    read = tables[0].measure.read if tables[0].measure else None
    stated, due = _stated(tables[0]), read.words if read else ""
    finding = _of_tables(
        WRONG_UNIT, tables, f"写的金额单位是{stated}，按{due}读才与其他表和文字里的数相同"
    )
    remedy = f"金额单位改为“{due}”；确以{stated}为单位的，改正表里的数"
    return replace(finding, remedy=remedy)


def _of_tables(rule: Rule, tables: Sequence[DocumentTable], what: str) -> Finding:
    """One finding about several tables, as they have one cause."""
    first, *rest = tables
    return rule.finding(
        f"{'、'.join(table.number for table in tables)}{what}",
        first.place,
        group=first.number if not rest else "报表",
        subjects=[table.number for table in tables],
        also=[table.place for table in rest],
    )


def wrong_unit(stated: StatedFigure, meant: Unit, where: str) -> Finding:
    """An amount of the text that is right but for its unit; ``where`` says what tells that."""
    unit = stated.unit or meant
    large, small = max(unit.yuan, meant.yuan), min(unit.yuan, meant.yuan)
    return WRONG_UNIT.finding(
        f"文字写“{stated.text}{unit.words}”，{where}：单位应为“{meant.words}”，"
        f"写成“{unit.words}”差 {large / small:f} 倍",
        stated.place,
        group=stated.group,
        subjects=(stated.address,),
        excerpt=stated.excerpt,
        remedy=f"单位改为“{meant.words}”",
    )


CHECKS: tuple[Check, ...] = (_check_cells, _check_text, _check_units)
ANYWHERE: tuple[Check, ...] = (_check_cells, _check_text)
