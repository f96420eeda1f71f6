"""Professional terms that the text uses and the glossary does not explain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.checks.general.document.contents import contents_and_body
from generator.checks.general.document.lines import PlainLine
from generator.checks.general.document.rules import TERMS_MISSING
from generator.checks.rule import Check, Outcome, Passed, Unchecked
from generator.checks.text.texts import told_or_noise
from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.drafts.words.numbering import PART
from generator.drafts.words.text import folded
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument


class ProfessionalTerm(Struct, frozen=True):
    """A professional term.

    Attributes:
        name: as a finding calls it.
        words: how a text and a glossary write it.
        always: whether it is explained wherever it is used; others where an amount is of it.
    """

    name: str
    words: re.Pattern[str]
    always: bool = False


def _term(name: str, words: str = "", *, always: bool = False) -> ProfessionalTerm:
    return ProfessionalTerm(name, late_pattern(words or re.escape(name)), always)


TERMS = (
    _term("基本支出", always=True),
    _term("项目支出", always=True),
    _term("“三公”经费", '三公"?(支出)?经费', always=True),
    _term("机关运行经费", always=True),
    _term("财政专户管理资金"),
    _term("事业收入", "(?<!预算)事业收入"),
    _term("事业单位经营收入", "(事业单位)?经营收入"),
    _term("上级补助收入"),
    _term("附属单位上缴收入", "附属单位上[缴交]收入"),
    _term("使用非财政拨款结余"),
    _term("上年结转"),
)
GLOSSARY_HEADING = late_pattern("(名词|词语|术语)(术语)?解释|专业名词|名词说明")
"""The heading of the glossary, in the words of any place."""
_NEXT = late_pattern(
    rf"{PART}.*|附件?[一二三四五六七八九十\d]*[:、]?|.*(表|情况说明|编制说明|主要职.|机构设置)"
)
_HEAD = 24
"""So many characters at the beginning of an entry name what it explains."""
_MEANS = late_pattern("[:是指]")
"""What stands between a term and its explanation."""
_AMOUNT = r"[^,。;、\d]{0,6}?(?P<amount>\d[\d,]*(?:\.\d+)?)(万元|元|亿元)"


def glossary_of(lines: Sequence[PlainLine]) -> tuple[list[PlainLine], list[PlainLine]]:
    """The lines of the glossary, its heading first, and all others."""
    start = next((n for n, each in enumerate(lines) if _is_heading(each)), None)
    if start is None:
        return [], list(lines)
    end = start + 1
    while end < len(lines) and not _ends(lines[end]):
        end += 1
    return list(lines[start:end]), [*lines[:start], *lines[end:]]


def _is_heading(line: PlainLine) -> bool:
    return (
        line.may_be_heading and len(line.text) <= _HEAD and bool(GLOSSARY_HEADING.search(line.text))
    )


def _ends(line: PlainLine) -> bool:
    text = folded(line.text)
    return line.table >= 0 or (line.may_be_heading and bool(_NEXT.fullmatch(text)))


def _glossary(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    if document.follows_pack and pack.glossary:
        return  # the place says which terms are explained, and W753 tells which are not
    _, body = contents_and_body(document.blocks)
    glossary, others = glossary_of(body)
    if len(glossary) < 2:  # noqa: PLR2004 - a heading alone
        yield Unchecked(TERMS_MISSING.code, "名词解释", "没有读到名词解释")
        return
    explained = [folded(line.text) for line in glossary[1:]]
    missing: list[tuple[ProfessionalTerm, Location]] = []
    for term in TERMS:
        used = _use(term, others)
        if used is None:
            continue
        if _explains(term, explained):
            yield Passed(TERMS_MISSING.code, group="名词解释")
        else:
            missing.append((term, used.place))
    if missing:
        names = "、".join(_quoted(term.name) for term, _ in missing)
        finding = TERMS_MISSING.finding(
            f"正文用到{names}，名词解释里没有",
            glossary[0].place,
            group="名词解释",
            subjects=("名词解释",),
            excerpt=glossary[0].text,
            also=tuple(dict.fromkeys(place for _, place in missing)),
        )
        yield told_or_noise(document, finding)


def _quoted(name: str) -> str:
    return name if name.startswith("“") else f"“{name}”"


def _use(term: ProfessionalTerm, lines: Sequence[PlainLine]) -> PlainLine | None:
    """The first line of the text that uses a term so that it needs an explanation."""
    for line in lines:
        if line.table >= 0 or line.may_be_heading:
            continue
        text = folded(line.text)
        if term.always and term.words.search(text):
            return line
        for found in re.finditer(term.words.pattern + _AMOUNT, text):
            if found["amount"].strip("0.,"):
                return line
    return None


def _explains(term: ProfessionalTerm, explained: Sequence[str]) -> bool:
    """Whether an entry is about a term, or, of one that is not always explained, names it."""
    if term.always:
        heads = (_MEANS.split(text)[0] for text in explained if _MEANS.search(text))
        return any(term.words.search(head[:_HEAD]) for head in heads)
    return any(term.words.search(text) for text in explained)


CHECKS: tuple[Check, ...] = (_glossary,)
