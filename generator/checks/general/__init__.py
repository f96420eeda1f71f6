"""Rules for any draft, whatever its format: they need no pack and are applied before its rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType

from generator.checks.asks import a_draft
from generator.checks.general import document as whole_document
from generator.checks.general import sentences, tables, text_tables, wording
from generator.checks.general.pack_names import named_by_pack
from generator.checks.rule import Check, Outcome, Rule
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

_MODULES: tuple[ModuleType, ...] = (tables, sentences, text_tables, wording, whole_document)
"""Each holds ``RULES`` and ``CHECKS``."""

RULES: tuple[Rule, ...] = tuple(
    replace(rule, asks=(a_draft, *rule.asks)) for module in _MODULES for rule in module.RULES
)
OF_OTHERS = whole_document.OF_OTHERS
CODES = frozenset(rule.code for rule in RULES) - OF_OTHERS


def _of_drafts(check: Check) -> Check:
    """A check that is applied only if there is a draft: data has no blocks."""

    def apply(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
        if document.blocks:
            for outcome in check(document, pack):
                yield named_by_pack(outcome, document)

    return apply


CHECKS: tuple[Check, ...] = tuple(
    _of_drafts(check) for module in _MODULES for check in module.CHECKS
)
