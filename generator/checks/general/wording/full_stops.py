"""Paragraphs without a full stop at their end, and full stops within a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.core.text.patterns import late_pattern
from generator.reading.blocks import Block, TextBlock

_ENDED = late_pattern(r"[。！？!?；;：:…，,、][”’」』）)\]】]*\s*$|[》）)”]\s*$")
_RUNNING = late_pattern(r"[，,；;。].*[一-鿿]")
_LEAST = 25
_ENUMERATED = late_pattern(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}\s*[、．.部章节]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}\s*[、．.](?!\d)|注\s*[:：]|附|表[一二三四五六七八九十\d])"
)
_SAYS = late_pattern(
    r"(?:[本我](?:部门|单位)|20\d\d\s*年).{0,20}(?:无|没有|未安排|未发生).*[^表]$|\d\s*[百千万亿]*元$"
)
"""A short paragraph that is a sentence all the same: it says that there is none, or how much."""
_SHORTEST = 12
_SPOKEN_OF = late_pattern(r"\d\s*[百千万亿]*元$")
_NEXT = late_pattern(r"20\d\d\s*年|[本我](?:部门|单位)|按照|根据")
_NO_PROSE = late_pattern(r"^(?:注|说明|备注|联系|地址|电话|编制|单位|部门)|[:：]\s*\S{0,12}$|\d$")
_BROKEN = late_pattern(
    r"[。](?=\s*(?:与|比|较|同)\s*(?:20\d\d\s*年度?|上年度?|去年)"
    r"(?:预算|执行|决算|年初|当年|数|相比|，|,)*(?:持平|相同|无变化|增加|减少|增长|下降|上升|降低))"
)


def unended(blocks: Sequence[Block], *, pages: bool) -> Iterator[TextBlock]:
    """The paragraphs of running text that end without any mark.

    Args:
        blocks: the blocks of a draft in reading order.
        pages: whether its paragraphs were put together from the lines of pages: then only one
            before a heading or an item of a list surely ends where it seems to.
    """
    texts = [block for block in blocks if not (isinstance(block, TextBlock) and block.aside)]
    for at, block in enumerate(texts):
        if not isinstance(block, TextBlock) or not _is_unended(block.text):
            continue
        before = texts[at - 1] if at else None
        after = texts[at + 1] if at + 1 < len(texts) else None
        if _like_it(before) or _like_it(after):
            continue  # a list whose items all end without a mark
        if not pages or _begins_anew(after) or _is_next_sentence(block, after):
            yield block


def _is_unended(text: str) -> bool:
    plain = text.strip()
    running = len(plain) >= _LEAST and _RUNNING.search(plain) is not None
    says = len(plain) >= _SHORTEST and _SAYS.search(plain) is not None
    return (running or says) and _ENDED.search(plain) is None and _NO_PROSE.search(plain) is None


def _like_it(block: Block | None) -> bool:
    """Whether a neighbour ends without a mark too, and is no heading."""
    return isinstance(block, TextBlock) and _is_unended(block.text)


def _begins_anew(block: Block | None) -> bool:
    return isinstance(block, TextBlock) and _ENUMERATED.match(block.text) is not None


def _is_next_sentence(block: TextBlock, after: Block | None) -> bool:
    """Whether a paragraph ends with an amount and the next begins as no sentence goes on."""
    ended = _SPOKEN_OF.search(block.text.strip()) is not None
    return ended and isinstance(after, TextBlock) and _NEXT.match(after.text) is not None


def broken_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Full stops that cut a comparison from its subject: 0.00万元。与2023年预算持平."""
    for match in _BROKEN.finditer(text):
        yield match.start(), text[max(0, match.start() - 10) : match.start() + 12]
