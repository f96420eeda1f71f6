"""Words that decide how the reader of sentences goes on, and what it has begun and not ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.checks.general.sentences.claims import ClaimedAmount, ClaimedChange, Way
from generator.checks.general.sentences.figures import SentenceFigure
from generator.checks.general.sentences.tokens import DIRECTIONS, Token, TokenKind
from generator.core.text.patterns import late_pattern

FILLER = late_pattern(r"[了额数为约计共\s]*|(?:金?额|幅度?|数额?|率)?(?:为|达到?)?")
TOTAL = late_pattern(
    r"[^，。；]{0,12}(?:总额|总数|总计|合计|总预算|总支出|总收入|比重|比例)的?为?\s*"
)
ENUMERATED = late_pattern(r"\s*(?:[一二三四五六七八九]是|[（(]?\d{1,2}[）)．.、])")
LIST_MARK = late_pattern(r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}\s*[.．、])\s*")
LIST_HEAD = late_pattern(r"^[\s:：,，、]*")
ITEM = late_pattern(
    r"因公出国|公务接待|公务用车(?:购置|运行)|政府采购|(?:基本|项目)支出|(?:人员|公用)经费|机关运行经费"
)
COMPARED_AFTER = late_pattern(r"\s*[，,]\s*(?:比|较|与|同比)")
GRAND_TOTAL = late_pattern(
    r"(?<!基本)(?<!项目)(?<!事业)(?<!经营)(?<!其他)(?:收入|支出|收支)(?:预算)?(?:总计|总额|总预算)$"
)
"""One side of the budget; 基本支出总额 is a part of it by its name."""
SUBJECT = late_pattern("经费|支出|收入|拨款|资金|费$|[（(]项[）)]")
"""Words that name something which has amounts of its own."""
WAY_OF_PARTS = late_pattern(r"[按从][一-龥]{2,14}?(?:划分|分类?|来?看)为?")
"""What opens another list of the same whole: 按支出用途划分."""
AND = late_pattern(r"\s*(?:和|及|以及|与)(?!其他)")
FROM = ("由", "从")
CHANGED_TO = late_pattern(
    r"\s*(?:(?P<up>增加?|增长|提高|上?升|上涨|调增)|(?P<down>减少?|下?降|降低|压减|压缩|调减|缩减))[至到]"
    r"(?P<year>20\d\d年|[本今]年)?度?(?:预算)?的?\s*"
)
"""What stands between two amounts of one thing: 由上年的5万元降至3万元."""
OF_LAST_YEAR = late_pattern(r"\s*(?:为|是|相当于)(?:上年|去年|20\d\d年)[^，。；\d]{0,8}")
SIDES = late_pattern(r"\s*(?:其中[:：,，]?)?(?:收入|支出)(?:主要|按[^，。；;\d]{1,8})?")
"""What opens the list of a side: 收入包括, 支出按功能分类包括."""


def year_compared(words: str, year: int) -> int:
    """The year that words of a comparison name in the budget of a year; 0 if none."""
    if match := re.search(r"20\d\d", words):
        return int(match[0])
    return year - 1 if year and re.search("上年|去年|上一年|同比", words) else 0


def ends_lists(subject: str, heads: Iterable[str]) -> bool:
    """Whether a subject is no part of what heads open lists: the other side of the budget."""
    side = _side(subject)
    other = {"收入": "支出", "支出": "收入"}.get(side)
    return bool(GRAND_TOTAL.search(subject) or (other and any(_side(h) == other for h in heads)))


def _side(subject: str) -> str:
    """The side of the budget that words name, ``""`` if none or both."""
    named = [side for side in ("收入", "支出") if side in subject]
    return named[0] if len(named) == 1 else ""


class OpenList(Struct):
    """A list of parts that is open: its head, within how many brackets, and its number."""

    head: int
    brackets: int
    number: int


class Aside(Struct):
    """What was being read when brackets opened behind a figure, to go on with behind them.

    Attributes:
        brackets: within how many brackets it stands.
        last: the amount stated last before it, by its place.
        owner: the amount right before it, if that is the figure; -1 if it is that of a change.
        year: the year that the sentence is about.
    """

    brackets: int
    last: int
    owner: int
    clause: list[Token]
    compare: Token | None
    year: int

    def is_of_change(self, head: int) -> bool:
        """Whether its lists are of the figure of a change: 比上年增加9万元（其中：办公费2万元）."""
        return self.owner < 0 and self.last == head


class OpenChange(Struct):
    """A change whose figures are still being read."""

    way: Way
    base_year: int = 0
    base_words: str = ""
    compared: bool = False
    start: int = 0
    end: int = 0
    by: SentenceFigure | None = None
    rate: SentenceFigure | None = None
    opposite: SentenceFigure | None = None
    subject: str = ""
    """What its clause says to have changed without an amount: 公用经费比上年减少5万元."""
    stated: int = -1
    """The amount that the comparison itself states, by its place: 与2024年预算10万元相比."""

    def claimed(self, candidates: tuple[int, ...], base: int, sentence: int) -> ClaimedChange:
        """The change as it was read, of what it may be and against what."""
        return ClaimedChange(
            self.way,
            candidates,
            self.base_year,
            self.base_words,
            self.compared,
            self.by,
            self.rate,
            self.start,
            self.end,
            sentence,
            base,
            self.opposite,
        )


def waits_for_direction(clause: Sequence[Token], compare: Token | None) -> bool:
    """Whether a clause is a comparison alone, as 与2023年相比, 与2023年预算10万元相比."""
    if compare is None or any(token.kind in DIRECTIONS for token in clause):
        return False
    closed = clause[-1].kind is TokenKind.COMPARE
    return closed or not any(token.kind is TokenKind.FIGURE for token in clause)


def ends_reason(text: str, clause: Sequence[Token], token: Token) -> bool:
    """Whether a later clause of a reason states an item and goes on to compare it.

    主要原因是用车减少，公务用车运行维护费8.66万元，比上年减少0.89万元: the next of the list.
    """
    return (
        token.kind is TokenKind.FIGURE
        and len(clause) == 1
        and ITEM.match(clause[0].text.strip()) is not None
        and COMPARED_AFTER.match(text, token.end) is not None
    )


def year_alone(clause: Sequence[Token]) -> int:
    """The year that a clause consists of; 0 if it says anything else."""
    only = bool(clause) and all(token.kind is TokenKind.YEAR for token in clause)
    return clause[-1].year if only else 0


def words_of_amount(text: str, clause: Sequence[Token], figure: SentenceFigure) -> str:
    """The words of a clause that say what an amount is of."""
    start = clause[0].start if clause else figure.start
    before = [token.end for token in clause if token.figure and token.figure.is_money]
    if before and (joined := AND.match(text, before[-1])):
        start = joined.end()  # 人员经费5万元和公用经费3万元
    return LIST_MARK.sub("", LIST_HEAD.sub("", text[start : figure.start])).strip()


def way_to(words: str, base_year: int, year: int) -> Way | None:
    """The way that words between last year's amount and this year's tell: 降至; else ``None``."""
    to = CHANGED_TO.fullmatch(words)
    if to is None or not year or base_year != year - 1:
        return None
    if to["year"] and to["year"] not in (f"{year}年", "本年", "今年"):
        return None
    return Way.UP if to["up"] else Way.DOWN


def is_of_last_year(
    text: str, amounts: Sequence[ClaimedAmount], rate: SentenceFigure, year: int
) -> bool:
    """Whether a rate is what an amount is of last year's: 5万元，为上年4万元的125%."""
    if len(amounts) < 2:  # noqa: PLR2004
        return False
    now, then = amounts[-2:]
    told = text[then.figure.end : rate.start].strip() == "的" and OF_LAST_YEAR.fullmatch(
        then.subject
    )
    beside = (now.sentence, now.head) == (then.sentence, then.head) and now.figure.is_money
    return bool(told) and beside and now.year in (0, year) and then.year == year - 1


