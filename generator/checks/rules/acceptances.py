"""What the data accepts must still be there."""

from __future__ import annotations

from generator.checks.rule import Check, Rule

RULES = (
    Rule(
        "W751",
        "按实公布说明没有对应的问题",
        "“按实公布说明”里的每一条都对应一个检查结果。",
        "问题已经改正，或规则、对象写错；多余的说明会掩盖以后真正的问题。",
        "删除这一条，或改正“规则”“对象”",
        "本项目约定",
    ),
)
CHECKS: tuple[Check, ...] = ()
"""Applied by :mod:`generator.checks.run`, which knows what was found."""
