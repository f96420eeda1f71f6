"""How drafts write the labels of a place's performance forms, as regular expressions.

They read folded and squeezed texts (:mod:`generator.drafts.words.text`). Extraction clips labels at
either end; the pack's other wordings let that pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded, squeezed
from generator.drafts.words.units import UNIT as MONEY
from generator.drafts.words.units import without_unit
from generator.model.form_names import PROJECT, UNIT
from generator.pack.form_parts import FormBlock, Labelled
from generator.pack.forms import (
    NO_FORMS,
    Forms,
    OverallFormDefinition,
    ProjectFormDefinition,
    without_colon,
)

NEVER = late_pattern(r"(?!)")
_PLACEHOLDERS = {"年度": r"\d{4}", "类型": r"(部门|单位)(\(单位\))?", "名称": ".*"}
_OF_WHICH = "(其中:?)?"


class ProjectLabels(Struct, frozen=True):
    """The labels of the form of one project.

    Attributes:
        form: its declaration.
        title, index: what stands above a form, and above the list of forms.
        texts: the labels of its texts by their keys, in the order of the form.
        shapes: what a text is made of; anything else in a text draft is doubted.
        funds, totals, sources: the labels of money; totals by half, sources by key.
        piece: what is left of a label of money that was broken in two.
        goals, goal_heads: the label of the goals, the heads above them by half.
        indicators: the label of the table of indicators.
        signatures: how a cell of the foot begins; ``foot`` is a whole one. ``stamp`` has what
            stands behind the date as its group.
    """

    form: ProjectFormDefinition
    title: re.Pattern[str]
    index: re.Pattern[str]
    texts: Mapping[str, re.Pattern[str]]
    shapes: Mapping[str, re.Pattern[str]]
    funds: re.Pattern[str]
    totals: Mapping[str, re.Pattern[str]]
    sources: Mapping[str, re.Pattern[str]]
    piece: re.Pattern[str]
    goals: re.Pattern[str]
    goal_heads: Mapping[str, re.Pattern[str]]
    indicators: re.Pattern[str]
    signatures: re.Pattern[str]
    foot: re.Pattern[str]
    stamp: re.Pattern[str]

    @property
    def project(self) -> re.Pattern[str]:
        """The label of the project's name."""
        return self.texts[PROJECT]

    @property
    def unit(self) -> re.Pattern[str]:
        """The label of the unit that answers for it."""
        return self.texts.get(UNIT, NEVER)

    @property
    def named_first(self) -> bool:
        """Whether a form begins with the project's name, which then tells one from the next."""
        cells = self.form.rows[0].cells
        return bool(cells) and cells[0].key == PROJECT

    @property
    def below_indicators(self) -> tuple[re.Pattern[str], ...]:
        """The labels of the blocks that the form has below its indicators."""
        blocks = self.form.blocks
        labels = {FormBlock.FUNDS: self.funds, FormBlock.GOALS: self.goals}
        at = blocks.index(FormBlock.INDICATORS) if FormBlock.INDICATORS in blocks else len(blocks)
        return tuple(labels[block] for block in blocks[at:] if block in labels)

    def is_label(self, key: str) -> bool:
        """Whether a text is a label of a text or of money."""
        labels = (*self.texts.values(), *self.totals.values(), *self.sources.values(), self.funds)
        return any(label.fullmatch(key) for label in labels)


class OverallLabels(Struct, frozen=True):
    """The labels of the form of the whole department or unit; see :class:`ProjectLabels`.

    ``groups`` are labels to the left of several rows, ``budget`` those of its money.
    """

    form: OverallFormDefinition
    title: re.Pattern[str]
    texts: Mapping[str, re.Pattern[str]]
    groups: re.Pattern[str]
    budget: re.Pattern[str]
    tasks: re.Pattern[str]
    task: re.Pattern[str]
    indicators: re.Pattern[str]


class FormLabels(Struct, frozen=True):
    """The labels of all forms; ``None`` of one that the place does not publish."""

    project: ProjectLabels | None = None
    overall: OverallLabels | None = None


@memo(16)
def form_labels(forms: Forms = NO_FORMS) -> FormLabels:
    """The labels of a pack's forms."""
    overall = _overall(forms.overall) if forms.overall else None
    other = overall.title if overall else NEVER
    return FormLabels(_project(forms.project, other) if forms.project else None, overall)


def label_named(labels: Mapping[str, re.Pattern[str]], key: str) -> str:
    """The name of the label that a text is, or ``""``."""
    return next((name for name, label in labels.items() if label.fullmatch(key)), "")


