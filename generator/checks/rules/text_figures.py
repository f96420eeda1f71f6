"""Figures of the text against the tables: amounts, changes, repeated figures, shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from generator.checks.rule import Check, Noise, Outcome, Passed, Rule, Unchecked, quoted_part
from generator.checks.rules.amounts import WRONG_UNIT, wrong_unit
from generator.checks.text.changes_stated import (
    ReadChange,
    contradictions,
    in_unit_meant,
    stated_changes,
    unit_that_sums,
)
from generator.checks.text.text_figures import (
    HALF_CENT,
    StatedFigure,
    TextReading,
    known,
    nothing_to_hold_against,
    printed_amount,
    read_text_numbers,
    spelled,
)
from generator.core.address_words import address_words
from generator.core.figures import change_parts, is_derived, share_parts
from generator.core.findings import Finding
from generator.core.numbers.rounding import half_up, percentage
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import Origin, ReadDocument

AMOUNT = Rule(
    "E723",
    "文字与报表金额不一致",
    "情况说明里的每个金额，与它所说的报表单元格印出的数字相同（0 与空格相同）。",
    "文字和报表各写各的数，读者不知道以哪个为准；多半是改了报表没有改文字。",
    "以核对无误的报表为准改文字；报表有误的，改报表",
    "预算公开审核惯例",
)
CHANGE = Rule(
    "E724",
    "增减变动推算不出",
    "由本年数和增减额推出上年数，再推算百分比；“增加”配“增长”，“减少”配“下降”；"
    "上年为 0 不写百分比；本年为 0 不会是增加；“三公”经费各项增减之和等于合计增减。",
    "方向或百分比写反、写错，是公开后最容易被指出的错误。",
    "按上年预算数重新计算增减额、方向和百分比",
    "地方预决算公开操作规程（财预〔2016〕143号）要求说明收支增减变化；推算方法为预算公开审核惯例",
)
REPEATED = Rule(
    "E725",
    "同一数字前后不一",
    "同一个数字在文字里出现几次，每次写的都相同。",
    "前后两个数，至少有一个是错的。",
    "查明正确的数字，各处改成一样",
    "预算公开审核惯例",
)
SHARE = Rule(
    "E726",
    "占比推算不出",
    "每个占比由印出的金额算得（允许四舍五入的差）；一组占比合计为 100%（差 0.05 以内，"
    "略去的很小占比除外）。",
    "占比与金额对不上，说明金额或占比有一个没有更新。",
    "按报表印出的金额重新计算占比",
    "预算公开审核惯例",
)
RULES = (AMOUNT, CHANGE, REPEATED, SHARE)

_WITHOUT_SUM = "与上年预算数相同"
_SUM_TOLERANCE = Decimal("0.05")
_OFFICIAL = "上年/三公经费"
_OFFICIAL_SUMS = {
    _OFFICIAL: ("因公出国（境）费", "公务接待费", "公务用车购置及运行费"),
    f"{_OFFICIAL}/公务用车购置及运行费": ("公务用车购置费", "公务用车运行维护费"),
}


def figures_of_text(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """Applies E723 to E726."""
    reading = read_text_numbers(document)
    if not reading.readable:
        why = nothing_to_hold_against(document)
        yield from (Unchecked(rule.code, "情况说明", why) for rule in RULES)
        return
    yield from _amounts(document, reading, [statement.number for statement in pack.statements])
    yield from _changes(document, reading)
    yield from _repeated(document, reading)
    yield from _shares(document, reading, pack)


CHECKS: tuple[Check, ...] = (figures_of_text,)


# E723


def _amounts(
    document: ReadDocument, reading: TextReading, statements: Collection[str]
) -> Iterator[Outcome]:
    wrong: dict[tuple[str, Decimal], list[StatedFigure]] = defaultdict(list)
    held = 0
    for number in reading.numbers:
        amount = printed_amount(document, number.address)
        if amount is None:
            yield from _without_cell(document, number, statements)
        elif number.unit_meant:
            where = f"{spelled(document, number.address)}为 {amount:f} {document.style.unit}"
            yield wrong_unit(number, number.unit_meant, where)
        elif amount == number.value or number.is_its_cell:
            held += 1
        else:
            wrong[number.address, number.value].append(number)
    yield Passed(AMOUNT.code, held)
    for (address, _), places in wrong.items():
        finding = _wrong_amount(document, address, places)
        yield Noise(finding) if _doubtful_cell(document, address) else finding


def _without_cell(
    document: ReadDocument, stated: StatedFigure, numbers: Collection[str]
) -> Iterator[Outcome]:
    """A cell that was not read leaves its sentence unchecked; other figures have other rules."""
    number = stated.address.partition("/")[0]
    if number in numbers and not is_derived(stated.address):
        where = spelled(document, stated.address)
        yield Unchecked(
            AMOUNT.code, stated.group, f"没有读到{where}，文字里的 {stated.text} 没有核对"
        )


def _wrong_amount(document: ReadDocument, address: str, places: Sequence[StatedFigure]) -> Finding:
    first = places[0]
    amount = printed_amount(document, address) or Decimal(0)
    where = spelled(document, address)
    difference = abs(first.value - amount)
    unit = document.style.unit
    message = f"文字写 {first.words(unit)}，{where}为 {amount:f} {unit}，相差 {difference:f} {unit}"
    cell = document.cells.get(address)
    also = [place.place for place in places[1:]] + ([cell.place] if cell else [])
    return AMOUNT.finding(
        message,
        first.place,
        group=first.group,
        subjects=(address,),
        excerpt=first.excerpt,
        also=also,
    )


def _doubtful_cell(document: ReadDocument, address: str) -> bool:
    """In an extracted text, a cell that the sums of its table contradict may be misread."""
    if document.origin is not Origin.EXTRACTED or document.expected is None:
        return False
    return printed_amount(document, address) != printed_amount(document.expected, address)


# E724


def _changes(document: ReadDocument, reading: TextReading) -> Iterator[Outcome]:
    stated = list(stated_changes(document, reading))
    changes = [in_unit_meant(change) for change in stated]
    for change, meant in zip(stated, changes, strict=True):
        if meant.unit is not change.unit:
            yield _wrong_unit_of_change(change, meant)
    right = 0
    for change in changes:
        problems = [contradictions(change, current) for current in change.current]
        if not problems:
            why = f"“{change.words}”没有找到本年数，推算不了"
            yield Unchecked(CHANGE.code, change.passage.group, why)
        elif all(problems):
            yield _change_finding(change, "；".join(problems[0]))
        else:
            right += 1
    yield Passed(CHANGE.code, right)
    yield from _official_sums(document, changes)


def _wrong_unit_of_change(change: ReadChange, meant: ReadChange, what: str = "与百分比") -> Finding:
    factor = max(change.by, meant.by) / min(change.by, meant.by)
    return WRONG_UNIT.finding(
        f"“{change.words}”：以{meant.unit.words}为单位，{what}才相符，差 {factor.normalize():f} 倍",
        change.passage.place,
        group=change.passage.group,
        subjects=(change.address,),
        excerpt=quoted_part(change.passage.text, change.start),
        remedy=f"单位改为“{meant.unit.words}”",
    )


def _change_finding(change: ReadChange, problem: str) -> Finding:
    section = change.passage.section
    return CHANGE.finding(
        f"“{change.words}”：{problem}",
        change.passage.place,
        group=change.passage.group,
        subjects=(f"{section}/增减/{change.address}", change.address),
        excerpt=quoted_part(change.passage.text, change.start),
    )


def _official_sums(document: ReadDocument, changes: Iterable[ReadChange]) -> Iterator[Outcome]:
    """The changes of the items of 三公经费 sum up to the change of the whole."""
    by_prior = {change.prior: change for change in changes if change.prior}
    expected = document.expected or document
    stated = {
        pair[1]
        for passage in expected.about(Role.OFFICIAL_EXPENSES)
        for mention in passage.mentions
        if (pair := change_parts(mention.address))
    }
    for whole, names in _OFFICIAL_SUMS.items():
        parts = list(_parts_stated(names, stated))
        if whole not in by_prior or any(p in stated and p not in by_prior for p in parts):
            continue
        found = [by_prior[part].signed for part in parts if part in by_prior]
        total = by_prior[whole]
        difference = abs(sum(found, Decimal(0)) - total.signed)
        tolerance = document.style.half * 2 * (len(found) + 1)
        if difference <= tolerance:
            yield Passed(CHANGE.code)
            continue
        if len(found) < len(parts) and printed_amount(document, total.address) is None:
            why = f"没有读到{spelled(document, total.address)}，各项增减没有与“{total.words}”核对"
            yield Unchecked(CHANGE.code, total.passage.group, why)
            continue
        among = [total, *(by_prior[part] for part in parts if part in by_prior)]
        if meant := unit_that_sums(among, tolerance):
            yield _wrong_unit_of_change(*meant, "各项增减之和与合计")
            continue
        listed = "，".join(f"{by_prior[p].way} {by_prior[p].by:f}" for p in parts if p in by_prior)
        yield _change_finding(
            total,
            f"其中各项增减为（{listed or _WITHOUT_SUM}）{document.style.unit}，"
            f"合计相差 {difference:f} {document.style.unit}",
        )


def _parts_stated(names: Sequence[str], stated: Collection[str]) -> Iterator[str]:
    """Last year's addresses of items; the parts of an item whose own change is not stated."""
    for name in names:
        address = f"{_OFFICIAL}/{name}"
        if address in stated or address not in _OFFICIAL_SUMS:
            yield address
        else:
            yield from _parts_stated(_OFFICIAL_SUMS[address], stated)


