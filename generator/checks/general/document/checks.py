"""All that is checked of a document as a whole."""

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
from generator.checks.rule import Check

_MODULES = (contents, blank_pages, required, detail, glossary, prior, prior_text, units)
CHECKS: tuple[Check, ...] = tuple(check for module in _MODULES for check in module.CHECKS)
