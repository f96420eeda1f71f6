"""Renders the pack's templates into one HTML document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinja2 import UndefinedError
from markupsafe import Markup

from generator.changes.explain import Reason
from generator.compose.document.form_places import at, block_places, row_places
from generator.compose.document.indicators import IndicatorRow, indicator_rows
from generator.compose.document.kept_parts import KeptParts, Questions
from generator.compose.narrative.context import Narrative
from generator.compute.statements.table import HeadCell, Statement, StatementCell
from generator.core.dates import read_date, written_date
from generator.core.figures import Figure, UnknownFigureError
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.installed_fonts import has_bold
from generator.core.memo import Same
from generator.core.numbers.numerals import chinese_numeral
from generator.core.text.patterns import late_pattern
from generator.model.disclosure import Disclosure, Entity, FormPosition
from generator.model.performance import Indicator, OverallIndicator
from generator.pack.forms import Forms, filled_form
from generator.pack.outline import Heading, Outline
from generator.pack.pack import Pack
from generator.pack.templates.budget import BudgetError
from generator.pack.templates.environment import sandbox, template_errors, template_place
from generator.pack.templates.escaping import escaped_text
from generator.pack.templates.sandbox import Sandbox
from generator.pack.templates.shown import Record, record_type, value_in_templates
from generator.pack.theme import Font

_CONTROL = late_pattern("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST_TAGS = 2_000_000
"""Tags of a document; as a tree, each takes some two hundred bytes."""
_BLANK: Record = value_in_templates(Indicator.model_validate({"指标": "", "指标值": ""}))
_BLANK_OVERALL: Record = value_in_templates(
    OverallIndicator.model_validate({"指标": "", "指标值": ""})
)


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
    context = shown_document(pack, disclosure, statements, narrative, reasons, draft=draft)
    return _render(pack, "document.html.j2", context, disclosure.entity, len(disclosure.forms))


def shown_document(
    pack: Pack,
    disclosure: Disclosure,
    statements: Mapping[str, Statement],
    narrative: Narrative,
    reasons: Mapping[str, Reason | None],
    *,
    draft: bool,
) -> dict[str, Any]:
    """All that the templates of a document see, by name: plain values, and the narrative."""
    position = disclosure.publication.form_position or pack.settings.form_position
    mark = pack.settings.texts.get("自动原因标记", "") if draft else ""
    data = value_in_templates(disclosure)
    return {
        "entity": data.entity,
        "disclosure": data,
        "statements": value_in_templates(statements),
        "n": Questions(narrative),
        "reasons": value_in_templates(
            {name: _reason(reason, mark) for name, reason in reasons.items()}
        ),
        "asset_date": _asset_date(pack, disclosure),
        "published": pack.settings.dated(disclosure.publication.published or ""),
        "glossary": value_in_templates(disclosure.glossary or pack.glossary),
        "forms_inline": position is FormPosition.INLINE,
        "draft": draft,
    }


def _asset_date(pack: Pack, disclosure: Disclosure) -> str:
    """The day of last year that the assets are counted on."""
    words = disclosure.assets.as_of or pack.vocabulary.asset_days[0]
    text = f"{disclosure.entity.year - 1}年{words}"
    day = read_date(text)
    return written_date(day, pack.settings.date_pattern) if day else text


def render_stylesheet(pack: Pack) -> str:
    """Returns the CSS of the pack, filled from its theme."""
    text = _render(pack, "document.css.j2", {})
    if found := _CONTROL.search(text):  # of the document, whoever parses it will say so
        message = f"写出的样式表含有不能打印的字符 U+{ord(found.group()):04X}"
        place = Location(pack.folder / "document.css.j2")
        raise UnusableInputError([Finding("E302", message, "删除这个字符", place)])
    return text


def _reason(reason: Reason | None, mark: str) -> dict[str, str] | None:
    """What templates see of a reason: its words, and the mark of those a machine wrote."""
    if reason is None:
        return None
    return {"text": reason.text, "mark": mark if reason.automatic else ""}


@dataclass(frozen=True, slots=True)
class _PackTexts:
    """What templates see of the pack's settings."""

    texts: Mapping[str, str]
    least_share: Decimal
    form_index: bool
    waterfall: bool
    by_part: bool
    most_parts: int


def _pack_texts(pack: Pack) -> _PackTexts:
    settings = pack.settings
    return _PackTexts(
        settings.texts,
        settings.numbers.least_share,
        settings.form_index,
        settings.charts.waterfall,
        settings.reasons.by_part,
        settings.reasons.most,
    )


