"""Renders the pack's templates into one HTML document."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from cn2an import an2cn
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generator.complaints import in_chinese
from generator.disclosure.disclosure import Disclosure, FormPosition
from generator.disclosure.performance import Indicator, OverallIndicator
from generator.document.indicators import IndicatorRow, indicator_rows
from generator.figures import Figure
from generator.findings import Finding, Place, UnusableInputError
from generator.narrative.context import Narrative, UnknownFigureError
from generator.pack.pack import Pack
from generator.pack.theme import Font
from generator.rounding import grouped, half_up
from generator.statements.table import Cell, HeadCell, Statement

_BLANK = Indicator.model_validate({"指标": "", "指标值": ""})
_BLANK_OVERALL = OverallIndicator.model_validate({"指标": "", "指标值": ""})


def render_document(
    pack: Pack,
    disclosure: Disclosure,
    statements: Mapping[str, Statement],
    narrative: Narrative,
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
        disclosure=disclosure,
        statements=statements,
        n=narrative,
        glossary=pack.glossary,
        forms_inline=position is FormPosition.INLINE,
        draft=draft,
    )


def render_stylesheet(pack: Pack) -> str:
    """Returns the CSS of the pack, filled from its theme."""
    return _render(pack, "document.css.j2")


class _PackTexts:
    """What templates see of the pack's settings."""

    def __init__(self, pack: Pack) -> None:
        self.texts = pack.settings.texts
        self.least_share = pack.settings.numbers.least_share
        self.form_index = pack.settings.form_index


def _environment(pack: Pack, *, autoescape: bool) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(pack.folder),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        num=lambda figure: _data(figure, _plain(figure)),
        sep=lambda figure: _data(figure, _separated(figure)),
        fixed=lambda figure: _data(figure, f"{figure.printed:.2f}"),
        whole=lambda figure: _data(figure, f"{half_up(figure.value, Decimal(1))}"),
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
    return Markup('<data value="{}" data-figure="{}">{}</data>').format(
        f"{figure.value:f}", figure.address, text
    )


def _plain(figure: Figure) -> str:
    return figure.text if figure.value else "0"


def _separated(figure: Figure) -> str:
    return grouped(figure.printed) if figure.value else "0"


def _span(cell: Cell | HeadCell) -> Markup:
    attributes = [
        Markup(' {}="{}"').format(name, value)
        for name in ("colspan", "rowspan")
        if (value := getattr(cell, name, 1)) > 1
    ]
    return Markup().join(attributes)


def _indicator_rows(tree: Mapping[str, Any]) -> list[IndicatorRow[Any]]:
    overall = any(
        isinstance(indicator, OverallIndicator)
        for seconds in tree.values()
        for indicators in seconds.values()
        for indicator in indicators
    )
    return indicator_rows(tree, _BLANK_OVERALL if overall else _BLANK)


def _render(pack: Pack, template: str, **context: object) -> str:
    try:
        environment = _environment(pack, autoescape=template.endswith(".html.j2"))
        return environment.get_template(template).render(**context)
    except UnknownFigureError as error:
        place = _template_place(error, pack.folder)
        raise UnusableInputError([Finding("E303", str(error), error.hint, place)]) from error
    except TemplateSyntaxError as error:
        place = Place(Path(error.filename or pack.folder / template), error.lineno, 1)
        message = f"模板写法有误：{in_chinese(error.message or '')}"
        raise UnusableInputError([Finding("E302", message, "改正这一行的写法", place)]) from error
    except (
        TemplateError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:
        place = _template_place(error, pack.folder)
        message = f"模板执行出错：{in_chinese(str(error) or type(error).__name__)}"
        remedy = "检查这一行用到的变量和过滤器"
        raise UnusableInputError([Finding("E302", message, remedy, place)]) from error


def _template_place(error: BaseException, folder: Path) -> Place:
    """The innermost template line of a traceback; Jinja rewrites them to template files."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(folder) and frame.lineno:
            return Place(file, frame.lineno, 1)
    return Place(folder)
