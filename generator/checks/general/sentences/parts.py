"""Lists of parts in sentences against their total, and the shares of parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.checks.general.sentences.changes import SentenceFault
from generator.checks.general.sentences.claims import ClaimedAmount, Claims, Share
from generator.checks.general.sentences.figures import Interval, SentenceFigure, total_interval
from generator.checks.general.sentences.rules import EXCEEDS, PARTS, SHARE
from generator.core.records import replace
from generator.core.text.patterns import late_pattern

_HUNDRED = Decimal(100)
_LEAST_PARTS = 2


class Family(Struct, frozen=True):
    """Parts that make up a total by law or by the meaning of their names.

    Attributes:
        whole: what the subject of the total holds.
        parts: what the subject of each part holds; all must be stated for the sum to be checked.
        alone: whether there may be other parts, so that they must be all that is listed.
    """

    whole: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]
    alone: bool = False


def _family(whole: str, *parts: str, alone: bool = False) -> Family:
    return Family(late_pattern(whole), tuple(map(late_pattern, parts)), alone)


_PURCHASE, _RUNNING = r"购置(?!及|和|、|与).*$", r"(?<!购置及)(?<!购置和)(?<!购置与)运行"
FAMILIES = (
    _family(r"政府采购", r"货物", r"工程", r"服务"),
    _family(r"三公", r"因公出国", r"公务用车购置[及和与、]运行", r"公务接待"),
    _family(r"三公", r"因公出国", rf"公务用车{_PURCHASE}", rf"公务用车{_RUNNING}", r"公务接待"),
    _family(
        r"公务用车购置[及和与、]运行", rf"(?:公务用车|^){_PURCHASE}", rf"(?:公务用车|^){_RUNNING}"
    ),
    _family(r"基本支出", r"人员经费", r"公用经费"),
    _family(r"(?:收入|支出)(?:预算)?总计", r"本年(?:收入|支出|预算安排)", r"上年结转", alone=True),
    _family(
        r"支出预算|支出总计|本年支出|总支出|支出总额|预算资金|[（(][类款项][）)]"
        r"|(?:财政拨款|一般公共预算|政府性基金|国有资本经营).*支出",
        r"基本支出",
        r"项目支出",
        alone=True,
    ),
    _family(r"财政拨款", r"一般公共预算", r"政府性基金", r"国有资本经营", alone=True),
    _family(
        r"财政拨款",
        r"一般公共预算",
        r"政府性基金",
        r"国有资本经营",
        r"上年结转",
        alone=True,
    ),
    _family(r"财政拨款", r"(?:当年|本年)(?:财政)?拨款", r"上年结转", alone=True),
)
"""Source: 财预〔2016〕143号 (三公经费, 政府采购 by kind); 预算法 第五条 (kinds of budgets)."""

_PROJECTS = late_pattern("项目")
_OF_CLASS = late_pattern(r"[一-龥]{2,}类(?:的)?项目")
"""A class of projects: every one of a budget is of one. Source: 预算管理一体化规范."""

_MONEY_OF_COUNT = late_pattern(
    r"(?:涉及|共计|合计|总计|预算)?(?:项目)?(?:支出|预算)?(?:金额|资金)(?:为)?"
)
"""How a sentence goes on from the number of things to their money."""


def faults_of_lists(claims: Claims) -> Iterator[tuple[ClaimedAmount, SentenceFault | None]]:
    """The lists of a passage that were compared with their total, with what does not hold."""
    for head, whole in enumerate(claims.amounts):
        beside = members_of(whole, _after(claims, head)) if whole.head >= 0 else []
        if beside:
            yield whole, unequal(whole, beside)
        for places in claims.lists_of(head):
            yield from _of_list(claims, head, [claims.amounts[at] for at in places])
            yield from _of_money_of_counts(claims, head, places)


def _of_money_of_counts(
    claims: Claims, head: int, listed: Sequence[int]
) -> Iterator[tuple[ClaimedAmount, SentenceFault | None]]:
    """The money of things that are counted by kind.

    项目4个，涉及金额9万元。其中：甲类项目1个，涉及金额3万元；乙类项目3个，涉及金额6万元.
    """
    whole = claims.amounts[head]
    alike = {at: claims.amounts[at] for at in listed}
    parts = [part for part in alike.values() if part.figure.same_kind(whole.figure)]
    all_told = head not in claims.limited and not whole.figure.is_money
    members = members_of(whole, parts) if all_told else []
    money = [_money_of(claims, at) for at in (head, *(at for at in alike if alike[at] in members))]
    found = [each for each in money if each is not None]
    if members and len(found) == len(members) + 1:
        yield found[0], unequal(found[0], found[1:])


def _money_of(claims: Claims, at: int) -> ClaimedAmount | None:
    """What the next amount says that some things cost, named after them; ``None`` if nothing."""
    things, *after = claims.amounts[at : at + 2]
    if not after or not after[0].figure.is_money:
        return None
    if not _MONEY_OF_COUNT.fullmatch(after[0].subject.strip()):
        return None
    return replace(after[0], subject=f"{things.name}{after[0].name}")


def totals_with_members(claims: Claims) -> Iterator[tuple[ClaimedAmount, Sequence[ClaimedAmount]]]:
    """The totals of a passage that tells all parts which make them up."""
    for head, whole in enumerate(claims.amounts):
        lists = [[claims.amounts[at] for at in places] for places in claims.lists_of(head)]
        if whole.head >= 0:
            lists.append(_after(claims, head))
        for parts in lists:
            alike = [part for part in parts if part.figure.same_kind(whole.figure)]
            members = members_of(whole, alike)
            if members and not of_other_year(whole, members):
                yield whole, members


def _of_list(
    claims: Claims, head: int, listed: Sequence[ClaimedAmount]
) -> Iterator[tuple[ClaimedAmount, SentenceFault | None]]:
    whole = claims.amounts[head]
    parts = [part for part in listed if part.figure.same_kind(whole.figure)]
    if len(parts) < _LEAST_PARTS or of_other_year(whole, parts):
        return
    members = members_of(whole, parts)
    dated = any(part.year not in (0, whole.year) for part in parts)
    if listed[0].listed in claims.asides and (dated or not members):
        return  # 项目支出100万元（总投资500万元，已完成200万元）: these need not be parts
    if members and (whole.figure.is_money or head not in claims.limited):
        yield whole, unequal(whole, members)
    elif _is_closed(whole, parts, claims, head):
        yield whole, unequal(whole, parts)
    elif not _overlap(parts) and "占" not in whole.subject:
        yield whole, _exceeding(whole, parts)


def _after(claims: Claims, at: int) -> list[ClaimedAmount]:
    """What follows an amount in its list: its parts may be told there, without another 其中."""
    whole = claims.amounts[at]
    return [amount for amount in claims.amounts[at + 1 :] if amount.head == whole.head]


def members_of(whole: ClaimedAmount, parts: Sequence[ClaimedAmount]) -> list[ClaimedAmount]:
    """The parts that make up a total because of what they are; none if one is not stated."""
    for family in FAMILIES:
        if not family.whole.search(whole.subject):
            continue
        found = [[part for part in parts if each.search(part.subject)] for each in family.parts]
        if family.alone and len(parts) != len(family.parts):
            continue
        if all(len(stated) == 1 for stated in found):
            return [stated[0] for stated in found]
    counted = len(parts) >= _LEAST_PARTS and not whole.figure.is_money
    classes = counted and all(_OF_CLASS.fullmatch(part.topic) for part in parts)
    return list(parts) if classes and _PROJECTS.search(whole.subject) else []


def of_other_year(whole: ClaimedAmount, parts: Sequence[ClaimedAmount]) -> bool:
    """Whether any part is told to be of another year than its total."""
    return any(part.year and whole.year and part.year != whole.year for part in parts)


def _is_closed(
    whole: ClaimedAmount, parts: Sequence[ClaimedAmount], claims: Claims, head: int
) -> bool:
    """Whether a list of things ends with the others, and so is complete."""
    others = parts[-1].subject.startswith("其他")
    counted = not whole.figure.is_money
    return counted and others and head not in claims.limited


def _overlap(parts: Sequence[ClaimedAmount]) -> bool:
    """Whether parts may hold each other, or are told by one name: then no sum is due."""
    subjects = [part.topic for part in parts]
    if len(set(subjects)) < len(subjects) or not all(subjects):
        return True
    vague = late_pattern("其中|合计|小计|总计|共计|涉及|包括|占|预算资金|以上|面向")
    vehicles = sum("公务用车" in subject for subject in subjects)  # 购置及运行费 holds 运行费
    return vehicles > 1 or any(vague.search(subject) for subject in subjects)


def _listed(parts: Sequence[ClaimedAmount]) -> str:
    return " + ".join(f"{part.name} {part.figure.text}" for part in parts if part.figure.value)


def unequal(whole: ClaimedAmount, parts: Sequence[ClaimedAmount]) -> SentenceFault | None:
    """What does not hold of a total and all of its parts."""
    summed = total_interval(part.figure for part in parts)
    if summed.meets(whole.figure.interval):
        return None
    return SentenceFault(PARTS, _sum_words(whole, parts))


def _exceeding(whole: ClaimedAmount, parts: Sequence[ClaimedAmount]) -> SentenceFault | None:
    summed = total_interval(part.figure for part in parts)
    if summed.low <= whole.figure.interval.high:
        return None
    return SentenceFault(EXCEEDS, _sum_words(whole, parts))


def _sum_words(whole: ClaimedAmount, parts: Sequence[ClaimedAmount]) -> str:
    figure = whole.figure
    found = sum((part.figure.value for part in parts), Decimal(0))
    listed = _listed(parts) or "各项均为 0"
    return (
        f"{whole.name} {figure.text}，其中 {listed}，合计 {figure.written(found)}，"
        f"相差 {figure.written(abs(found - figure.value))}"
    )


# Shares


def fault_of_share(claims: Claims, share: Share) -> SentenceFault | None:
    """What does not hold of a share, against each whole that it may be of."""
    part = claims.amounts[share.part]
    wholes = [claims.amounts[at] for at in share.wholes]
    if any(is_share(share.rate, part.figure, whole.figure.interval) for whole in wholes):
        return None
    whole = wholes[0]
    right = _right_share(part.figure, whole.figure)
    return SentenceFault(
        SHARE,
        f"{part.name} {part.figure.text}，写占 {share.rate.text}，"
        f"按{whole.name} {whole.figure.text} 计算应为 {right}",
    )


def can_be_checked(claims: Claims, share: Share) -> bool:
    """Whether the whole of a share is stated, in the same kind of unit."""
    part = claims.amounts[share.part].figure
    wholes = [claims.amounts[at].figure for at in share.wholes]
    return bool(wholes) and all(part.same_kind(whole) for whole in wholes)


def is_share(rate: SentenceFigure, part: SentenceFigure, whole: Interval) -> bool:
    """Whether a rate can be the share that one rounded amount is of another."""
    if whole.low <= 0:
        return rate.value in (0, _HUNDRED)
    least = _HUNDRED * max(part.interval.low, Decimal(0)) / whole.high
    most = _HUNDRED * part.interval.high / whole.low
    return rate.interval.meets(Interval(least, most))


def _right_share(part: SentenceFigure, whole: SentenceFigure) -> str:
    if whole.value == 0:
        return "0（总数为 0）"
    return f"{(_HUNDRED * part.value / whole.value).quantize(Decimal('0.01')):f}%"


def faults_of_share_sums(claims: Claims) -> Iterator[SentenceFault | None]:
    """Lists in which every part has its share, and the parts make up the whole: 100 % in all."""
    lists = [(at, parts) for at in range(len(claims.amounts)) for parts in claims.lists_of(at)]
    for head, parts in lists:
        whole = claims.amounts[head]
        shares = {share.part: share.rate for share in claims.shares if head in share.wholes}
        if not whole.figure.value or len(parts) < _LEAST_PARTS or set(parts) != set(shares):
            continue
        if not total_interval(claims.amounts[at].figure for at in parts).meets(
            whole.figure.interval
        ):
            continue
        summed = total_interval(shares.values())
        if summed.low <= _HUNDRED <= summed.high:
            yield None
            continue
        found = sum((rate.value for rate in shares.values()), Decimal(0))
        yield SentenceFault(SHARE, f"{whole.name}的 {len(shares)} 个占比合计 {found:f}%，不是 100%")


def faults_without_whole(claims: Claims) -> Iterator[tuple[Share, SentenceFault | None]]:
    """Shares of a whole that an earlier paragraph states: most show that it is their sum.

    一般公共服务支出80.00万元，占80.00%；住房保障支出20.00万元，占21.00%.
    """
    shares = [share for share in claims.shares if not share.wholes]
    parts = [claims.amounts[share.part].figure for share in shares]
    if len(parts) <= _LEAST_PARTS or not all(part.is_money for part in parts):
        return
    whole = total_interval(parts)
    fitting = [is_share(s.rate, part, whole) for s, part in zip(shares, parts, strict=True)]
    if 2 * sum(fitting) <= len(fitting):
        return
    summed = sum((part.value for part in parts), Decimal(0))
    for share, part, fits in zip(shares, parts, fitting, strict=True):
        name, right = claims.amounts[share.part].name, _HUNDRED * part.value / summed
        why = (
            f"{name} {part.text}，写占 {share.rate.text}，按列出各项之和 {part.written(summed)} "
            f"计算应为 {right.quantize(Decimal('0.01')):f}%"
        )
        yield share, None if fits else SentenceFault(SHARE, why)
