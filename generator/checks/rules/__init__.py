"""The rules, one module for each kind of thing they look at."""

from __future__ import annotations

from generator.checks.rule import Check, Rule
from generator.checks.rules import acceptances

_MODULES = (acceptances,)

CHECKS: tuple[Check, ...] = tuple(check for module in _MODULES for check in module.CHECKS)
"""Every check, in the order of the document."""

RULES: dict[str, Rule] = {rule.code: rule for module in _MODULES for rule in module.RULES}
"""Every rule by its code."""
