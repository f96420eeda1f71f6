"""Rules for any document, whatever its format: they need no pack and are applied before its rules.

All but those of sentences are for drafts alone: what data prints is right but for what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.checks.asks import a_draft
from generator.checks.general.document import rules as of_documents
from generator.checks.general.sentences import rules as of_sentences
from generator.checks.general.tables import rules as of_tables
from generator.checks.general.text_tables import rules as of_text_tables
from generator.checks.general.wording import rules as of_wording
from generator.checks.rule import Check, Outcome, Rule
from generator.core.records import replace
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

_OF_DRAFTS: tuple[Rule, ...] = (
    *of_tables.RULES,
    *of_text_tables.RULES,
    *of_wording.RULES,
    *of_documents.RULES,
)
RULES: tuple[Rule, ...] = (
    *of_sentences.RULES,
    *(replace(rule, asks=(a_draft, *rule.asks)) for rule in _OF_DRAFTS),
)
OF_OTHERS = of_documents.OF_OTHERS
CODES = frozenset(rule.code for rule in RULES) - OF_OTHERS


def _check(document: ReadDocument, pack: Pack) -> Iterable[Outcome]:
    if not document.blocks:  # data: a third of all that checks import is for drafts alone
        from generator.checks.general.sentences.checks import check_sentences

        return check_sentences(document, pack)
    from generator.checks.general.draft_checks import check_draft

    return check_draft(document, pack)


CHECKS: tuple[Check, ...] = (_check,)
