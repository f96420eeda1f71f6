"""Proposes what the columns of a flat list are used as: by their names and what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from generator.core.likeness import likeness, nearest_names
from generator.core.text.patterns import late_pattern
from generator.drafts.words.amounts import Notation, read_amount
from generator.drafts.words.text import squeezed
from generator.drafts.words.units import without_unit
from generator.importing.flat_list.columns import ColumnMap, ListColumn, Sureness
from generator.importing.flat_list.fields import ListFields
from generator.importing.flat_list.listing import (
    NAME_TO_MEANING,
    FlatList,
    ListRow,
    is_signed_line,
    is_total_of_list,
    stated_unit,
    values_of,
)
from generator.importing.flat_list.meanings import CARRIED_OVER, ELSEWHERE, KINDS, Meaning
from generator.importing.flat_list.procurement import NO, PROCURED, YES, procured_as
from generator.importing.flat_list.strange_rows import is_signature
from generator.model.vocabulary import FundNature, Vocabulary

_ALIKE, _SURELY_ALIKE = 0.7, 0.9
_EXAMPLES, _EXAMPLE_LENGTH = 3, 16
_LOOKED_AT = 500
_MOST = 0.9
_MOST_VALUES = 60
_CODE = {
    Meaning.FUNCTION: late_pattern(r"['‘’′`＇]?2\d{2}(?:\d{2}){0,2}\D?.*"),
    Meaning.DEPARTMENT: late_pattern(r"['‘’′`＇]?3\d{2}(?:\d{2})?\D?.*"),
    Meaning.GOVERNMENT: late_pattern(r"['‘’′`＇]?5\d{2}(?:\d{2})?\D?.*"),
}
_CODES_ONLY = late_pattern(r"\d+(?:\.0+)?")
_FLAG = late_pattern(r"[是否有无YN]")
_FLAGGED = {"购买服务": Meaning.SERVICES, "是否采购": Meaning.PROCUREMENT}
"""What a column says that is named in other words than those that systems are known to use."""
_YEAR = late_pattern(r"20\d\d年?度?")
_OF_YEAR = late_pattern(r"(20\d\d)年度?")
_CARRIED = late_pattern(r"结[转余]")
_COMPARED = late_pattern(r"^(?:上年|去年)|[比较]上年|同比|增减|增长|[增减]幅|占比|比重|比例|率$")
"""A column of last year's money, or of how this year's compares with another sum."""
_RATE = late_pattern(r"-?[\d.,]+[%‰]")
_NATURES = {
    FundNature.GENERAL: ("一般公共预算", "公共预算", "公共财政", "一般预算"),
    FundNature.GOVERNMENT_FUND: ("政府性基金", "基金预算"),
    FundNature.STATE_CAPITAL: ("国有资本经营",),
    FundNature.SPECIAL_ACCOUNT: ("财政专户", "教育收费", "非税专户", "专户管理"),
}
"""What columns and values call a fund source by law."""
_SEVERAL = frozenset(
    (
        Meaning.AMOUNT,
        Meaning.EMPTY,
        Meaning.UNUSED,
        Meaning.OPEN,
        Meaning.SOURCE,
        Meaning.KIND,
        Meaning.YEAR_OF_MONEY,
        Meaning.PROCUREMENT,
        Meaning.SERVICES,
    )
)
"""What several columns may be used as."""
_PART_SUM = late_pattern(r"(?:小计|合计|总计)$")
"""A column that may only sum those beside it: taken as well, their money would count twice."""
_MONEY_NAME = late_pattern(r"拨款|收入|资金|结转|结余|预算$")


def proposed(lists: Sequence[FlatList], vocabulary: Vocabulary) -> ColumnMap:
    """What all columns of some lists are used as, as far as that can be seen.

    Nothing is left out: a column that cannot be told is 待定.
    """
    names = list(dict.fromkeys(name for each in lists for name in each.names))
    rows = [
        row
        for each in lists
        for row in each.rows
        if not is_total_of_list(row) and not is_signed_line(row)
    ]
    columns = []
    for name in names:
        texts = [row.text(name) for row in rows[:_LOOKED_AT] if row.text(name)]
        numbers = [row.cells[name].number for row in rows[:_LOOKED_AT] if name in row.cells]
        years = _years(name, lists)
        if _is_beside_the_budget(without_unit(name), texts, years):
            column = ListColumn(name, Meaning.UNUSED, sureness=Sureness.MIDDLE)
        else:
            column = _column(name, texts, numbers, vocabulary, years)
        column.examples = tuple(
            text[:_EXAMPLE_LENGTH] for text in list(dict.fromkeys(texts))[:_EXAMPLES]
        )
        columns.append(column)
    for each in lists:
        _one_each([column for column in columns if column.name in each.names])
    items = _items(lists, columns)
    for column in columns:
        column.values = _values(column, list(values_of(items, column.name)), vocabulary)
    _take_sums(columns, rows)
    _leave_sources_to_amounts(columns, lists)
    _ask_sources(columns, lists, vocabulary)
    for meaning in (Meaning.KIND, Meaning.SOURCE):
        said_elsewhere([column for column in columns if column.meaning is meaning], rows)
    units = {each.unit for each in lists if each.unit}
    unit = units.pop() if len(units) == 1 and all(each.unit for each in lists) else ""
    return ColumnMap(unit, columns, asks_unit=not unit and asks_unit(lists, columns))


def _items(lists: Sequence[FlatList], columns: list[ListColumn]) -> list[ListRow]:
    """The rows that stand for money: not the totals, nor what somebody signed below a list."""
    own = [(each, ListFields(each, ColumnMap("", columns))) for each in lists]
    return [
        row
        for each, fields in own
        for row in each.rows
        if not is_total_of_list(row) and not is_signature(row, fields)
    ]


def _years(name: str, lists: Sequence[FlatList]) -> frozenset[str]:
    """The years whose budget the lists are that have a column, as their titles say."""
    above = (line for each in lists if name in each.names for line in each.above)
    return frozenset(year for line in above for year in _OF_YEAR.findall(line))


def _is_beside_the_budget(name: str, texts: Sequence[str], years: frozenset[str]) -> bool:
    """Whether a column holds no money of the year: a rate, last year's budget, what it grew by."""
    if not texts or _CARRIED.search(name):
        return False
    of_year = _OF_YEAR.match(name)
    other = of_year and years and of_year[1] not in years
    return bool(other or _COMPARED.search(name)) or all(map(_RATE.fullmatch, texts))


