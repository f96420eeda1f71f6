"""Renders the pack's templates into one HTML document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from cn2an import an2cn
from jinja2 import UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from generator.changes.explain import Reason
from generator.disclosure.disclosure import Disclosure, Entity, FormPosition
from generator.disclosure.performance import Indicator, OverallIndicator
from generator.document.indicators import IndicatorRow, indicator_rows
from generator.document.kept_parts import KeptParts, Questions
from generator.figures import Figure, UnknownFigureError
from generator.findings import Finding, UnusableInputError
from generator.narrative.context import Narrative
from generator.pack.outline import Outline
from generator.pack.pack import Pack
from generator.pack.templates import sandbox, template_errors, template_place
from generator.pack.theme import Font
from generator.remembered import Same
from generator.statements.table import Cell, HeadCell, Statement

_BLANK = Indicator.model_validate({"指标": "", "指标值": ""})
_BLANK_OVERALL = OverallIndicator.model_validate({"指标": "", "指标值": ""})


def render_document(
    pack: Pack,
    disclosure: Disclosure,
    statements: Mapping[str, Statement],
    narrative: Narrative,
    reasons: Mapping[str, Reason | None],
    *,
    draft: bool,
) -> str:
    """Returns the HTML document as the pack's templates write it.

    Raises:
        UnusableInputError: E302 for a template error, E303 for an unknown figure,
            each with the template's file and line.
    """
    position = disclosure.publication.form_position or pack.settings.form_position
    return _render(
        pack,
        "document.html.j2",
        entity=disclosure.entity,
        heading=partial(_heading, pack.outline, disclosure.entity),
        disclosure=disclosure,
        statements=statements,
        n=Questions(narrative),
        reasons=_Reasons(reasons, pack.settings.texts.get("自动原因标记", "") if draft else ""),
        glossary=pack.glossary,
        forms_inline=position is FormPosition.INLINE,
        draft=draft,
    )


def _heading(outline: Outline, entity: Entity, name: str) -> str:
    """The heading of a part or section, by its name in outline.yaml."""
    if name not in outline.by_id:
        raise UndefinedError(f"outline.yaml 里没有“{name}”")
    return outline.by_id[name].filled(entity)


def render_stylesheet(pack: Pack) -> str:
    """Returns the CSS of the pack, filled from its theme."""
    return _render(pack, "document.css.j2")


class _Reasons:
    """What templates see of the reasons: by name, with the mark of those a machine wrote."""

    def __init__(self, reasons: Mapping[str, Reason | None], mark: str) -> None:
        self._reasons = reasons
        self._mark = mark

    def __getitem__(self, name: str) -> dict[str, str] | None:
        reason = self._reasons.get(name)
        if reason is None:
            return None
        return {"text": reason.text, "mark": self._mark if reason.automatic else ""}


class _PackTexts:
    """What templates see of the pack's settings."""

    def __init__(self, pack: Pack) -> None:
        self.texts = pack.settings.texts
        self.least_share = pack.settings.numbers.least_share
        self.form_index = pack.settings.form_index
        self.waterfall = pack.settings.charts.waterfall
        self.by_part = pack.settings.reasons.by_part
        self.most_parts = pack.settings.reasons.most


def _environment(pack: Pack, *, autoescape: bool) -> ImmutableSandboxedEnvironment:
    environment = sandbox(pack.folder, autoescape=autoescape, extensions=(KeptParts,))
    numbers = pack.settings.numbers
    environment.extend(shown_pack=(Same(pack.settings), Same(pack.theme)))
    environment.filters.update(
        num=lambda figure: _data(figure, numbers.plain(figure)),
        sep=lambda figure: _data(figure, numbers.in_text(figure)),
        fixed=lambda figure: _data(figure, numbers.in_overall_form(figure)),
        form=lambda figure: _data(figure, numbers.in_form(figure)),
        whole=lambda figure: _data(figure, numbers.whole(figure)),
        cell=lambda figure: _data(figure, figure.text) if figure.text else "",
        chinese=lambda number: an2cn(str(number), "low"),
    )
    environment.globals.update(
        pack=_PackTexts(pack),
        theme=pack.theme,
        font=lambda role: pack.theme.fonts[role].pdf,
        families=lambda role: _families(pack.theme.fonts[role]),
        span=_span,
        indicator_rows=_indicator_rows,
    )
    return environment


def _families(font: Font) -> str:
    """A CSS font list: what the PDF embeds, then what a reader's own computer may have."""
    return ", ".join([f'"{font.pdf}"', f'"{font.docx}"', "serif"])


def _data(figure: Figure, text: str) -> Markup:
    address = escape(figure.address)
    return Markup(  # noqa: S704 -- escaped; numbers need not be
        f'<data value="{figure.value:f}" data-figure="{address}">{escape(text)}</data>'
    )


def _span(cell: Cell | HeadCell) -> Markup:
    rowspan = getattr(cell, "rowspan", 1)
    if cell.colspan == rowspan == 1:  # as almost always
        return _NO_SPAN
    attributes = [
        Markup(' {}="{}"').format(name, value)
        for name, value in (("colspan", cell.colspan), ("rowspan", rowspan))
        if value > 1
    ]
    return Markup().join(attributes)


_NO_SPAN = Markup()


def _indicator_rows(tree: Mapping[str, Any]) -> list[IndicatorRow[Any]]:
    overall = any(
        isinstance(indicator, OverallIndicator)
        for seconds in tree.values()
        for indicators in seconds.values()
        for indicator in indicators
    )
    return indicator_rows(tree, _BLANK_OVERALL if overall else _BLANK)


def _render(pack: Pack, template: str, **context: object) -> str:
    with template_errors(pack.folder, template):
        environment = _environment(pack, autoescape=template.endswith(".html.j2"))
        try:
            return environment.get_template(template).render(**context)
        except UnknownFigureError as error:
            place = template_place(error, pack.folder)
            unknown = Finding("E303", str(error), error.hint, place)
            raise UnusableInputError([unknown]) from error
