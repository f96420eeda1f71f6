"""Applies the rules of wording to the text of a draft.

Where the rules of a known pack look at the same words, theirs say more: they are left to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.general.sentences.passages import year_of_titles
from generator.checks.general.wording.full_stops import broken_sentences, unended
from generator.checks.general.wording.kinds import foreign_words, kind_of_titles
from generator.checks.general.wording.old_names import old_names_in
from generator.checks.general.wording.reasons import blank_reasons
from generator.checks.general.wording.rules import (
    FULL_STOP,
    NO_REASON,
    OLD_NAME,
    OTHER_KIND,
    SAYS_NOTHING,
)
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked, quoted_part
from generator.checks.text.changes import changes_in_passage
from generator.checks.text.headings import is_heading_passage
from generator.checks.text.text_figures import read_text_numbers
from generator.core.findings import Finding
from generator.core.text.patterns import late_pattern
from generator.model.disclosure import EntityKind
from generator.pack.pack import Pack
from generator.reading.document import Origin, Passage, ReadDocument

_CONTENTS = "目录"
_OF_PARAGRAPHS = frozenset({".docx", ".html", ".htm"})
_GOES_ON = late_pattern(
    r"\s*(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[）)、.．]|[①-⑨])"
)


def check_wording(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """Applies W955 to W958 and E955."""
    passages = [passage for passage in document.passages if passage.section != _CONTENTS]
    if not passages:
        return
    known = document.follows_pack
    reasons = list(_reasons(document, passages, pack, known=known))
    yield from _outcomes(NO_REASON, [reason for reason in reasons if reason.code == NO_REASON.code])
    yield from _outcomes(
        SAYS_NOTHING, [reason for reason in reasons if reason.code != NO_REASON.code]
    )
    if not (
        known and read_text_numbers(document).readable
    ):  # W727 tells of every name not the table's
        yield from _outcomes(OLD_NAME, list(_old_names(document, passages)))
    if document.origin is Origin.DRAFT:
        told = {reason.place for reason in reasons if reason.code == NO_REASON.code}
        ends = [each for each in _unended(document) if each.place not in told]
        yield from _outcomes(FULL_STOP, [*_broken(passages), *ends])
    else:
        yield from _broken(passages)
    if known:
        return  # a pack has rules of its own for how the publisher speaks of itself
    kind = kind_of_titles(passages) or document.kind
    if kind is None:
        why = "看不出是部门预算还是单位预算，“本部门”“本单位”用得对不对没有核对"
        yield Unchecked(OTHER_KIND.code, "全文", why)
    else:
        yield from _outcomes(OTHER_KIND, list(_kinds(kind, passages)))


CHECKS: tuple[Check, ...] = (check_wording,)


def _outcomes(rule: Rule, found: Sequence[Finding]) -> Sequence[Outcome]:
    """The findings of a rule that was applied to the whole text, or that it holds."""
    return found or [Passed(rule.code)]


def _reasons(
    document: ReadDocument, passages: list[Passage], pack: Pack, *, known: bool
) -> Iterator[Finding]:
    required = pack.phrases.reasons.required if known else ()
    for at, passage in enumerate(passages):
        following = passages[at + 1] if at + 1 < len(passages) else None
        ends = (
            following is None or is_heading_passage(following) or _ends_surely(document, following)
        )
        told = known and any(
            change.reason for change in changes_in_passage(passage, document.name, document.style)
        )
        for blank in blank_reasons(passage.text, ends=ends):
            if blank.missing and passage.section not in required:
                message = f"“{blank.words}”后面没有写原因"
                yield _finding(NO_REASON, passage, message, blank.at)
            elif not blank.missing and not told:
                message = f"变动原因写“{quoted_part(blank.words)}”，等于没有说明"
                yield _finding(SAYS_NOTHING, passage, message, blank.at)


def _ends_surely(document: ReadDocument, following: Passage) -> bool:
    """Whether a paragraph of a format that has paragraphs ends, and no list goes on with it."""
    whole = document.file.suffix.lower() in _OF_PARAGRAPHS
    return whole and _GOES_ON.match(following.text) is None


def _old_names(document: ReadDocument, passages: list[Passage]) -> Iterator[Finding]:
    year = document.year or year_of_titles(passages)
    for passage in passages:
        for name in old_names_in(passage.text, year):
            message = f"文字写“{name.old}”，{name.since} 年起的科目名称是“{name.present}”"
            at = passage.text.find(name.old)
            yield _finding(OLD_NAME, passage, message, at, f"改成“{name.present}”")


def _broken(passages: list[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for at, words in broken_sentences(passage.text):
            message = f"“{words}”：句号断开了一句话，后面的比较没有主语"
            yield _finding(FULL_STOP, passage, message, at, "把句号改成逗号")


def _unended(document: ReadDocument) -> Iterator[Finding]:
    pages = document.file.suffix.lower() == ".pdf"
    said = {(passage.text, passage.place): passage for passage in document.passages}
    for block in unended(document.blocks, pages=pages):
        passage = said.get((block.text, block.place))
        if passage is None or passage.heading:
            continue
        end = block.text.rstrip()[-12:]
        message = f"这一段末尾没有句号：“…{end}”"
        yield _finding(FULL_STOP, passage, message, len(block.text), "段末补上句号")


def _kinds(kind: EntityKind, passages: list[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for words in foreign_words(passage.text, kind):
            message = f"{kind.value}预算里写了“{words}”"
            yield _finding(OTHER_KIND, passage, message, passage.text.find(words))


def _finding(rule: Rule, passage: Passage, message: str, at: int, remedy: str = "") -> Finding:
    return rule.finding(
        message,
        passage.place,
        group=passage.group,
        subjects=(passage.subject,),
        excerpt=quoted_part(passage.text, max(at, 0)),
        remedy=remedy,
    )