# E725


def _repeated(document: ReadDocument, reading: TextReading) -> Iterator[Outcome]:
    by_address: dict[str, list[StatedFigure]] = defaultdict(list)
    for number in reading.numbers:
        if not is_derived(number.address) and printed_amount(document, number.address) is None:
            by_address[number.address].append(number)
    for address, places in by_address.items():
        texts = dict.fromkeys(f"{place.group} {place.words('').strip()}" for place in places)
        if len({place.value for place in places}) > 1:
            yield REPEATED.finding(
                f"{address_words(address)}前后写得不同：{'，'.join(texts)}",
                places[0].place,
                group=places[0].group,
                subjects=(address,),
                excerpt=places[0].excerpt,
                also=[place.place for place in places[1:]],
            )
        elif len(places) > 1:
            yield Passed(REPEATED.code, len(places) - 1)


# E726


def _shares(document: ReadDocument, reading: TextReading, pack: Pack) -> Iterator[Outcome]:
    lists: dict[tuple[str, str], list[StatedFigure]] = defaultdict(list)
    for share in reading.shares():
        lists[share.passage.section, (share_parts(share.address) or ("", ""))[1]].append(share)
    for (_, whole), shares in lists.items():
        outcomes = [_share(document, reading, share) for share in shares]
        yield from outcomes
        if len(shares) > 1 and not any(isinstance(outcome, Finding) for outcome in outcomes):
            yield from _whole(document, reading, pack, whole, shares)


