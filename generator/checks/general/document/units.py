"""A department's document against those of its units."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.checks.general.document.rules import LIST, SUM
from generator.checks.general.document.table_facts import (
    TableAmount,
    TableFact,
    facts_of,
    is_part,
)
from generator.checks.general.document.table_kinds import MinistryTable
from generator.checks.general.tables.understood.money import amount_shown
from generator.checks.rule import Check, Outcome, Passed, Unchecked
from generator.checks.text.texts import told_or_noise
from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded
from generator.pack.pack import Pack
from generator.reading.blocks import TextBlock
from generator.reading.document import ReadDocument

_KINDS = (
    MinistryTable.GENERAL,
    MinistryTable.BASIC,
    MinistryTable.OFFICIAL,
    MinistryTable.FUNDS,
    MinistryTable.CAPITAL,
)
_LISTED = late_pattern(r"(?:包括|分别是|具体是|如下|名单)[:：]?(?P<names>[^。;；]{4,})[。;；]")
_OF_UNITS = late_pattern("预算单位|预算编制范围")
_OWN = late_pattern("(\\(?(本级|机关|本部|局机关)\\)?)+$")


def _plain(name: str) -> str:
    return folded(name).strip("、,。. 0123456789")


def is_same_unit(one: str, other: str, department: str) -> bool:
    """Whether two names are of one unit; 本级 and 机关 are the department itself."""
    a, b = _plain(one), _plain(other)
    if a == b:
        return True
    own = {_OWN.sub("", a), _OWN.sub("", b)}
    return own == {_plain(department)}


def units_listed(document: ReadDocument) -> tuple[str, ...]:
    """The units that a department's document lists; none if it cannot be told which."""
    if document.units:
        return document.units
    for block in document.blocks:
        if not isinstance(block, TextBlock) or not _OF_UNITS.search(block.text):
            continue
        match = _LISTED.search(block.text)
        if match:
            names = re.split("[、,，和]", match["names"].rstrip("等"))
            return tuple(name.strip() for name in names if name.strip())
    return ()


def _units(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    given = document.unit_documents
    if not given:
        return
    names = [each.name or each.file.stem for each in given]
    listed = units_listed(document)
    missing = [n for n in listed if not any(is_same_unit(n, o, document.name) for o in names)]
    extra = [n for n in names if not any(is_same_unit(o, n, document.name) for o in listed)]
    if not listed:
        yield Unchecked(LIST.code, "单位名单", "部门文件里没有读到单位名单")
    elif missing or extra:
        yield _list_finding(document, missing, extra)
    else:
        yield Passed(LIST.code)
    yield from _sums(document, given, complete=bool(listed) and not missing and not extra)


def _list_finding(document: ReadDocument, missing: Sequence[str], extra: Sequence[str]) -> Outcome:
    words = []
    if missing:
        words.append(f"部门列出而没有给出文件的：{'、'.join(missing)}")
    if extra:
        words.append(f"给出文件而部门没有列出的：{'、'.join(extra)}")
    return LIST.finding(
        "；".join(words), Location(document.file), group="单位名单", subjects=("单位名单",)
    )


# Sums


def _sums(
    document: ReadDocument, given: Sequence[ReadDocument], *, complete: bool
) -> Iterator[Outcome]:
    whole = facts_of(document)
    parts: defaultdict[TableFact, list[TableAmount]] = defaultdict(list)
    for each in given:
        own = facts_of(each)
        if not own:
            why = "没有读懂的表，没有参加汇总核对"
            yield Unchecked(SUM.code, each.name or each.file.name, why)
            complete = False
        for fact, amount in own.items():
            parts[fact].append(amount)
    wrong = dict(_wrong(whole, parts, complete=complete))
    compared = [fact for fact in whole if _is_compared(fact) and fact in parts]
    held = sum(fact not in wrong for fact in compared)
    if held:
        yield Passed(SUM.code, held)
    elif not wrong:
        why = "部门和单位的文件里没有读到同一张表、同一科目的金额，没有参加汇总核对"
        yield Unchecked(SUM.code, "各单位之和", why)
    for fact, (message, _) in wrong.items():
        if _told_below(fact, wrong):
            continue
        place = whole[fact].place if fact in whole else Location(document.file)
        finding = SUM.finding(
            message,
            place,
            group=fact.kind,
            subjects=(f"{fact.kind}/{fact.subject}",),
            also=tuple(amount.place for amount in parts[fact]),
        )
        yield told_or_noise(document, finding)


def _is_compared(fact: TableFact) -> bool:
    coded = fact.subject.isdigit() or fact.subject == "合计"
    return fact.kind in _KINDS and coded


def _wrong(
    whole: Mapping[TableFact, TableAmount],
    parts: Mapping[TableFact, Sequence[TableAmount]],
    *,
    complete: bool,
) -> Iterator[tuple[TableFact, tuple[str, Decimal]]]:
    """The amounts that are not the sum of the units', with the words for it and by how much."""
    kinds = {fact.kind for fact in whole}
    for fact in dict.fromkeys((*whole, *parts)):
        if not _is_compared(fact) or fact.kind not in kinds:
            continue
        amounts = parts.get(fact, ())
        total = sum((amount.money.value for amount in amounts), Decimal(0))
        slack = sum((amount.money.half_step for amount in amounts), Decimal(0))
        own = whole.get(fact)
        value = own.money.value if own else Decimal(0)
        slack += own.money.half_step if own else Decimal(0)
        less, more = total - value > slack, complete and value - total > slack
        if not less and not more:
            continue
        first = own or amounts[0]
        unit = first.money.unit
        stated = own.money.words if own else "没有这一行"
        message = (
            f"{first.words}“{fact.column}”：部门{'为 ' if own else ''}{stated}，"
            f"{len(amounts)} 个单位之和为 {amount_shown(total, unit, stated)}{unit.words}"
            f"{'，部门少于单位之和' if less else ''}"
        )
        yield fact, (message, value - total)


def _told_below(fact: TableFact, wrong: Mapping[TableFact, tuple[str, Decimal]]) -> bool:
    """Whether a part of an amount is wrong: a lower subject, or by as much a part of its row."""
    _, gap = wrong[fact]
    return any(
        is_part(other, fact) and (other.column is fact.column or other_gap == gap)
        for other, (_, other_gap) in wrong.items()
    )


CHECKS: tuple[Check, ...] = (_units,)
