"""Rules that look at one form at a time: equal forms are examined once in a process.

Such a rule sees no places: what it finds has paths, which become places when it is told of a
form of the document that is being checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec import Struct

from generator.checks.forms.project_match import folded_name
from generator.checks.forms.report import FormReport, Path
from generator.checks.rule import Outcome, Passed, Rule, Unchecked
from generator.core.memo import Same, memo
from generator.model.form_names import YEAR
from generator.model.performance import ProjectForm
from generator.pack.forms import ProjectFormDefinition
from generator.pack.pack import Pack
from generator.reading.document import Form, FormContents, ReadDocument

_REMEMBERED = 1 << 11
"""Of so many forms each rule remembers what it found."""


class ExaminedForm(Struct, frozen=True):
    """All that a rule about one form looks at; it finds the same in equal ones.

    Attributes:
        year: the budget year, 0 if it was not read.
        namesakes: the money of the year in 元 of all forms of the same unit and name.
        declared: what the pack declares of the form.
    """

    contents: FormContents
    year: int
    namesakes: Decimal
    declared: Same[ProjectFormDefinition]

    @property
    def definition(self) -> ProjectFormDefinition:
        """What the pack declares of the form."""
        return self.declared.it

    @property
    def content(self) -> ProjectForm:
        """The form as its data has it."""
        return self.contents.content

    @property
    def totals(self) -> dict[str, Decimal]:
        """资金总额 as printed, in 元, by period."""
        return dict(self.contents.totals)


class Found(Struct, frozen=True):
    """What is wrong in a form; the attributes are those of :meth:`FormReport.finding`."""

    rule: Rule
    message: str
    path: Path = ()
    steps: tuple[str, ...] = ()
    excerpt: str = ""
    remedy: str = ""
    also: tuple[Path, ...] = ()
    sure: bool = False


class Unread(Struct, frozen=True):
    """A comparison that cannot be made in a form, and why."""

    code: str
    why: str


FormOutcome = Found | Unread | Passed
Examination = Callable[[ExaminedForm], Iterator[FormOutcome]]


class OfEachForm(Struct, frozen=True):
    """A check that examines every form; ``remembering`` is the examination, done once for each."""

    remembering: Callable[[ExaminedForm], tuple[FormOutcome, ...]]

    def __call__(self, document: ReadDocument, pack: Pack) -> Iterator[Outcome]:  # noqa: ARG002
        """Tells what is found, form by form."""
        for form, examined in _examined(document.forms, document.year):
            for outcome in self.remembering(examined):
                yield _told(document, form, outcome)


def of_each_form(examine: Examination) -> OfEachForm:
    """The check that an examination of one form makes."""

    @memo(_REMEMBERED)
    def remembering(form: ExaminedForm) -> tuple[FormOutcome, ...]:
        return tuple(examine(form))

    return OfEachForm(remembering)


@memo(1)  # one rule after the other asks for the forms of one document
def _examined(forms: tuple[Form, ...], year: int) -> list[tuple[Form, ExaminedForm]]:
    keys = [(folded_name(form.content.unit), folded_name(form.content.project)) for form in forms]
    money: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for key, form in zip(keys, forms, strict=True):
        money[key] += form.totals.get(YEAR, Decimal())
    return [
        (form, ExaminedForm(form.contents, year, money[key], Same(form.definition)))
        for key, form in zip(keys, forms, strict=True)
    ]


def _told(document: ReadDocument, form: Form, outcome: FormOutcome) -> Outcome:
    if isinstance(outcome, Passed):
        return outcome
    if isinstance(outcome, Unread):
        return Unchecked(outcome.code, form.group, outcome.why)
    return FormReport(document, form).finding(
        outcome.rule,
        outcome.message,
        outcome.path,
        steps=outcome.steps,
        excerpt=outcome.excerpt,
        remedy=outcome.remedy,
        also=map(form.place, outcome.also),
        sure=outcome.sure,
    )
