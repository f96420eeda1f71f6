"""Tables by what their heads say: sums, one fact in several tables, codes."""

from __future__ import annotations

from generator.checks.general.tables import codes, facts, sums
from generator.checks.rule import Check, Rule

_MODULES = (sums, facts, codes)
RULES: tuple[Rule, ...] = tuple(rule for module in _MODULES for rule in module.RULES)
CHECKS: tuple[Check, ...] = tuple(check for module in _MODULES for check in module.CHECKS)
