"""Cuts a sentence about money into tokens: figures, years, words of comparison and direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct

from generator.checks.general.sentences.figures import (
    PERCENT,
    SentenceFigure,
    figure,
    with_shared_decimals,
)
from generator.core.records import replace
from generator.core.text.patterns import late_pattern


class TokenKind(Enum):
    """What a token is."""

    FIGURE = auto()
    """An amount of money, a percentage or a count."""
    YEAR = auto()
    """2025年, 上年, 本年."""
    COMPARE = auto()
    """比, 较, 与, 同比: what follows is the base of a comparison."""
    UP = auto()
    DOWN = auto()
    SAME = auto()
    """持平, 相同, 无变化."""
    LIST = auto()
    """其中, 包括: parts of what was said before follow."""
    REASON = auto()
    """主要原因是, 由于: what follows explains and states nothing about the subject."""
    SHARE = auto()
    """占."""
    COMPLETED = auto()
    """完成, before a percentage of a budget."""
    VAGUE = auto()
    """约, 以上, 每: the figure beside it is no amount of the subject."""
    RESPECTIVELY = auto()
    """分别: which figure belongs to which subject is not read."""
    PAUSE = auto()
    """，、：."""
    SEMICOLON = auto()
    STOP = auto()
    OPEN = auto()
    CLOSE = auto()
    WORD = auto()


DIRECTIONS = frozenset({TokenKind.UP, TokenKind.DOWN, TokenKind.SAME})
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_MONEY = r"(?:百万|千万|十万|[百千万亿])?元"
_THINGS = "辆|个|家|台|套|人|名|项|件|户|所|批次?|次|平方米"
_BASE_AHEAD = r"(?=\s*(?:20\d\d|上年|上一?年度?|去年|年初|预算|同期))"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("date", r"20\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|20\d\d\s*[-—–~～至]\s*20\d\d\s*年?"),
    ("year", r"20\d\d\s*年度?"),
    ("prior", r"(?:上年|上一年|去年)度?(?!结转|结余|末|底)"),
    ("this", r"(?:本年|今年)度?(?!收入|支出)"),
    ("points", rf"(?:{_NUMBER})\s*个?百分点"),
    ("rated", rf"(?:{_NUMBER})\s*(?:{_MONEY})?\s*[/／](?=[一-鿿])"),
    ("percent", rf"(?P<rate>{_NUMBER})\s*[%％]"),
    ("money", rf"(?P<amount>{_NUMBER})\s*(?P<unit>{_MONEY})"),
    (
        "nothing",
        r"(?<=算数|行数|算额|金额|经费|支出|收入|预算|上年|去年|年度)为\s*(?P<none>0)(?=\s*[，,。；;])",
    ),
    ("count", rf"(?P<number>{_NUMBER})\s*(?P<thing>{_THINGS})"),
    ("other_number", rf"{_NUMBER}"),
    ("respectively", r"分别"),
    (
        "reason",
        r"(?:主要|增减|增加|减少|变动|变化|增长|下降)?的?(?:主要)?原因(?:主要)?(?:是|为|在于|[：:])"
        r"|主要(?:是|系)(?:因为?|由于)?|由于|(?<!原)因为?(?=[一-鿿]{2})(?!公)",
    ),
    ("list", r"其中|主要包括|具体包括|包括|主要用于(?:以下方面)?|用于"),
    ("vague_same", r"(?:基本|大致|大体)(?:持平|相同|一致)"),
    ("same", r"持平|(?:无|没有|未发生)(?:增减)?(?:变化|变动)|无增减|保持不变|相同|一致"),
    ("compared", r"相比(?:较)?|同比"),
    ("compare", rf"(?<![占对评环之攀同相无])比(?![例重赛较如率对值])|[较与同和]{_BASE_AHEAD}"
     rf"|[由从]{_BASE_AHEAD}(?=[^，。；]{{2,24}}元[^，。；\d]{{1,4}}[至到])"),
    ("up_down", r"增减|升降|新增"),
    ("up", r"增加|增长|上升|上涨|调增|增幅|升幅|涨幅|提高|增[收支]?(?=\s*\d)"),
    ("down", r"减少|下降|降低|压减|调减|缩减|降幅|减幅|下调|(?:减[收支]?|压缩)(?=\s*\d)"),
    ("share", r"占(?:比)?(?![用地有道领据])"),
    ("completed", r"完成(?=[^，。；,;]{0,20}\d[\d.]*\s*[%％])"),
    ("vague", r"约|左右|近(?=\d)|不?超过|不[少低高多]于|以[上下内]|[≥≤><＞＜]|每|单价|人均|标准"
     r"|至少|最高|上限|限额|累计|余(?=万?元)"),
    ("pause", r"[，,、：:]"),
    ("semicolon", r"[；;]"),
    ("stop", r"[。！？!?\n]"),
    ("open", r"[（(]"),
    ("close", r"[）)]"),
)  # fmt: skip
_MASTER = late_pattern("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS))
_KINDS = {
    "year": TokenKind.YEAR,
    "prior": TokenKind.YEAR,
    "this": TokenKind.YEAR,
    "percent": TokenKind.FIGURE,
    "money": TokenKind.FIGURE,
    "nothing": TokenKind.FIGURE,
    "count": TokenKind.FIGURE,
    "rated": TokenKind.VAGUE,
    "points": TokenKind.VAGUE,
    "respectively": TokenKind.RESPECTIVELY,
    "reason": TokenKind.REASON,
    "list": TokenKind.LIST,
    "vague_same": TokenKind.VAGUE,
    "same": TokenKind.SAME,
    "compared": TokenKind.COMPARE,
    "compare": TokenKind.COMPARE,
    "up": TokenKind.UP,
    "down": TokenKind.DOWN,
    "share": TokenKind.SHARE,
    "completed": TokenKind.COMPLETED,
    "vague": TokenKind.VAGUE,
    "pause": TokenKind.PAUSE,
    "semicolon": TokenKind.SEMICOLON,
    "stop": TokenKind.STOP,
    "open": TokenKind.OPEN,
    "close": TokenKind.CLOSE,
}
"""Dates, bare numbers and 新增 are words like any other."""


class Token(Struct, frozen=True):
    """A piece of a sentence.

    Attributes:
        figure: the figure that it is.
        year: the year it names; 0 if it names none or the year of the document is not known.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    figure: SentenceFigure | None = None
    year: int = 0


