"""Sentences of the text against the template: left out, added, worded otherwise; 无 and 0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.checks.asks import a_draft
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked, quoted_part
from generator.checks.rules.names import named_otherwise
from generator.checks.text.text_figures import (
    TextReading,
    clause_finding,
    nothing_to_hold_against,
    perhaps,
    printed_amount,
    read_text_numbers,
    spelled,
)
from generator.core.findings import Finding
from generator.core.memo import memo
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded
from generator.drafts.words.units import UNIT
from generator.model.change_words import ChangeWords, any_of
from generator.pack.checks.key_figures import Nothing
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import Origin, Passage, ReadDocument
from generator.reading.sentences import NUMBER, Alignment, Clause, ClausePair, Gap, align_passages

NOTHING = Rule(
    "E733",
    "“无”的说法与报表不符",
    "文字说没有“三公”经费、没有机关运行经费、支出包括：无的，相应的报表合计为 0；"
    "反过来，报表合计为 0 的，文字不写金额。",
    "报表有数而文字说没有，等于没有公开这项经费。",
    "报表有数的，改写文字说明金额和变动；报表不该有数的，改报表",
    "地方预决算公开操作规程（财预〔2016〕143号）",
)
UNMATCHED = Rule(
    "N752",
    "这个数没有核对",
    "文字里带“万元”“%”“个”的数都能与报表里的数字对应。",
    "模板的句子里没有这个数，程序不知道它是哪一个数，没有核对。",
    "请人工核对这个数",
    "本项目约定",
    asks=(a_draft,),
)
SENTENCE = Rule(
    "W753",
    "缺少或多出句子",
    "情况说明的每一节都有模板规定的句子，没有另加的句子（大部分句子与模板相同时才检查）；"
    "模板的名词解释一条不少。",
    "缺少的句子多半是规定要说明的内容；另加的句子里的数字没有核对。",
    "补上缺少的句子或名词；多出的句子确有必要的可以保留",
    "地方预决算公开操作规程（财预〔2016〕143号）要求说明的内容；预算公开审核惯例",
    asks=(a_draft,),
)
WORDING = Rule(
    "N754",
    "与模板用语不同",
    "情况说明和名词解释的用语与模板相同。",
    "意思可能没有变，但同一地区各单位的说法应当统一，便于比较。",
    "按模板的用语改写；有意不同的可以保留",
    "本项目约定",
    asks=(a_draft,),
)
RULES = (NOTHING, UNMATCHED, SENTENCE, WORDING)

_TERM = late_pattern(r"(?:[一二三四五六七八九十]+、)?\s*([^：:。]{1,30})[：:]")
"""The term that an entry of the glossary explains."""
_FOLLOWED = 0.6
"""The part of a section's clauses that must be found before others are called missing."""
_COUNTED = "%|个|辆"

_SOME_MONEY = late_pattern(rf"([\d,]*[1-9][\d,]*(?:\.\d+)?|0\.\d*[1-9]\d*){UNIT}")


class _Words(Struct, frozen=True):
    """The words of a pack by which its sentences state money and changes.

    Attributes:
        unit: what follows a number that must be accounted for.
        direction: which way a change goes.
        rate: a growth rate: E724 judges it, whether or not the template has one here.
        change: a clause that states a change.
    """

    unit: re.Pattern[str]
    direction: re.Pattern[str]
    rate: re.Pattern[str]
    change: re.Pattern[str]


@memo(16)
def _words_of(unit: str, words: ChangeWords) -> _Words:
    usual = ("增加", "减少", "增长", "下降")
    every = any_of((*words.more, *words.less, *words.rises, *words.falls, *usual))
    rates = any_of((*words.rises, *words.falls, "增长", "下降"))
    amounts = any_of((*words.more, *words.less, "增加", "减少"))
    # a pack's own word may be a part of others (多, 少): it counts before a number alone
    return _Words(
        late_pattern(rf"{unit}|{_COUNTED}"),
        late_pattern(rf"{'|'.join(usual)}|(?:{every})(?=[\ue000-\uf8ff])"),
        late_pattern(rf",?({rates})({NUMBER})%"),
        late_pattern(rf"({amounts})[\d.,]+{UNIT}|与上年预算数相同"),
    )


