"""What rules ask of a document and of its pack: one that lacks it makes the rule 不适用.

Each is called with the document and its pack, and says what is lacking; empty if nothing is.
"""

from __future__ import annotations

from generator.checks.rule import Ask
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import Origin, ReadDocument


def a_draft(document: ReadDocument, _: Pack) -> str:
    """Data has no file, no page and no words that others have typed."""
    return "数据没有文件和版面" if document.origin is Origin.DATA else ""


def a_file_of_kind(suffix: str) -> Ask:
    """A draft in a file of one kind."""

    def ask(document: ReadDocument, pack: Pack) -> str:
        other = "" if document.file.suffix.lower() == suffix else f"不是 {suffix} 文件"
        return a_draft(document, pack) or other

    return ask


def an_unknown_format(document: ReadDocument, _: Pack) -> str:
    """A draft that no pack knows: of others, the rules of the pack say more."""
    return "认出了模板包，由别的规则核对" if document.follows_pack else ""


def the_year_before(document: ReadDocument, _: Pack) -> str:
    """What was published a year ago."""
    return "" if document.prior else "没有用 --prior 给出上年的文件"


def documents_of_units(document: ReadDocument, _: Pack) -> str:
    """What the units of a department publish."""
    return "" if document.unit_documents else "没有用 --units 给出各单位的文件"


def a_part(*roles: Role) -> Ask:
    """A part of the outline with one of these roles."""

    def ask(_: ReadDocument, pack: Pack) -> str:
        known = any(pack.outline.of(role) for role in roles)
        return "" if known else f"模板包没有{'、'.join(f'“{role}”' for role in roles)}这一部分"

    return ask


def a_table_of_projects(_: ReadDocument, pack: Pack) -> str:
    """A statement that lists projects one by one."""
    listed = any(statement.shows("项目") for statement in pack.statements)
    return "" if listed else "模板包没有逐个列出项目的报表"


def project_forms(_: ReadDocument, pack: Pack) -> str:
    """The form of a project."""
    return "" if pack.forms.project else "模板包没有项目绩效目标表"


def money_of_forms(_: ReadDocument, pack: Pack) -> str:
    """Money in the form of a project."""
    form = pack.forms.project
    return "" if form is None or form.funds else "模板包的项目绩效目标表没有资金"


def indicators_of_forms(_: ReadDocument, pack: Pack) -> str:
    """Indicators in the form of a project."""
    form = pack.forms.project
    return "" if form is None or form.indicators else "模板包的项目绩效目标表没有绩效指标"


def both_halves(_: ReadDocument, pack: Pack) -> str:
    """A form of a project with the whole term beside the year."""
    form = pack.forms.project
    return "" if form is None or form.both_halves else "模板包的项目绩效目标表没有实施期"


def an_overall_form(_: ReadDocument, pack: Pack) -> str:
    """The form of a whole department or unit."""
    return "" if pack.forms.overall else "模板包没有整体绩效目标表"