def asks_unit(lists: Sequence[FlatList], columns: Sequence[ListColumn]) -> bool:
    """Whether a list has amounts of which neither their heads nor the sheet state the unit."""
    money = [column.name for column in columns if column.meaning in (Meaning.TOTAL, Meaning.AMOUNT)]
    return any(
        name in listing.names and stated_unit(listing, name) is None
        for listing in lists
        for name in money
    )


def said_elsewhere(columns: Sequence[ListColumn], rows: Sequence[ListRow]) -> None:
    """Leaves open no value of a column if another column says it in every row that has it."""
    for column in columns:
        others = [each for each in columns if each is not column]
        for value in column.open_values:
            having = [row for row in rows if row.text(column.name) == value]
            if having and all(_is_said(row, others) for row in having):
                column.values[value] = ELSEWHERE


def _is_said(row: ListRow, columns: Sequence[ListColumn]) -> bool:
    said = (column.values.get(row.text(column.name), "") for column in columns)
    return any(each not in ("", Meaning.OPEN.value, ELSEWHERE) for each in said)


def _column(
    name: str,
    texts: Sequence[str],
    numbers: Sequence[Decimal | None],
    vocabulary: Vocabulary,
    years: frozenset[str],
) -> ListColumn:
    bare = without_unit(name)
    if not texts:
        return ListColumn(name, Meaning.EMPTY)
    if (of_year := _OF_YEAR.match(bare)) and of_year[1] in years:
        bare = bare[of_year.end() :]
    held = _by_content(bare, texts)
    is_money = _is_money(texts, numbers)
    if known := NAME_TO_MEANING.get(bare):
        return _known(name, known, held, is_money=is_money)
    if is_money and _PART_SUM.search(bare):
        return ListColumn(name, Meaning.OPEN, sureness=Sureness.LOW)
    source, sureness = _source_of(bare, vocabulary) if is_money else ("", Sureness.LOW)
    if is_money and (_MONEY_NAME.search(bare) or sureness is Sureness.HIGH):
        return ListColumn(name, Meaning.AMOUNT, source, sureness=sureness)
    meaning, sureness = _guessed(bare, texts, held)
    return ListColumn(name, meaning, sureness=sureness)


