"""Rule 45: doubled punctuation, words and paragraphs, brackets without their other half."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.general.wording.common_words import DOUBLED, REDUPLICATIONS
from generator.checks.rule import Check, Noise, Outcome, Passed, Rule, quoted_part
from generator.checks.text.doubling import Slips
from generator.checks.text.faults import look_at
from generator.checks.text.headings import is_heading_passage
from generator.checks.text.texts import (
    other_cells,
    running_texts,
    told_or_noise,
)
from generator.core.findings import Finding
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.outline import OTHER
from generator.drafts.words.text import folded
from generator.pack.pack import Pack
from generator.reading.document import Origin, ReadDocument

SLIP = Rule(
    "W745",
    "标点、字词或段落重复，括号引号不成对",
    "标点不重复（。；、，，），字词不重复（提升提升、的的），百分号不重复，括号、引号、书名号成对，"
    "同一部分里没有印两遍的段落。表格里可能被截断的文字，末尾缺的后一半括号不算。",
    "这些是录入、粘贴或拼接留下的差错，公开后最容易被人看到。",
    "删去重复的一个，补上缺少的一半",
    "GB/T 15834 标点符号用法",
)
RULES = (SLIP,)
_EMPTY_REASON = late_pattern("标点重复.*原因[：:][。；;]")
_LONG_PARAGRAPH = 30
"""So many characters are said twice under one heading by mistake alone."""
_WHOLE_PARAGRAPH = 8
"""The fewest characters of a paragraph that says something; 无 may well be said twice."""


def _slips(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    doubled = tuple(dict.fromkeys((*DOUBLED, *pack.phrases.doubled)))
    look = Slips(doubled, (*REDUPLICATIONS, *pack.phrases.reduplications))
    looked = look_at(look, running_texts(document), document.forms, other_cells(document))
    if looked.clean:
        yield Passed(SLIP.code, looked.clean)
    for each, found in looked.faulty:
        for slip in found:
            if _EMPTY_REASON.search(slip.message):
                continue  # E955 tells of it
            finding = each.finding(SLIP, slip.message, slip.phrase, slip.mend)
            yield finding if _is_certain(document, each.group, slip.message) else Noise(finding)


def _is_certain(document: ReadDocument, group: str, message: str) -> bool:
    """Whether no extraction can have made it: it loses and misreads signs, but adds none.

    In the cells of forms it also joins pieces of lines, and so may double what was single.
    """
    if document.origin is not Origin.EXTRACTED:
        return True
    return group.startswith(("情况说明", OTHER)) and message.startswith(("标点重复", "字词重复"))


_LETTERS = "附件"
_BY_SEVERAL = (_LETTERS, OTHER)
"""Letters of units or texts of projects may say the same: only what follows itself is doubled."""


def _paragraphs(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    for section in (*document.outline.texts, *_BY_SEVERAL):
        seen: dict[str, str] = {}
        under_heading: set[str] = set()
        for passage in document.section(section):
            key = folded(passage.text).rstrip(".。;,")
            if is_heading_passage(passage):
                under_heading.clear()
            twice = key in seen or key in under_heading
            if section == OTHER and len(key) >= _LONG_PARAGRAPH:
                under_heading.add(key)
            if section in _BY_SEVERAL:
                seen.clear()
            if len(key) < _WHOLE_PARAGRAPH and section != _LETTERS:
                continue
            if twice:
                message = f"同一段话印了两遍：“{quoted_part(passage.text)}”"
                yield told_or_noise(
                    document, _paragraph_finding(message, section, document, passage.text)
                )
            else:
                yield Passed(SLIP.code)
            seen[key] = passage.text


def _paragraph_finding(message: str, section: str, document: ReadDocument, text: str) -> Finding:
    twice = [each for each in document.section(section) if each.text == text]
    last = twice[-1] if twice else next(document.section(section))
    return SLIP.finding(
        message,
        document.place_of(last, text),
        group=last.group,
        subjects=(last.subject,),
        excerpt=quoted_part(text),
    )


CHECKS: tuple[Check, ...] = (_slips, _paragraphs)
ANYWHERE = CHECKS
