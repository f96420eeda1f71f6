"""Finds every stated change (比上年增加……) in 情况说明, with the reason given for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.model.disclosure import Reasons
from generator.reading.document import Passage

_UP, _DOWN = r"增加|增长|上升|提高", r"减少|下降|降低"
_AMOUNT = r"(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元)"
_CHANGE = re.compile(
    r"(?:比|较|与|同)(?:\d{4}年|上一?年|去年|上年度)[^，。；,;\d]{0,12}[，,]?"
    rf"(?P<direction>{_UP}|{_DOWN})了?{_AMOUNT}"
    rf"(?:[，,]?(?:同比)?(?:{_UP}|{_DOWN})了?[\d.]+[%％])?"
)
_LEAD = re.compile(
    r"[，,。；;]?(?:(?:其|变动|增减|增加|减少|增长|下降|变化)*的?主?要?原因(?:是因为|是由于|在于|是|为)?"
    r"|主要(?:是由于|是因为|是|系|由于|因)|这?是?(?:由于|因为)|(?:因|系))[：:]?"
)
_ITEM = re.compile(r"(?P<item>[^，。；,;：:\d]{2,40}?)\d[\d,.]*万元")
_NEXT_ITEM = re.compile(r"[，,][^，。；,;]{2,20}?\d[\d,.]*万元[，,]?(?=与|比|较|同)")
_SENTENCE_END = re.compile(r"[。；;]")
_WAN = {"亿元": Decimal(10_000), "万元": Decimal(1), "元": Decimal("0.0001")}
FIGURE = re.compile(_AMOUNT)


@dataclass(frozen=True, slots=True)
class Change:
    """A stated change.

    Attributes:
        item: what changed, as the sentence names it.
        key: the key of its reason in the data, or ``""``.
        amount: how much, in 万元.
        reason: ``None`` where none is given, ``""`` where nothing follows 主要原因是.
        cut: whether the text ends before it could give one.
    """

    passage: Passage
    item: str
    key: str
    grows: bool
    amount: Decimal
    phrase: str
    reason: str | None
    cut: bool

    @property
    def words(self) -> str:
        """As findings name it: 收入总计 增加258.05万元."""
        return f"{self.item}{self.phrase}"


def stated_changes(passage: Passage, entity: str) -> Iterator[Change]:
    """The changes that a paragraph states, in order."""
    text = re.sub(r"\s+", "", passage.text)
    start = 0
    for match in _CHANGE.finditer(text):
        item = _item(text[start : match.start()], entity)
        reason, end = _reason(text, match.end())
        start = end
        yield Change(
            passage,
            item,
            _key(item),
            re.fullmatch(_UP, match["direction"]) is not None,
            wan(match),
            f"{match['direction']}{match['amount']}{match['unit']}",
            reason,
            cut=match.end() == len(text),
        )


def wan(match: re.Match[str]) -> Decimal:
    """The amount of a match in 万元."""
    return Decimal(match["amount"].replace(",", "")) * _WAN[match["unit"]]


def _reason(text: str, at: int) -> tuple[str | None, int]:
    """The reason that follows a change, and where it ends."""
    lead = _LEAD.match(text, at)
    if lead is None:
        return None, at
    end = _SENTENCE_END.search(text, lead.end())
    stop = end.start() if end else len(text)
    following = _NEXT_ITEM.search(text, lead.end(), stop)
    stop = following.start() if following else stop
    return text[lead.end() : stop].strip("，,"), stop


def _item(before: str, entity: str) -> str:
    """What changed: the item before 其中, or the one named last."""
    before = re.sub(r"^[，。；,;]*(其中[：:])?", "", before)
    main, parts, _ = before.partition("其中")
    items = [match["item"] for match in _ITEM.finditer(main)]
    if not items:
        return ""
    item = items[0] if parts else items[-1]
    return re.sub(r"^年?度?|^本年|^所属", "", item.replace(entity, "")).strip("，。")


def _key(item: str) -> str:
    """The key of 变动原因 in the data that an item belongs to."""
    bare = re.sub(r"[“”\"]", "", item).replace("(", "（").replace(")", "）")
    keys = [field.alias or "" for field in Reasons.model_fields.values()]
    return next((key for key in sorted(keys, key=len, reverse=True) if key in bare), "")
