"""Amounts stay inside their cells: columns widen, tables shrink, or nothing is printed."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import yaml

from generator.compose.compose import compose
from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_stylesheet
from generator.compose.document.tree import HtmlDocument
from generator.core.findings import UnusableInputError
from generator.core.records import replace
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.pack.theme import Theme
from generator.printing.columns.cells import column_shares
from generator.printing.columns.fit import fit_amounts
from generator.printing.columns.size import size_of
from generator.printing.columns.widths import ColumnNeeds, fitting_widths
from generator.printing.docx.writer import write_docx
from generator.printing.kept import KeptPieces
from generator.printing.pdf import print_pdf
from tests.conftest import ROOT
from tests.generated import write_entity
from tests.ruled_pages import crossed, vertical_rules

# Widths


def test_columns_of_text_give_in_proportion_to_what_they_can_spare() -> None:
    columns = [ColumnNeeds(50, 70, 40), ColumnNeeds(100, 0, 40), ColumnNeeds(60, 0, 40)]
    assert fitting_widths(columns) == pytest.approx([70, 85, 55])


def test_columns_of_small_amounts_give_when_text_has_given_all() -> None:
    columns = [ColumnNeeds(50, 80, 40), ColumnNeeds(60, 0, 45), ColumnNeeds(90, 50, 40)]
    assert fitting_widths(columns) == pytest.approx([80, 45, 75])


def test_amounts_that_need_more_than_the_table_has_do_not_fit() -> None:
    assert fitting_widths([ColumnNeeds(50, 80, 40), ColumnNeeds(50, 0, 40)]) is None


def test_a_narrow_column_of_text_is_not_widened() -> None:
    assert fitting_widths(
        [ColumnNeeds(50, 60, 40), ColumnNeeds(20, 0, 40), ColumnNeeds(80, 0, 40)]
    ) == (pytest.approx([60, 20, 70]))


# Documents


def page(amount: str, shares: str = "60 20 20", *, kind: str = "statement", row: str = "") -> str:
    columns = "".join(f'<col style="width: {share}%"/>' for share in shares.split())
    texts = "<td>甲</td>" * (shares.count(" ") - 1)
    return f"""