def _known(name: str, known: Meaning, held: Meaning | None, *, is_money: bool) -> ListColumn:
    """A column with a known name, unless what it holds is something else."""
    if known is Meaning.PROCUREMENT and is_money:
        return ListColumn(name, Meaning.PROCUREMENT_AMOUNT, sureness=Sureness.MIDDLE)
    if known in (Meaning.UNUSED, Meaning.TOTAL, Meaning.PROCUREMENT_AMOUNT, held):
        return ListColumn(name, known)
    if held in _CODE:
        return ListColumn(name, held, sureness=Sureness.MIDDLE)
    contrary = held is not None or is_money
    return ListColumn(name, known, sureness=Sureness.MIDDLE if contrary else Sureness.HIGH)


def _guessed(name: str, texts: Sequence[str], held: Meaning | None) -> tuple[Meaning, Sureness]:
    alike = _alike(name)
    if held is not None:
        return held, Sureness.HIGH if alike and alike[0] is held else Sureness.MIDDLE
    if flagged := next((each for word, each in _FLAGGED.items() if word in name), None):
        return flagged, Sureness.MIDDLE
    if all(_FLAG.fullmatch(squeezed(text)) for text in texts):
        return Meaning.UNUSED, Sureness.MIDDLE
    if alike:
        meaning, score = alike
        return meaning, Sureness.MIDDLE if score >= _SURELY_ALIKE else Sureness.LOW
    return Meaning.OPEN, Sureness.LOW


def _by_content(name: str, texts: Sequence[str]) -> Meaning | None:
    """What codes or years in a column show it to be."""
    if not texts:
        return None
    for meaning, code in _CODE.items():
        share = sum(bool(code.fullmatch(squeezed(text))) for text in texts) / len(texts)
        enough = "经济" in name or "功能" in name or "科目" in name
        if share >= _MOST and (enough or not all(map(_CODES_ONLY.fullmatch, texts))):
            return meaning
    if all(_YEAR.fullmatch(squeezed(text)) for text in texts):
        return Meaning.BUDGET_YEAR
    return None


def _is_money(texts: Sequence[str], numbers: Sequence[Decimal | None]) -> bool:
    """Whether most of what a column holds is numbers; one that is not is told when it is read."""
    filled = [number for number in numbers if number is not None]
    plain = [text for text in texts if read_amount(text).notation is not Notation.WORDS]
    return 2 * max(len(filled), len(plain)) > len(texts)


def _alike(name: str) -> tuple[Meaning, float] | None:
    found = nearest_names(name, NAME_TO_MEANING, least=_ALIKE)
    return (NAME_TO_MEANING[found[0]], likeness(name, found[0])) if found else None


def _source_of(name: str, vocabulary: Vocabulary) -> tuple[str, Sureness]:
    """The fund source that a column of amounts, or a value, names; ``""`` if it is not clear."""
    carried = "结转" in name and "使用" not in name
    bare = re.sub(r"上年结转(?:安排)?|结转", "", name) if carried else name
    source, sureness = _plain_source(bare, vocabulary)
    if not carried:
        return source, sureness
    if not source and not bare:
        return f"{vocabulary.general}/{CARRIED_OVER}", Sureness.LOW
    return (f"{source}/{CARRIED_OVER}" if source else ""), sureness


def _plain_source(name: str, vocabulary: Vocabulary) -> tuple[str, Sureness]:
    exact = next((source for source in vocabulary.sources if squeezed(source) == name), None)
    if exact:
        return exact, Sureness.HIGH
    for nature, words in _NATURES.items():
        if any(word in name for word in words) and (named := vocabulary.source_of(nature)):
            return named, Sureness.HIGH
    own = [source.name for source in vocabulary.fund_sources if source.nature is FundNature.ENTITY]
    among = own if len(own) > 1 else list(vocabulary.sources)
    if found := nearest_names(name, among, least=_ALIKE):
        return found[0], Sureness.MIDDLE
    if len(own) == 1 and re.search(r"收入|单位资金|自有|实户|经营", name):
        return own[0], Sureness.MIDDLE
    return "", Sureness.LOW


def _leave_sources_to_amounts(columns: Sequence[ListColumn], lists: Sequence[FlatList]) -> None:
    """Does not use 资金来源 beside columns of amounts, which say the source themselves."""
    amounts = {column.name for column in columns if column.meaning is Meaning.AMOUNT}
    for column in columns:
        having = [each for each in lists if column.name in each.names]
        if column.meaning is Meaning.SOURCE and all(amounts & set(each.names) for each in having):
            column.meaning, column.values = Meaning.UNUSED, {}


