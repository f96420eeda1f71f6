"""Tables by what their heads say: sums, one fact in several tables, codes."""

from __future__ import annotations

from generator.checks.rule import Check, Rule

RULES: tuple[Rule, ...] = ()
CHECKS: tuple[Check, ...] = ()
