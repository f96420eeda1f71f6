"""Rules about a document as a whole: contents, pages, required parts, other documents."""

from __future__ import annotations

from generator.checks.general.document import (
    blank_pages,
    contents,
    detail,
    glossary,
    prior,
    prior_text,
    required,
    units,
)
from generator.checks.rule import Check, Rule

_MODULES = (contents, blank_pages, required, detail, glossary, prior, prior_text, units)

RULES: tuple[Rule, ...] = tuple(rule for module in _MODULES for rule in module.RULES)
CHECKS: tuple[Check, ...] = tuple(check for module in _MODULES for check in module.CHECKS)
OF_OTHERS = frozenset(rule.code for module in (prior, prior_text, units) for rule in module.RULES)
"""The rules that compare with another document: what they tell no rule about one can know."""