def tokens_of(text: str, year: int = 0) -> tuple[Token, ...]:
    """The tokens of a text; ``year`` is that of its document, 0 if unknown."""
    found = list(_words_merged(_raw(text, year)))
    exact = with_shared_decimals(each.figure for each in found if each.figure)
    return tuple(
        replace(each, figure=exact[each.figure.start]) if each.figure else each for each in found
    )


def _raw(text: str, year: int) -> Iterator[Token]:
    last = 0
    for match in _MASTER.finditer(text):
        if match.start() > last:
            yield Token(TokenKind.WORD, text[last : match.start()], last, match.start())
        yield _token(match, year)
        last = match.end()
    if last < len(text):
        yield Token(TokenKind.WORD, text[last:], last, len(text))


def _token(match: re.Match[str], year: int) -> Token:
    name = next(name for name, _ in _PATTERNS if match[name] is not None)
    kind = _KINDS.get(name, TokenKind.WORD)
    token = Token(kind, match[0], match.start(), match.end())
    if kind is TokenKind.YEAR:
        return replace(token, year=_year(name, match[0], year))
    if kind is not TokenKind.FIGURE:
        return token
    if name == "nothing":  # 上年预算数为0: of money, whatever its unit
        start, end = match.span("none")
        return replace(token, figure=figure("0", "万元", start, end, "0"))
    number = match["rate"] or match["amount"] or match["number"]
    unit = PERCENT if name == "percent" else match["unit"] or match["thing"]
    return replace(token, figure=figure(number, unit, match.start(), match.end(), match[0]))


def _year(name: str, text: str, year: int) -> int:
    if name == "year":
        return int(text[:4])
    return year and (year - 1 if name == "prior" else year)


def _words_merged(tokens: Iterator[Token]) -> Iterator[Token]:
    """The tokens with neighbouring words as one."""
    held: Token | None = None
    for token in tokens:
        if token.kind is TokenKind.WORD and held:
            held = replace(held, text=held.text + token.text, end=token.end)
        elif token.kind is TokenKind.WORD:
            held = token
        else:
            if held:
                yield held
            held = None
            yield token
    if held:
        yield held
