"""All that is checked of tables."""

from __future__ import annotations

from generator.checks.general.tables import codes, facts, sums
from generator.checks.rule import Check

CHECKS: tuple[Check, ...] = (*sums.CHECKS, *facts.CHECKS, *codes.CHECKS)