def _environment(pack: Pack, entity: Entity | None = None, *, autoescape: bool) -> Sandbox:
    environment = sandbox(pack.folder, autoescape=autoescape, extensions=(KeptParts,))
    numbers = pack.settings.numbers
    named = (entity.year, entity.kind, entity.name) if entity else None  # as headings name it
    environment.extend(
        shown_pack=(
            Same(pack.settings),
            Same(pack.theme),
            Same(pack.outline),
            Same(pack.forms),
            named,
        )
    )
    cell = _of_figure(lambda figure: figure.text)
    environment.filters.update(
        num=_of_figure(numbers.plain),
        sep=_of_figure(numbers.in_text),
        fixed=_of_figure(numbers.in_overall_form),
        form=_of_figure(numbers.in_form),
        whole=_of_figure(numbers.whole),
        date=lambda text: pack.settings.dated(str(text)),
        cell=lambda figure: cell(figure) if figure.text else "",
        chinese=lambda number: chinese_numeral(int(number)),
    )
    environment.globals.update(
        pack=value_in_templates(_pack_texts(pack)),
        theme=value_in_templates(pack.theme),
        money_unit=numbers.text_unit.value,
        form_zero=numbers.overall_form_zero,
    )
    environment.offer(
        font=lambda role: ", ".join(pack.theme.fonts[role].wanted),
        bold=lambda role: has_bold(pack.theme.fonts[role].wanted),
        families=lambda role: _families(pack.theme.fonts[role]),
        letter_spacing=lambda selector: pack.theme.letter_spacing(pack.theme.exactly(selector)),
        span=_span,
        at=at,
        block_places=block_places,
        row_places=row_places,
        indicator_rows=_indicator_rows,
    )
    if entity is not None:
        environment.offer(
            heading=_headings(pack.outline, entity, Heading.filled),
            listed=_headings(pack.outline, entity, Heading.in_contents),
            form_of=_forms(pack.forms, entity),
        )
    return environment


def _headings(
    outline: Outline, entity: Entity, filled: Callable[[Heading, Entity], str]
) -> Callable[[str], str]:
    """What gives templates the heading of a part or section, by its name in outline.yaml."""

    def heading(name: str) -> str:
        if name not in outline.by_id:
            raise UndefinedError(f"outline.yaml 里没有“{name}”")
        try:
            return filled(outline.by_id[name], entity)
        except KeyError as error:  # a title for departments alone, or for units alone
            message = f"outline.yaml 里“{name}”没有写{entity.kind}的标题"
            raise UndefinedError(message) from error

    return heading


def _forms(forms: Forms, entity: Entity) -> Callable[[str], Record | None]:
    """What gives templates a performance form, 项目 or 整体; ``None`` if the pack has none."""
    shown = {
        kind: value_in_templates(filled_form(form, entity)) if form else None
        for kind, form in (("项目", forms.project), ("整体", forms.overall))
    }

    def form_of(kind: str) -> Record | None:
        if kind not in shown:
            raise UndefinedError(f"没有“{kind}”这种绩效目标表，只有{'、'.join(shown)}")
        return shown[kind]

    return form_of


def _families(font: Font) -> str:
    *named, generic = font.families
    return ", ".join([*(f'"{family}"' for family in named), generic])


def _of_figure(written: Callable[[Figure], str]) -> Callable[[Figure], Markup]:
    """A filter that prints a figure with its address."""

    def data(figure: Figure) -> Markup:
        if not isinstance(figure, Figure):
            raise TypeError("not a figure")
        if not figure.known:
            return Markup('<span class="unfilled">{}</span>').format(figure.text)
        address, text = escaped_text(figure.address), escaped_text(written(figure))
        return Markup(  # noqa: S704 -- escaped; numbers need not be
            f'<data value="{figure.value:f}" data-figure="{address}">{text}</data>'
        )

    return data


def _span(cell: StatementCell | HeadCell) -> Markup:
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


def _indicator_rows(tree: Mapping[str, Any]) -> list[IndicatorRow[Record]]:
    overall = any(
        isinstance(indicator, record_type(OverallIndicator))
        for seconds in tree.values()
        for indicators in seconds.values()
        for indicator in indicators
    )
    return indicator_rows(tree, _BLANK_OVERALL if overall else _BLANK)


def _render(
    pack: Pack,
    template: str,
    context: Mapping[str, object],
    entity: Entity | None = None,
    forms: int = 0,
) -> str:
    with template_errors(pack.folder, template):
        environment = _environment(pack, entity, autoescape=template.endswith(".html.j2"))
        environment.budget.allow_forms(forms)
        try:
            text: str = environment.get_template(template).render(context)
            if text.count("<") > _MOST_TAGS:
                raise BudgetError(f"more than {_MOST_TAGS} tags")
            text.encode()  # half a character, as "\ud800" makes one, cannot be written
            return text
        except UnknownFigureError as error:
            place = template_place(error, pack.folder)
            unknown = Finding("E303", str(error), error.hint, place)
            raise UnusableInputError([unknown]) from error
