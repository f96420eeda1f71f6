"""How findings name a project form: its part of the document, its subject, its place."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from generator.checks.rule import Noise, Rule
from generator.core.findings import Finding, Location
from generator.reading.document import Form, Origin, ReadDocument

Path = tuple[str | int, ...]


class FormReport(Struct, frozen=True):
    """Makes the findings of one form."""

    document: ReadDocument
    form: Form

    @property
    def subject(self) -> str:
        """The form as acceptances name it: ``绩效目标表/单位/项目``."""
        return f"绩效目标表/{self.form.name}"

    def finding(  # noqa: PLR0913 - a finding has as many parts
        self,
        rule: Rule,
        message: str,
        path: Path = (),
        *,
        steps: Iterable[str] = (),
        excerpt: str = "",
        remedy: str = "",
        also: Iterable[Location] = (),
        sure: bool = False,
    ) -> Finding | Noise:
        """A finding, or noise if the extraction of the text may have made it.

        Args:
            rule: the rule that does not hold.
            message: what is wrong.
            path: where it stands in the data of the form.
            steps: what it is about within the form, for acceptances.
            excerpt: the words as printed.
            remedy: more exact than the rule's own.
            also: other places of the same cause.
            sure: whether extraction cannot have made it, unless its reader doubted the path.
        """
        finding = rule.finding(
            message,
            self.form.place(path),
            group=self.form.group,
            subjects=[f"{self.subject}/{step}" for step in steps] or [self.subject],
            excerpt=excerpt,
            remedy=remedy,
            also=also,
        )
        noisy = self.document.origin is Origin.EXTRACTED and (not sure or self._doubted(path))
        return Noise(finding) if noisy else finding

    def _doubted(self, path: Path) -> bool:
        """Whether the reader doubted the path, a part of it or something above it."""
        return any(
            doubt[: len(path)] == path or path[: len(doubt)] == doubt
            for doubt in self.form.doubtful
        )


def yuan_in_form(value: Decimal) -> str:
    """An amount in 元 as forms print it: separators, decimals only where there are 角 or 分."""
    whole = value == value.to_integral_value()
    return f"{value:,.0f}元" if whole else f"{value:,.2f}元"
