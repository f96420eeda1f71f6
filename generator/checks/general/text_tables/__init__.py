"""What sentences say against what the tables print, in any format."""

from __future__ import annotations

from generator.checks.general.text_tables.checks import CHECKS, RULES

__all__ = ["CHECKS", "RULES"]
