"""What sentences about money say by themselves, and whether it holds: no pack is needed."""

from __future__ import annotations

from generator.checks.general.sentences.checks import CHECKS
from generator.checks.general.sentences.rules import RULES

__all__ = ["CHECKS", "RULES"]
