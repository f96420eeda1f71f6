"""What rows of a list say besides their money: procured, and as what; bought as a service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.core.numbers.rounding import half_up
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Spot
from generator.drafts.words.text import squeezed
from generator.importing.amounts.sections import yuan_in_data
from generator.importing.flat_list.fields import ListFields
from generator.importing.flat_list.listing import ListRow
from generator.importing.flat_list.meanings import Meaning
from generator.importing.reading import ImportResult
from generator.model.vocabulary import SaidSection, Vocabulary

KINDS = ("货物", "工程", "服务")
YES, NO = "是", "否"
PROCURED = (*KINDS, YES, NO)
"""What a value of such a column stands for: a kind, procured without saying as what, or not."""
_CATALOGUE = late_pattern(r"([ABC])(?:类?|\d{2}.*)")
"""政府采购品目分类目录: A 货物, B 工程, C 服务, digits by twos. 财政部."""
_KIND = late_pattern(r"货物|工程|服务(?!器)")
_YES, _NO = (
    ("是", "有", "y", "yes", "true", "1", "√", "✓"),
    ("否", "无", "不", "n", "no", "false", "0", "-", "—", "——", "/", "×"),
)
_NAMED = 3
"""Projects that a message names."""


class Said(Struct, frozen=True):
    """An amount that a row says something of, in 元.

    ``word`` is one of :data:`PROCURED` for procurement, :data:`YES` for services.
    """

    about: SaidSection
    word: str
    amount: Decimal
    name: str
    spot: Spot
    whole: bool = True
    """Whether it is all that the row has; no column says how much of it is meant."""
    alone: bool = False
    """Whether the row has no other amount: a list of procurement stands beside the budget."""
    read: bool = True
    """Whether the amounts of the row could be read."""


def procured_as(value: str) -> str:
    """What a value says of procurement: one of :data:`PROCURED`; ``""`` if that is not clear."""
    bare = squeezed(value)
    if bare.casefold() in _YES:
        return YES
    if bare.casefold() in _NO or bare.startswith(("非", "不")):
        return NO
    if match := _CATALOGUE.fullmatch(bare):
        return KINDS["ABC".index(match[1])]
    named = set(_KIND.findall(bare))
    return named.pop() if len(named) == 1 else ""


def said_of(row: ListRow, fields: ListFields, taken: Decimal | None = None) -> Iterable[Said]:
    """What a row says of itself.

    Args:
        row: a row that was read.
        fields: what its cells mean.
        taken: what was read of it, in 元; ``None`` if it has no amount but what is procured.
    """
    name = fields.text(row, Meaning.PROJECT)
    word = _word(row, fields, Meaning.PROCUREMENT)
    column = fields.column(Meaning.PROCUREMENT_AMOUNT)
    own = fields.yuan(row, column.name) if column else Decimal(0)
    spot = row.spot_of(column.name) if column else row.spot
    kind = word if word in KINDS else YES
    if taken is None:
        if own:
            yield Said(SaidSection.PROCUREMENT, kind, own, name, spot, whole=False, alone=True)
        return
    if own or word not in ("", NO):
        yield Said(SaidSection.PROCUREMENT, kind, own or taken, name, spot, whole=not own)
    if _word(row, fields, Meaning.SERVICES) not in ("", NO):
        yield Said(SaidSection.SERVICES, YES, taken, name, row.spot)


def said_unread(row: ListRow, fields: ListFields) -> Iterable[Said]:
    """That a row of which an amount could not be read has something procured."""
    column = fields.column(Meaning.PROCUREMENT_AMOUNT)
    held = column is not None and row.amount(column.name) != 0
    if held or _word(row, fields, Meaning.PROCUREMENT) not in ("", NO):
        name = fields.text(row, Meaning.PROJECT)
        yield Said(SaidSection.PROCUREMENT, YES, Decimal(0), name, row.spot, read=False)


def _word(row: ListRow, fields: ListFields, meaning: Meaning) -> str:
    """What the columns say; of several, the one that says most.

    Of words that nobody understands it is known that they stand there: there is something, of
    whatever kind.
    """
    texts = [(column, row.text(column.name)) for column in fields.several(meaning)]
    words = [column.values.get(text) or procured_as(text) for column, text in texts]
    kinds = [word for word in words if word in KINDS]
    if kinds and NO not in words:
        return kinds[0]
    return next((word for word in words if word), YES if any(text for _, text in texts) else "")


def fill_said(
    reading: ImportResult, said: Sequence[Said], meanings: set[Meaning], vocabulary: Vocabulary
) -> None:
    """Writes 政府采购, and says what the list knows of it and of services without their words.

    Args:
        reading: gets the section, and the doubts.
        said: what the rows of all lists say.
        meanings: what the columns of the lists are used as.
        vocabulary: tells what the place's text speaks of.
    """
    procured = [each for each in said if each.about is SaidSection.PROCUREMENT]
    if meanings & {Meaning.PROCUREMENT, Meaning.PROCUREMENT_AMOUNT}:
        _fill_procurement(reading, procured)
    services = [each for each in said if each.about is SaidSection.SERVICES]
    if services and SaidSection.SERVICES in vocabulary.to_be_said:
        message = f"清单标明政府购买服务的 {_told(services)}：写进“政府购买服务指导性目录”"
        reading.doubt(("其他说明", SaidSection.SERVICES.value), message, services[0].spot)


def _fill_procurement(reading: ImportResult, procured: Sequence[Said]) -> None:
    section = (SaidSection.PROCUREMENT.value,)
    if not procured:
        reading.sections[section[0]] = "无"
        reading.doubt(section, "清单里没有标明政府采购的行")
        return
    unread = [each for each in procured if not each.read]
    if unread:
        message = f"标明政府采购的 {len(unread)} 行{_named(unread)}有金额没有读，没有写：分开填写"
        reading.doubt(section, message, unread[0].spot)
        return
    alone = [each for each in procured if each.alone]
    others = [each for each in procured if not each.alone]
    if alone and others:
        message = (
            f"预算的行里标明政府采购的 {_told(others)}，只有采购金额的 {_told(alone)}，"
            "看不出是不是同一些采购，没有写：分开填写"
        )
        reading.doubt(section, message, alone[0].spot)
        return
    unsorted = [each for each in procured if each.word not in KINDS]
    if unsorted:
        message = (
            f"清单标明政府采购的 {_told(unsorted)}，没有分货物、工程、服务，没有写：分开填写，"
            f"三项合计应是 {_sum(procured):,.2f} 元"
        )
        reading.doubt(section, message, unsorted[0].spot)
        return
    sums = {kind: _sum(each for each in procured if each.word == kind) for kind in KINDS}
    reading.sections[section[0]] = {
        kind: yuan_in_data(half_up(total)) for kind, total in sums.items()
    }
    if any(each.whole for each in procured):
        message = "按标明政府采购的各行的全部金额汇总；只有一部分采购的，改成采购的金额"
        reading.doubt(section, message)


def _told(said: Sequence[Said]) -> str:
    return f"{len(said)} 行{_named(said)}合计 {_sum(said):,.2f} 元"


def _named(said: Sequence[Said]) -> str:
    names = list(dict.fromkeys(each.name for each in said if each.name))
    more = "等" if len(names) > _NAMED else ""
    return f"（{'、'.join(names[:_NAMED])}{more}）" if names else ""


def _sum(said: Iterable[Said]) -> Decimal:
    return sum((each.amount for each in said), Decimal(0))
