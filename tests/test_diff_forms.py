"""Which form of one side is which of the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.compare.forms.forms import compare_forms
from generator.compare.text.differences import Wording
from generator.core.records import replace
from generator.drafts.draft import Block, Draft, Paragraph, Row, Spot, Table
from generator.drafts.parts.split import outline
from generator.reading.document import Form, ReadDocument
from tests.conftest import UNIT
from tests.formats import FORMS_FORMAT


def _misspelt(form: Form, unit: str) -> Form:
    """A form whose project has another last character."""
    content = form.content
    texts = {"project": f"{content.project[:-1]}处", "unit": unit}
    return replace(form, content=content.model_copy(update=texts))


@pytest.mark.parametrize("unit_is_read", [True, False])
def test_a_form_whose_project_is_misspelt_is_the_same_form(
    unit_is_read: bool, of_data: Callable[[str], ReadDocument]
) -> None:
    forms = of_data(UNIT).forms
    theirs = [_misspelt(form, form.content.unit if unit_is_read else "") for form in forms]
    parts = list(compare_forms(forms, theirs, Wording()))
    assert len(parts) == len(forms)
    assert [part.difference for part in parts] == [None] * len(forms)


def test_a_heading_of_a_unit_belongs_to_its_first_form() -> None:
    """Not to the last form of the unit before it: there nobody would look for it."""
    lines = (
        ("教育局项目支出绩效目标表", "校舍维修", "教育局"),
        ("第一中学项目支出绩效目标表", "设备购置", "第一中学"),
        ("", "图书购置", "第一中学"),
    )
    blocks: list[Block] = []
    for number, (heading, project, unit) in enumerate(lines):
        spot = Spot("段", number)
        titles = filter(None, (heading, "项目支出绩效目标表", "（2025年度）"))
        blocks += [Paragraph(title, spot) for title in titles]
        rows = [("项目名称", project), ("主管部门及代码", "教育局", "实施单位", unit)]
        blocks.append(Table([Row(cells, spot) for cells in rows]))
    forms = outline(Draft(Path("甲.docx"), tuple(blocks)), FORMS_FORMAT).forms
    assert [[line.text for line in form.title] for form in forms] == [
        ["教育局项目支出绩效目标表", "项目支出绩效目标表", "（2025年度）"],
        ["第一中学项目支出绩效目标表", "项目支出绩效目标表", "（2025年度）"],
        ["项目支出绩效目标表", "（2025年度）"],
    ]