def _project(form: ProjectFormDefinition, overall: re.Pattern[str]) -> ProjectLabels:
    funds, goals, signatures = form.funds, form.goals, form.signatures
    foot = "|".join(_wording(signature.title, signature.also) for signature in signatures)
    stamp = _wording(form.stamp.title, form.stamp.also) if form.stamp else ""
    return ProjectLabels(
        form,
        title=_title(form, overall),
        index=_pattern(form.index.title, form.index.also) if form.index else NEVER,
        texts={cell.key: _pattern(cell.label, cell.also) for cell in form.cells},
        shapes=_shapes(form),
        funds=_of_money(funds.title, funds.also) if funds else NEVER,
        totals={
            half: _pattern(form.total_label(half), ()) for half in form.halves if funds is not None
        },
        sources={
            each.key: _pattern(each.label, each.also, _OF_WHICH)
            for each in (funds.sources if funds else ())
        },
        piece=late_pattern("|".join(funds.pieces)) if funds and funds.pieces else NEVER,
        goals=_pattern(goals.title, goals.also) if goals else NEVER,
        goal_heads={
            head.half: _pattern(head.title, head.also) for head in (goals.heads if goals else ())
        },
        indicators=_of(form.indicators),
        signatures=late_pattern(f"(?:{foot}):") if foot else NEVER,
        foot=late_pattern(f"(?:{foot}):.*" + (f"|.*(?:{stamp}).*" if stamp else ""))
        if foot
        else NEVER,
        stamp=late_pattern(f"(?:{stamp}):?(?P<date>.*)") if stamp else NEVER,
    )


def _title(form: ProjectFormDefinition, overall: re.Pattern[str]) -> re.Pattern[str]:
    """The title of a form, also with the unit before it whose forms follow; not that of another."""
    of_unit = rf"(?!{overall.pattern}$)[^,。;:]{{2,40}}(?:{_wording(form.title, ())})"
    return late_pattern(f"{_pattern(form.title, form.also).pattern}|{of_unit}")


def _shapes(form: ProjectFormDefinition) -> Mapping[str, re.Pattern[str]]:
    shaped = {cell.key: cell.shape for cell in form.cells}
    shaped |= {signature.key: signature.shape for signature in form.signatures if signature.key}
    return {key: late_pattern(shape) for key, shape in shaped.items() if shape}


def _overall(form: OverallFormDefinition) -> OverallLabels:
    groups = [_wording(row.group.title, ()) for row in form.rows if row.group]
    budget, tasks = form.budget, form.tasks
    heads = (budget.title, budget.sources.title, budget.uses.title) if budget else ()
    return OverallLabels(
        form,
        title=_pattern(form.title, form.also),
        texts={cell.key: _pattern(cell.label, cell.also, _OF_WHICH) for cell in form.cells},
        groups=late_pattern("|".join(groups)) if groups else NEVER,
        budget=late_pattern("|".join(_wording(head, ()) for head in heads)) if heads else NEVER,
        tasks=_pattern(tasks.title, ()) if tasks else NEVER,
        task=_pattern(tasks.task, ()) if tasks else NEVER,
        indicators=_of(form.indicators),
    )


def _of(part: Labelled | None) -> re.Pattern[str]:
    return _pattern(part.title or "", part.also) if part else NEVER


def _pattern(label: str, also: Iterable[str], before: str = "") -> re.Pattern[str]:
    """A label, perhaps with a colon; what drafts may put before it need not be there."""
    return late_pattern(f"{before}(?:{_wording(label, also, before)}):?")


def _of_money(label: str, also: Iterable[str]) -> re.Pattern[str]:
    """A label whose unit may be another one, or be left out."""
    wording = _wording(without_unit(squeezed(label)), also)
    return late_pattern(rf"(?:{wording})(\((单位:)?{MONEY}\))?:?")


def _wording(label: str, also: Iterable[str], before: str = "") -> str:
    """A label in all its wordings; what may stand before it is no part of it."""
    plain = [form for fold in (squeezed, folded) if (form := without_colon(fold(label)))]
    if before:
        plain = [re.sub(f"^{before}", "", form) for form in plain]
    return "|".join(dict.fromkeys([*map(_open, plain), *also]))


def _open(label: str) -> str:
    """A label as an expression, whatever year, kind and name it has."""
    wording = re.escape(label)
    for placeholder, pattern in _PLACEHOLDERS.items():
        wording = wording.replace(re.escape(f"{{{placeholder}}}"), pattern)
    return wording