def sentences_of_text(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Applies N752, W753 and N754; in an extracted text other words are noise."""
    return (perhaps(document, outcome) for outcome in _sentences(document))


def _sentences(document: ReadDocument) -> Iterator[Outcome]:
    if document.origin is Origin.DATA:
        return  # printed by the template itself
    reading = read_text_numbers(document)
    if document.expected is None:
        why = nothing_to_hold_against(document)
        yield from (Unchecked(r.code, "情况说明", why) for r in (UNMATCHED, SENTENCE, WORDING))
        return
    said = _words_of(document.style.unit, document.style.words)
    names = (folded(document.expected.name), *map(folded, _labels(document.expected)))
    for section in document.outline.composed:
        alignment = reading.alignments[section]
        for pair in alignment.pairs:
            yield from _numbers(alignment, pair, said)
            units = _units_judged(document, alignment, pair)
            yield from _words(alignment, pair, names, said, units_judged=units)
        yield from _gaps(alignment, document.outline.group(section), said)
    yield from _glossary(document)


def _labels(document: ReadDocument) -> set[str]:
    rows = (row for table in document.tables.values() for row in table.rows)
    return {row.label for row in rows if row.key.isdigit()}


def _finding(rule: Rule, alignment: Alignment, clause: Clause, message: str) -> Outcome:
    return clause_finding(rule, alignment, clause, message, f"用语/{clause.bare[:12]}")


# Clauses that have a partner


def _numbers(alignment: Alignment, pair: ClausePair, said: _Words) -> Iterator[Outcome]:
    partners = {number for number, _ in pair.partners}
    rates = {pair.draft.start + match.start(2) for match in said.rate.finditer(pair.draft.text)}
    for number in pair.draft.numbers:
        unit = said.unit.match(alignment.draft.text, number.end)
        if number in partners or unit is None or number.start in rates:
            continue
        message = f"“{number.text}{unit[0]}”在模板的句子里没有对应的数，没有核对"
        yield _finding(UNMATCHED, alignment, pair.draft, message)
    yield Passed(UNMATCHED.code, len(partners))


def _units_judged(document: ReadDocument, alignment: Alignment, pair: ClausePair) -> bool:
    """Whether E723 and E768 know the amounts that stand in other units than the template's."""
    converted = (theirs for ours, theirs in pair.partners if ours.unit is not theirs.unit)
    mentions = [alignment.mention(number) for number in converted]
    return all(
        mention and printed_amount(document, mention.address) is not None for mention in mentions
    )


def _words(
    alignment: Alignment,
    pair: ClausePair,
    names: tuple[str, ...],
    said: _Words,
    *,
    units_judged: bool,
) -> Iterator[Outcome]:
    """Other words than the template's, but for names, directions and lists: others check those."""
    ours, theirs = (_undirected(clause, said) for clause in (pair.draft, pair.expected))
    if ours == theirs or (units_judged and _without_units(ours) == _without_units(theirs)):
        yield Passed(WORDING.code)
    elif not pair.draft.items and not named_otherwise(pair, names):
        mine = _quoted(alignment, pair.draft)
        yield _finding(
            WORDING,
            alignment,
            pair.draft,
            f"文字写{mine}，模板是{_quoted_expected(alignment, pair)}",
        )


def _undirected(clause: Clause, said: _Words) -> str:
    """What a clause says but for the direction and rate of changes."""
    if clause.items:
        return clause.skeleton
    return said.direction.sub("", replace(clause, text=said.rate.sub("", clause.text)).skeleton)


def _without_units(skeleton: str) -> str:
    """A clause without numbers, nor the units of money that follow them."""
    return re.sub(rf"(?<=[\ue000-\uf8ff]){UNIT}", "", skeleton)


def _quoted(alignment: Alignment, *clauses: Clause) -> str:
    words = alignment.draft.words(clauses[0].start, clauses[-1].end)
    return f"“{quoted_part(words, width=60)}”"


def _quoted_expected(alignment: Alignment, pair: ClausePair) -> str:
    words = alignment.expected.words(pair.expected.start, pair.expected.end)
    return f"“{quoted_part(words, width=60)}”"


# Clauses that have none


def _gaps(alignment: Alignment, group: str, said: _Words) -> Iterator[Outcome]:
    found = len(alignment.pairs)
    missing = sum(len(gap.expected) for gap in alignment.gaps)
    follows = found >= _FOLLOWED * (found + missing)
    if not alignment.draft.text.strip() and missing:
        why = "文稿里没有读到这一节的文字"
        yield Unchecked(SENTENCE.code, group, why)
        return
    if found and not alignment.gaps:
        yield Passed(SENTENCE.code)
    for gap in alignment.gaps:
        if gap.draft and said.change.match(_without_lead(gap.draft[0].text)):
            continue  # E724 has judged it
        if gap.draft and gap.expected:
            why = f"这一句与模板的写法不同，没有核对数字：{_quoted(alignment, *gap.draft)}"
            yield Unchecked("E723", group, why)
        elif follows:
            yield from _gap(alignment, gap)


def _gap(alignment: Alignment, gap: Gap) -> Iterator[Outcome]:
    if gap.draft:
        words = _quoted(alignment, *gap.draft)
        message = f"多出这一句：{words}，其中的数没有核对"
        yield _finding(SENTENCE, alignment, gap.draft[0], message)
        return
    text = alignment.expected.words(gap.expected[0].start, gap.expected[-1].end)
    near = next(
        (
            pair.draft
            for pair in reversed(alignment.pairs)
            if pair.expected.start < gap.expected[0].start
        ),
        None,
    )
    clause = near or (alignment.pairs[0].draft if alignment.pairs else None)
    if clause is not None:
        yield _finding(SENTENCE, alignment, clause, f"缺少这一句：“{quoted_part(text, width=80)}”")


def _without_lead(text: str) -> str:
    return re.sub(r"^(,|比上年|比\d{4}年(预算)?|与上年相比预算数)*", "", text)


# 名词解释


def _glossary(document: ReadDocument) -> Iterator[Outcome]:
    """The entries of the glossary, as the pack has them."""
    assert document.expected is not None  # noqa: S101 - the caller has asked
    alignment = align_passages(
        document.about(Role.GLOSSARY), document.expected.about(Role.GLOSSARY)
    )
    told: set[int] = set()
    if not alignment.draft.text.strip():
        return
    for pair in alignment.pairs:
        if pair.draft.skeleton == pair.expected.skeleton:
            yield Passed(WORDING.code)
            continue
        _, theirs = alignment.draft.origin(pair.draft.start), pair.expected
        entry = alignment.expected.paragraph(theirs.start)
        if entry not in told:
            told.add(entry)
            message = f"这一条名词解释与模板不同：文稿{_quoted(alignment, pair.draft)}，"
            message += f"模板{_quoted_expected(alignment, pair)}"
            yield _finding(WORDING, alignment, pair.draft, message)
    yield from _missing_terms(alignment)


def _missing_terms(alignment: Alignment) -> Iterator[Outcome]:
    """The terms that the glossary explains neither in the template's words nor in its own."""
    expected = alignment.expected
    explained = {expected.paragraph(pair.expected.start) for pair in alignment.pairs}
    terms = {
        entry: found[1]
        for entry, passage in enumerate(expected.passages)
        if (found := _term(passage))
    }
    lost = [term for entry, term in terms.items() if entry not in explained]
    if len(terms) - len(lost) < _FOLLOWED * len(terms):
        return
    for term in lost:
        if f"{folded(term)}:" not in alignment.draft.text:
            message = f"名词解释缺少“{term}”"
            yield _finding(SENTENCE, alignment, alignment.pairs[-1].draft, message)


def _term(passage: Passage) -> re.Match[str] | None:
    return _TERM.match(passage.text)


# E733


def nothing_stated(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """Applies E733: what the text calls 无 is zero in its table."""
    reading = read_text_numbers(document)
    if not pack.places.nothing:
        yield Unchecked(NOTHING.code, "情况说明", "模板包没有写明哪些话是说没有这项经费")
    for each in pack.places.nothing:
        total = printed_amount(document, each.total)
        says = [p for p in document.section(each.section) if re.search(each.words, folded(p.text))]
        if not says:
            yield from _amount_without_table(document, reading, each)
            continue
        if total is None:
            where = spelled(document, each.total)
            yield Unchecked(NOTHING.code, document.outline.group(each.section), f"没有读到{where}")
        elif not total:
            yield Passed(NOTHING.code)
        else:
            where = spelled(document, each.total)
            message = f"文字说没有{each.what}，{where}却有 {total:f} {document.style.unit}"
            finding = _at(document, each, message)
            yield from finding


def _amount_without_table(
    document: ReadDocument, reading: TextReading, each: Nothing
) -> Iterator[Outcome]:
    """An amount in a section whose table says that there is nothing."""
    if printed_amount(document, each.total) != 0 or any(
        number.passage.section == each.section for number in reading.numbers
    ):
        return  # its figures are compared one by one
    for passage in document.section(each.section):
        match = _SOME_MONEY.search(folded(passage.text))
        if match:
            message = f"文字写{each.what} {match[0]}，{spelled(document, each.total)}为 0"
            yield from _at(document, each, message)
            return


def _at(document: ReadDocument, each: Nothing, message: str) -> Iterator[Finding]:
    passage = next(iter(document.section(each.section)))
    cell = document.cells.get(each.total)
    yield NOTHING.finding(
        message,
        passage.place,
        group=passage.group,
        subjects=(each.total,),
        excerpt=quoted_part(passage.text),
        also=[cell.place] if cell else [],
    )


CHECKS: tuple[Check, ...] = (sentences_of_text, nothing_stated)
