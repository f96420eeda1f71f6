"""The rules, one module for each kind of thing they look at."""

from __future__ import annotations

from generator.checks import general
from generator.checks.rule import Check, Rule
from generator.checks.rules import (
    acceptances,
    amounts,
    any_content,
    counts,
    file_set,
    file_traces,
    form_dates,
    form_funds,
    form_indicators,
    form_numbers,
    form_projects,
    leftovers,
    names,
    naming,
    overall_form,
    reasons,
    statements,
    structure,
    template_sentences,
    text_figures,
    unread_pages,
    wording,
)

_MODULES = (
    any_content,
    unread_pages,
    statements,
    amounts,
    text_figures,
    counts,
    overall_form,
    names,
    template_sentences,
    reasons,
    structure,
    naming,
    leftovers,
    file_traces,
    file_set,
    wording,
    form_funds,
    form_projects,
    form_indicators,
    form_numbers,
    form_dates,
    acceptances,
)

CHECKS: tuple[Check, ...] = (
    *general.CHECKS,
    *(check for module in _MODULES for check in module.CHECKS),
)
"""Every check: those of any draft first, then in the order of the document."""

ANYWHERE: tuple[Check, ...] = (
    *general.CHECKS,
    *any_content.ANYWHERE,
    *unread_pages.CHECKS,
    *amounts.ANYWHERE,
    *file_traces.CHECKS,
    *leftovers.ANYWHERE,
    *wording.ANYWHERE,
)
"""The checks that need no known part: all that is applied to a document of another format."""

RULES: dict[str, Rule] = {
    rule.code: rule for module in (*_MODULES, general) for rule in module.RULES
}
"""Every rule by its code."""