def _ask_sources(
    columns: Sequence[ListColumn], lists: Sequence[FlatList], vocabulary: Vocabulary
) -> None:
    """Asks for the source of an amount if nothing in its list says it, unless a title does."""
    if len(vocabulary.sources) == 1:
        return
    saying = {each.name for each in columns if each.meaning in (Meaning.AMOUNT, Meaning.SOURCE)}
    for column in columns:
        having = [each for each in lists if column.name in each.names]
        if column.meaning is not Meaning.TOTAL or any(saying & set(each.names) for each in having):
            continue
        titled = [words for nature, words in _NATURES.items() if _named(words, having)]
        named = _source_of(titled[0][0], vocabulary)[0] if len(titled) == 1 else ""
        column.meaning, column.source = Meaning.AMOUNT, named
        column.sureness = Sureness.MIDDLE if named else Sureness.LOW


def _named(words: Sequence[str], lists: Sequence[FlatList]) -> bool:
    """Whether the sheet or the lines above every one of some lists name any of some words."""
    return all(
        any(word in text for word in words for text in (each.sheet.name, *each.above))
        for each in lists
    )


def _take_sums(columns: Sequence[ListColumn], rows: Sequence[ListRow]) -> None:
    """Takes 小计 for the amount of a row where it is the sum of all its sources in every row."""
    amounts = [column for column in columns if column.meaning is Meaning.AMOUNT]
    if not amounts or any(column.meaning is Meaning.TOTAL for column in columns):
        return
    for column in columns:
        if column.meaning is not Meaning.OPEN or without_unit(column.name) != "小计":
            continue  # 财政拨款小计 is of some sources, even if there is nothing of the others
        filled = [row for row in rows if row.text(column.name)]
        if all(_is_sum(row, column, amounts) for row in filled):
            column.meaning, column.sureness = Meaning.TOTAL, Sureness.MIDDLE
            return


def _is_sum(row: ListRow, column: ListColumn, amounts: Sequence[ListColumn]) -> bool:
    parts = [row.amount(each.name) for each in amounts]
    known = [part for part in parts if part is not None]
    return len(known) == len(parts) and row.amount(column.name) == sum(known, Decimal(0))


def _values(column: ListColumn, values: list[str], vocabulary: Vocabulary) -> dict[str, str]:
    """What the values of a column stand for, if that must be said."""
    if len(values) > _MOST_VALUES:
        is_year = column.meaning is Meaning.YEAR_OF_MONEY
        return {value: CARRIED_OVER for value in values if is_year and "结转" in value}
    match column.meaning:
        case Meaning.KIND:
            classes = vocabulary.project_classes
            return {value: _kind(value, classes.names, classes.usual) for value in values}
        case Meaning.SOURCE:
            return {value: _source_value(value, vocabulary) for value in values}
        case Meaning.YEAR_OF_MONEY:
            return {value: CARRIED_OVER if "结转" in value else "当年预算" for value in values}
        case Meaning.PROCUREMENT | Meaning.SERVICES:
            known = PROCURED if column.meaning is Meaning.PROCUREMENT else (YES, NO)
            words = {value: procured_as(value) for value in values}
            return {value: word if word in known else "" for value, word in words.items()}
    return {}


def _source_value(value: str, vocabulary: Vocabulary) -> str:
    bare = re.sub(r"^\d+(?:[.-]|\s)*", "", squeezed(value))
    return _source_of(bare, vocabulary)[0]


def _kind(value: str, classes: Sequence[str], usual: str) -> str:
    bare = squeezed(value)
    for name in classes:
        if squeezed(name) in bare:
            return "项目支出" if name == usual else f"项目支出/{name}"
    for kind, words in KINDS.items():
        if any(word in bare for word in words):
            return kind
    return ""


def _one_each(columns: list[ListColumn]) -> None:
    """Of several columns that would mean the same, the surest is taken; the others are asked."""
    order = list(Sureness)
    for meaning in Meaning:
        if meaning in _SEVERAL:
            continue
        same = [column for column in columns if column.meaning is meaning]
        if len(same) < 2:  # noqa: PLR2004 - nothing to choose
            continue
        best = min(same, key=lambda column: order.index(column.sureness))
        for column in same:
            if column is not best:
                column.meaning, column.sureness = Meaning.OPEN, Sureness.LOW
