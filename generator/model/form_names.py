"""What the data of performance forms may be keyed by: what the forms of a pack declare."""

from __future__ import annotations

from dataclasses import dataclass

TERM, YEAR = "实施期", "年度"
HALVES = (TERM, YEAR)
"""The halves of a form in the data: the whole term of a project, and the budget year."""
PROJECT, UNIT, DEPARTMENT = "项目名称", "实施单位", "主管部门及代码"
"""What tells whose form it is."""
FUNDS, GOALS, INDICATORS, STAMP = "资金", "总体目标", "绩效指标", "填报日期"
TOTAL = "资金总额"
"""The last step of the address of a form's total."""


@dataclass(frozen=True, slots=True)
class FormNames:
    """The keys of one form's data.

    Attributes:
        fields: the keys of the form, in the order of its rows; ``required`` of them must be there.
        halves: those of :data:`HALVES` that it has.
        funds: the rows of its money.
        indicators: first level → second levels, in pairs; ``None`` if others may be added.
    """

    fields: tuple[str, ...]
    required: tuple[str, ...] = ()
    halves: tuple[str, ...] = HALVES
    funds: tuple[str, ...] = ()
    indicators: tuple[tuple[str, tuple[str, ...]], ...] | None = None


@dataclass(frozen=True, slots=True)
class FormsNames:
    """The keys of the data of all forms; ``None`` of a form that a place does not publish."""

    project: FormNames | None = None
    overall: FormNames | None = None


NO_FORMS = FormsNames()
