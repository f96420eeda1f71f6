"""Finds every stated change (比上年增加……) in 情况说明, with the reason given for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.units import unit_of
from generator.model.change_words import ChangeWords, any_of
from generator.model.disclosure import Reasons
from generator.pack.text_style import USUAL_STYLE, TextStyle
from generator.reading.document import Passage

_AMOUNT = r"(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元)"
_SENTENCE_END = late_pattern(r"[。；;]")
FIGURE = late_pattern(_AMOUNT)


class _Expressions(Struct, frozen=True):
    """What changes, reasons and items look like in the words of a pack."""

    change: re.Pattern[str]
    lead: re.Pattern[str]
    item: re.Pattern[str]
    next_item: re.Pattern[str]


@memo(16)
def _expressions(words: ChangeWords, unit: str) -> _Expressions:
    way, reason = f"{words.up}|{words.down}", any_of(words.reason)
    return _Expressions(
        re.compile(
            r"(?:比|较|与|同)(?:\d{4}年|上一?年|去年|上年度)[^，。；,;\d]{0,12}[，,]?"
            rf"(?P<direction>{way})了?{_AMOUNT}"
            rf"(?:[，,]?(?:同比)?(?:{way})了?[\d.]+[%％]|[（(](?:{way})了?[\d.]+[%％][）)])?"
        ),
        re.compile(
            r"[，,。；;]?(?:(?:其|变动|增减|增加|减少|增长|下降|变化)*的?主?要?原因"
            r"(?:是因为|是由于|在于|是|为)?|主要(?:是由于|是因为|是|系|由于|因)"
            rf"|这?是?(?:由于|因为)|(?:因|系)|{reason})[：:]?"
        ),
        re.compile(rf"(?P<item>[^，。；,;：:\d]{{2,40}}?)\d[\d,.]*{unit}"),
        re.compile(rf"[，,][^，。；,;]{{2,20}}?\d[\d,.]*{unit}[，,]?(?=与|比|较|同)"),
    )


class StatedChange(Struct, frozen=True):
    """A stated change.

    Attributes:
        item: what changed, as the sentence names it.
        key: the key of its reason in the data, or ``""``.
        amount: how much, in the unit of the text.
        reason: ``None`` if none is given, ``""`` if nothing follows 主要原因是.
        cut: whether the text ends before it could give one.
        at: where in the text of the passage, without spaces, the change is stated.
    """

    passage: Passage
    item: str
    key: str
    grows: bool
    amount: Decimal
    phrase: str
    reason: str | None
    cut: bool
    at: int = 0

    @property
    def words(self) -> str:
        """As findings name it: 收入总计 增加258.05万元."""
        return f"{self.item}{self.phrase}"


def changes_in_passage(
    passage: Passage, entity: str, style: TextStyle = USUAL_STYLE
) -> Iterator[StatedChange]:
    """The changes that a paragraph states, in order.

    Args:
        passage: the paragraph.
        entity: who publishes it; the name is no part of what changed.
        style: in which words and which unit it speaks.
    """
    known = _expressions(style.words, style.unit)
    text = re.sub(r"\s+", "", passage.text)
    start = 0
    for match in known.change.finditer(text):
        item = _item(text[start : match.start()], entity, known)
        reason, end = _reason(text, match.end(), known)
        start = end
        yield StatedChange(
            passage,
            item,
            _key(item),
            style.words.grows(match["direction"]),
            amount_of(match, style),
            f"{match['direction']}{match['amount']}{match['unit']}",
            reason,
            cut=match.end() == len(text),
            at=match.start(),
        )


def amount_of(match: re.Match[str], style: TextStyle) -> Decimal:
    """The amount of a match in the unit of the text."""
    yuan = Decimal(match["amount"].replace(",", "")) * unit_of(match["unit"]).yuan
    return yuan / style.money.unit.yuan


def _reason(text: str, at: int, known: _Expressions) -> tuple[str | None, int]:
    """The reason that follows a change, and where it ends."""
    lead = known.lead.match(text, at)
    if lead is None:
        return None, at
    end = _SENTENCE_END.search(text, lead.end())
    stop = end.start() if end else len(text)
    following = known.next_item.search(text, lead.end(), stop)
    stop = following.start() if following else stop
    return text[lead.end() : stop].strip("，,"), stop


def _item(before: str, entity: str, known: _Expressions) -> str:
    """What changed: the item before 其中, or the one named last."""
    before = re.sub(r"^[，。；,;]*(其中[：:])?", "", before)
    main, parts, _ = before.partition("其中")
    items = [match["item"] for match in known.item.finditer(main)]
    if not items:
        return ""
    item = items[0] if parts else items[-1]
    return re.sub(r"^年?度?|^本年|^所属", "", item.replace(entity, "")).strip("，。")


def _key(item: str) -> str:
    """The key of 变动原因 in the data that an item belongs to."""
    bare = re.sub(r"[“”\"]", "", item).replace("(", "（").replace(")", "）")
    keys = [field.alias or "" for field in Reasons.model_fields.values()]
    return next((key for key in sorted(keys, key=len, reverse=True) if key in bare), "")
