"""The rules, one module for each kind of thing they look at."""

from __future__ import annotations

from generator.checks import general
from generator.checks.rule import Check, Rule
from generator.checks.rules import (
    acceptances,
    amounts,
    any_content,
    counts,
    leftovers,
    names,
    naming,
    reasons,
    statements,
    structure,
    template_sentences,
    text_figures,
    wholes,
    wording,
)
from generator.checks.rules.files import file_set, unread_pages
from generator.checks.rules.files import traces as file_traces
from generator.checks.rules.forms import dates as form_dates
from generator.checks.rules.forms import funds as form_funds
from generator.checks.rules.forms import indicators as form_indicators
from generator.checks.rules.forms import numbers as form_numbers
from generator.checks.rules.forms import overall as overall_form
from generator.checks.rules.forms import overall_staff
from generator.checks.rules.forms import projects as form_projects

_MODULES = (
    any_content,
    unread_pages,
    statements,
    amounts,
    text_figures,
    counts,
    wholes,
    overall_form,
    overall_staff,
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

OF_ANY_FORMAT = frozenset(
    rule.code
    for module in (general, any_content, unread_pages, file_traces, leftovers, wording)
    for rule in module.RULES
) | {amounts.CELL.code, amounts.NEGATIVE.code}
"""The rules that :data:`ANYWHERE` applies."""

RULES: dict[str, Rule] = {
    rule.code: rule for module in (*_MODULES, general) for rule in module.RULES
}
"""Every rule by its code."""