def _share(document: ReadDocument, reading: TextReading, share: StatedFigure) -> Outcome:
    part, whole = share_parts(share.address) or ("", "")
    above, below = known(document, reading, part), known(document, reading, whole)
    if above is None or below is None:
        return Unchecked(SHARE.code, share.group, f"“{share.text}%”的金额没有读到，占比推算不了")
    style = document.style
    halves = style.half_of(part), style.half_of(whole)
    if _is_share(share, above, below, halves) or _is_share_as_stated(
        reading, share, (part, whole), style.half
    ):
        return Passed(SHARE.code)
    right = percentage(above, below)
    return SHARE.finding(
        f"文字写占 {share.text}%，按{spelled(document, part)} {above:f} {style.unit} ÷ "
        f"{spelled(document, whole)} {below:f} {style.unit}应为 {right:f}%",
        share.place,
        group=share.group,
        subjects=(share.address, part),
        excerpt=share.excerpt,
    )


def _is_share_as_stated(
    reading: TextReading, share: StatedFigure, parts: tuple[str, str], half: Decimal
) -> bool:
    """Whether it follows from the amounts of the text: where those are wrong, it is no mistake."""
    above, below = (reading.at(part) for part in parts)
    return bool(above and below and _is_share(share, above.value, below.value, (half, half)))


def _is_share(
    share: StatedFigure, above: Decimal, below: Decimal, halves: tuple[Decimal, Decimal]
) -> bool:
    """Whether a share can be that of two amounts, each rounded to twice its half step."""
    half_above, half_below = halves
    if below <= half_below:
        return share.value == 0
    low = 100 * max(above - half_above, Decimal(0)) / (below + half_below)
    high = 100 * (above + half_above) / (below - half_below)
    # 占0% says that there is nothing, it is no rounded whole percent
    step = share.half_step if share.value else HALF_CENT
    return low - step <= share.value <= high + step


def _whole(
    document: ReadDocument,
    reading: TextReading,
    pack: Pack,
    whole: str,
    shares: Sequence[StatedFigure],
) -> Iterator[Outcome]:
    """The shares of a list sum up to 100, but for those too small to be printed."""
    if not known(document, reading, whole):
        return
    first = shares[0]
    parts = {(share_parts(share.address) or ("", ""))[0] for share in shares}
    silent = sum(
        number.passage is first.passage and number.address not in (whole, *parts)
        for number in reading.numbers
        if not is_derived(number.address)
    )
    total = sum((share.value for share in shares), Decimal(0))
    tolerance = max(_SUM_TOLERANCE, HALF_CENT * (len(shares) + 1))
    least = 100 - tolerance - silent * pack.settings.numbers.least_share
    if least <= total <= 100 + tolerance or _parts_do_not_sum(document, parts, whole):
        yield Passed(SHARE.code)
        return
    yield SHARE.finding(
        f"列出的 {len(shares)} 个占比合计 {half_up(total):f}%，不是 100%",
        first.place,
        group=first.group,
        subjects=(f"{first.passage.section}/占比合计", whole),
        excerpt=first.excerpt,
        remedy="检查是否漏列、重列了项目",
    )


def _parts_do_not_sum(document: ReadDocument, parts: Iterable[str], whole: str) -> bool:
    """Whether the amounts themselves leave a difference: then it is a matter of the table."""
    amounts = [printed_amount(document, part) for part in parts]
    total = printed_amount(document, whole)
    if total is None or any(amount is None for amount in amounts):
        return False
    found = sum((amount for amount in amounts if amount is not None), Decimal(0))
    return abs(found - total) > document.style.half_of(whole) * (len(amounts) + 1)