<html lang="zh-CN"><head><title>表</title></head><body>
<section class="{kind}"><h2 class="statement" data-toc="2" data-toc-text="表九支出表">支出表</h2>
<table class="{kind}"><colgroup>{columns}</colgroup>
<tbody><tr{row}>{texts}<td class="amount"><data value="1">{amount}</data></td>
<td class="amount"></td></tr></tbody></table></section></body></html>"""


def fitted(html: str, pack: Pack) -> tuple[HtmlDocument, HtmlDocument]:
    document = parse_document(html, pack.folder)
    return document, fit_amounts(document, pack, KeptPieces())


def shares(document: HtmlDocument) -> list[float]:
    table = next(document.body.iter("table"))
    return [round(100 * share, 1) for share in column_shares(table)]


def with_table(pack: Pack, **changes: object) -> Pack:
    """The pack with another size of cells, or another smallest size."""
    theme = pack.theme.model_dump(by_alias=True)
    for style in theme["样式"]:
        if style["选择器"] == "td":
            style["字号"] = changes.get("size", style["字号"])
    theme["表格"]["最小字号"] = changes.get("smallest", 7.5)
    return replace(pack, theme=Theme.model_validate(theme))


def test_a_document_whose_amounts_fit_stays_as_it_is(pack: Pack) -> None:
    document, after = fitted(page("1234567890.12"), pack)
    assert after is document


def test_a_column_widens_at_the_cost_of_text_and_the_document_given_is_not_changed(
    pack: Pack,
) -> None:
    document, after = fitted(page("1234567890.12", "80 10 10"), pack)
    assert shares(document) == [80, 10, 10]
    text, amounts, other = shares(after)
    assert text < 80
    assert amounts > 14
    assert other < 10  # it holds no amount
    assert size_of(next(after.body.iter("table"))) is None


def test_a_total_is_measured_in_bold(pack: Pack) -> None:
    amount, width = "888888888.88", "76 13.8 10.2"
    regular, same = fitted(page(amount, width), pack)
    assert same is regular
    bold, wider = fitted(page(amount, width, row=' class="total"'), pack)
    assert wider is not bold


def test_widths_do_not_change_with_the_digits(pack: Pack) -> None:
    widths = [shares(fitted(page(each, "80 10 10"), pack)[1]) for each in ("9" * 11, "1" * 11)]
    assert widths[0] == widths[1]


def test_the_size_shrinks_when_there_is_no_text_to_wrap(pack: Pack) -> None:
    _, after = fitted(page("9" * 92, "2 96 2"), with_table(pack))
    size = size_of(next(after.body.iter("table")))
    assert size == (8.5, 10.9)


def test_amounts_that_do_not_fit_in_the_smallest_size_are_refused(pack: Pack) -> None:
    with pytest.raises(UnusableInputError) as error:
        fitted(page("9" * 92, "2 96 2"), with_table(pack, smallest=9))
    (finding,) = error.value.findings
    assert finding.code == "E406"
    assert "表九支出表" in finding.message
    assert "9" * 92 in finding.message


def test_the_way_out_is_not_what_is_there_already(pack: Pack) -> None:
    small = with_table(pack, smallest=9)
    turned = page("9" * 140, "2 96 2", kind="landscape")
    remedies = []
    for html in (page("9" * 92, "2 96 2"), turned):
        with pytest.raises(UnusableInputError) as error:
            fitted(html, small)
        remedies.append(error.value.findings[0].remedy)
    upright, wide = remedies
    assert "纸张: 横向" in upright
    assert "纸张: 横向" not in wide
    assert "少列几栏" in wide


def test_an_amount_over_several_columns_and_beside_merged_cells_is_measured(pack: Pack) -> None:
    rows = (
        '<tr><td rowspan="2">甲</td><td>乙</td><td class="amount">1</td></tr>'
        '<tr><td class="amount" colspan="2">1234567890123.00</td></tr>'
    )
    html = re.sub("<tbody>.*</tbody>", f"<tbody>{rows}</tbody>", page("1", "84 8 8"), flags=re.S)
    _, after = fitted(html, pack)
    assert sum(shares(after)[1:]) > 17


def test_tables_whose_columns_are_not_declared_are_left_alone(pack: Pack) -> None:
    html = page("1234567890.12", "80 10 10").replace(' style="width: 10%"', "")
    document, after = fitted(html, pack)
    assert after is document


# Printed


def test_a_shrunk_table_is_as_small_in_word(pack: Pack) -> None:
    _, after = fitted(page("9" * 92, "2 96 2"), pack)
    table = docx.Document(io.BytesIO(write_docx(after, pack, {}))).tables[0]
    (paragraph,) = table.cell(0, 0).paragraphs
    assert [run.font.size.pt for run in paragraph.runs if run.font.size] == [8.5]
    assert paragraph.paragraph_format.line_spacing.pt == pytest.approx(10.9)
    whole = pack.theme.page("statement").text_width / 25.4 * 1440
    assert [round(100 * each.width.twips / whole, 1) for each in table.columns] == shares(after)


def large_amounts(folder: Path, factor: int) -> Path:
    """The data of an invented department, all amounts times ``factor``; it stays consistent."""
    write_entity(folder, seed=3, units=2, projects=1)
    for file in folder.glob("*.yaml"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        text = yaml.safe_dump(_times(data, factor), allow_unicode=True, sort_keys=False)
        file.write_text(text, encoding="utf-8")
    return folder


def _times(data: object, factor: int) -> object:
    if isinstance(data, dict):
        return {key: _times(value, 1 if key == "年度" else factor) for key, value in data.items()}
    if isinstance(data, list):
        return [_times(each, factor) for each in data]
    return data * factor if isinstance(data, int) and data > 999 else data


def sheets(document: HtmlDocument) -> HtmlDocument:
    """The statements and forms of a document alone."""
    for section in list(document.body):
        if section.find("table") is None or section.find(".//a[@class='page']") is not None:
            document.body.remove(section)
    return document


@pytest.mark.parametrize("factor", [10**3, 10**6])
def test_no_rule_crosses_a_figure_of_any_statement_or_form(
    factor: int, pack: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    composed = compose(large_amounts(tmp_path / "data", factor), pack, catalogue)
    document = sheets(composed.document)
    pdf = print_pdf(
        fit_amounts(document, pack, KeptPieces()), render_stylesheet(pack), pack.folder
    ).content
    assert vertical_rules(pdf) > 100
    assert crossed(pdf) == []


def test_without_other_widths_rules_would_cross_figures(
    pack: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    composed = compose(large_amounts(tmp_path / "data", 10**6), pack, catalogue)
    document = sheets(composed.document)
    for section in list(document.body)[4:]:
        document.body.remove(section)
    assert crossed(print_pdf(document, render_stylesheet(pack), pack.folder).content)


def test_a_process_that_only_measures_ends_well() -> None:
    """What Pango made for it must not be freed after Pango is."""
    measure = "from generator.printing.columns.advances import _measured; _measured('', 400, '国')"
    assert subprocess.run([sys.executable, "-c", measure], cwd=ROOT, check=False).returncode == 0
