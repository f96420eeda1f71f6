"""How any disclosure is worded: reasons, names of subjects, full stops, what it calls itself."""

from __future__ import annotations

from generator.checks.general.wording.checks import CHECKS
from generator.checks.general.wording.rules import RULES

__all__ = ["CHECKS", "RULES"]