def opens_sides(clause: Sequence[Token]) -> bool:
    """Whether a sentence begins with 收入包括 or 支出包括: the sides of what was said."""
    return SIDES.fullmatch("".join(token.text for token in clause)) is not None


def is_vague(text: str, clause: Sequence[Token], token: Token) -> bool:
    """Whether the words beside a figure say that it is no exact amount: 约, 以上, 每."""
    beside = [*clause[-1:], *(t for t in clause[-2:-1] if clause[-1].text == "为")]
    after = re.match(r"\s*(?:左右|以[上下内]|[（(]?含[）)]?|[/／]|每)", text[token.end :])
    return bool(after) or any(t.kind is TokenKind.VAGUE for t in beside)


def direction_before(clause: Sequence[Token]) -> bool:
    """Whether a word of direction stands right before a figure."""
    tokens = list(clause)
    if tokens and tokens[-1].kind is TokenKind.WORD and FILLER.fullmatch(tokens[-1].text):
        tokens.pop()
    return bool(tokens) and tokens[-1].kind in (TokenKind.UP, TokenKind.DOWN)


def figure_follows(text: str, token: Token) -> bool:
    """Whether a figure stands right behind a word of direction."""
    return bool(re.match(r"\s*[了额数为]*\s*\d", text[token.end :]))


def turns_back(change: OpenChange, clause: Sequence[Token]) -> bool:
    """Whether the same change goes on in another direction: 增加5万元，下降3%; 持平，增长5%."""
    return not clause and (change.way is Way.SAME or bool(change.by) is not bool(change.rate))


def lacks_half(change: OpenChange, clause: Sequence[Token]) -> bool:
    """Whether a change has its amount alone, or its rate, and no other subject came."""
    if any(t.kind is TokenKind.WORD and SUBJECT.search(t.text) for t in clause):
        return False  # 增加5万元，人员经费增长3%
    return change.rate is None or (change.by is None and not clause)


def subject_without_amount(
    text: str, clause: Sequence[Token], compare: Token | None, token: Token
) -> str:
    """What the clause of a change names before it, if no amount stands there; else ``""``."""
    if not clause or any(t.kind is TokenKind.FIGURE for t in clause):
        return ""
    begins = clause[0].start
    ends = compare.start if compare and compare.start >= begins else token.start
    words = text[begins:ends]
    return words if SUBJECT.search(words) else ""
