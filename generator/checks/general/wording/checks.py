"""Applies the rules of wording to the text of a draft.

Where the rules of a known pack look at the same words, theirs say more: they are left to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.general.sentences.passages import is_heading, year_of_titles
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
from generator.checks.rule import Check, Outcome, Passed, Rule, shown
from generator.checks.text.changes import stated_changes
from generator.checks.text.text_figures import read_text
from generator.core.findings import Finding
from generator.pack.pack import Pack
from generator.reading.document import Origin, Passage, Presented

_CONTENTS = "目录"


def check_wording(document: Presented, pack: Pack) -> Iterator[Outcome]:
    """Applies W955 to W958 and E955."""
    passages = [each for each in document.passages if each.section != _CONTENTS]
    known = document.recognition is not None and document.recognition.known
    found = [
        *_reasons(document, passages, pack, known=known),
        *_old_names(document, passages, known=known),
        *_broken(passages),
        *(_unended(document) if document.origin is Origin.DRAFT else ()),
        *(() if known else _kinds(document, passages)),
    ]
    yield from found
    for rule in (NO_REASON, SAYS_NOTHING, OLD_NAME, FULL_STOP, OTHER_KIND):
        if not any(finding.code == rule.code for finding in found):
            yield Passed(rule.code)


CHECKS: tuple[Check, ...] = (check_wording,)


def _reasons(
    document: Presented, passages: list[Passage], pack: Pack, *, known: bool
) -> Iterator[Finding]:
    required = pack.phrases.reasons.required if known else ()
    for at, passage in enumerate(passages):
        following = passages[at + 1] if at + 1 < len(passages) else None
        ends = following is None or is_heading(following)
        told = known and any(change.reason for change in stated_changes(passage, document.name))
        for blank in blank_reasons(passage.text, ends=ends):
            if blank.missing and passage.section not in required:
                message = f"“{blank.words}”后面没有写原因"
                yield _finding(NO_REASON, passage, message, blank.at)
            elif not blank.missing and not told:
                message = f"变动原因写“{shown(blank.words)}”，等于没有说明"
                yield _finding(SAYS_NOTHING, passage, message, blank.at)


def _old_names(document: Presented, passages: list[Passage], *, known: bool) -> Iterator[Finding]:
    if known and read_text(document).readable:
        return  # W727 tells of every name that is not the table's
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


def _unended(document: Presented) -> Iterator[Finding]:
    pages = document.file.suffix.lower() == ".pdf"
    groups = {passage.place: passage for passage in document.passages}
    for block in unended(document.blocks, pages=pages):
        passage = groups.get(block.place)
        if passage is None or passage.heading:
            continue
        end = block.text.rstrip()[-12:]
        message = f"这一段末尾没有句号：“…{end}”"
        yield _finding(FULL_STOP, passage, message, len(block.text), "段末补上句号")


def _kinds(document: Presented, passages: list[Passage]) -> Iterator[Finding]:
    kind = kind_of_titles(passages) or document.kind
    if kind is None:
        return
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
        excerpt=shown(passage.text, max(at, 0)),
        remedy=remedy,
    )
