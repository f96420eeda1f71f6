"""A document checked again in one process: only what changed is looked at, and told as if new."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.checks.forms.each_form import ExaminedForm, FormOutcome, Unread, of_each_form
from generator.checks.forms.indicator_values import ValueFlaw, flaw
from generator.checks.relations.relations import compare_relations
from generator.checks.rule import Unchecked
from generator.checks.rules import statements
from generator.checks.rules.forms import indicators as form_indicators
from generator.checks.run import Report, run_checks
from generator.checks.selection import Selection
from generator.checks.text.faults import Looked, TextFault, look_at
from generator.checks.text.texts import running_texts, texts
from generator.cli.main import cli
from generator.compose.compose import Composed, compose
from generator.compose.document.parse import parse_document
from generator.compose.document.tree import Element, text_of_element
from generator.compute.statements.table import Statement
from generator.core.findings import Location
from generator.core.memo import forget_all
from generator.core.records import replace
from generator.drafts.draft import Draft, Paragraph, Row, Table
from generator.drafts.html import read as html
from generator.drafts.html.read import html_blocks
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.split import outline
from generator.load.catalogue import Catalogue
from generator.pack.checks.relations import Relation
from generator.pack.pack import Pack
from generator.reading import from_data, printed
from generator.reading.document import DocumentTable, ReadDocument
from generator.reading.from_data import presented_data
from generator.reading.passages import overall_rows, passages
from tests.conftest import ROOT, UNIT, Sample

FORMS = "项目绩效目标表.yaml"
PROJECT = "双拥创建活动"


class Folder:
    """A copy of the small sample, composed anew each time."""

    def __init__(self, folder: Path, pack: Pack, catalogue: Catalogue) -> None:
        self.path, self._pack, self._catalogue = folder, pack, catalogue

    def composed(self) -> Composed:
        """The data as it stands in the files now."""
        return compose(self.path, self._pack, self._catalogue)

    def presented(self) -> ReadDocument:
        """What the data prints now."""
        return presented_data(self.composed(), self._pack)

    def report(self) -> Report:
        """What the checks find now."""
        composed = self.composed()
        document = presented_data(composed, self._pack)
        return run_checks(document, self._pack, Selection(), composed.loaded, composed.findings)

    def change(self, file: str, old: str, new: str) -> None:
        """Replaces the first place of a text, which must be there."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def folder(unit_folder: Path, pack: Pack, catalogue: Catalogue) -> Folder:
    return Folder(unit_folder, pack, catalogue)


# How much is looked at again


def test_only_a_changed_form_is_examined_again(folder: Folder, pack: Pack) -> None:
    seen: list[str] = []

    @of_each_form
    def check(form: ExaminedForm) -> Iterator[FormOutcome]:
        seen.append(form.content.project)
        yield Unread("W738", form.content.nature)

    before = folder.presented()
    list(check(before, pack))
    assert seen == [form.content.project for form in before.forms]
    seen.clear()
    folder.change(FORMS, "项目属性: 经常性项目（长期开展）", "项目属性: 一次性项目（1年结束）")
    after = folder.presented()
    outcomes = list(check(after, pack))
    assert seen == [PROJECT]
    assert outcomes == [Unchecked("W738", f.group, f.content.nature) for f in after.forms]


def test_a_form_is_examined_again_in_another_year_and_with_other_totals(
    folder: Folder, pack: Pack
) -> None:
    seen: list[ExaminedForm] = []

    @of_each_form
    def check(form: ExaminedForm) -> Iterator[FormOutcome]:
        seen.append(form)
        return iter(())

    document = folder.presented()
    first, *others = document.forms
    list(check(document, pack))
    seen.clear()
    list(check(replace(document, year=document.year + 1), pack))
    assert len(seen) == len(document.forms)
    seen.clear()
    other = replace(first, totals={**first.totals, "年度": first.totals["年度"] + 1})
    list(check(replace(document, forms=(other, *others)), pack))
    assert [form.totals["年度"] for form in seen] == [other.totals["年度"]]


class _Looking:
    """A look that notes the texts it is shown, and finds one word."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, bool]] = []

    def __call__(self, text: str, *, clippable: bool) -> Iterator[TextFault]:
        self.shown.append((text, clippable))
        return (TextFault("有", match[0]) for match in re.finditer("军民融合", text))


def test_only_new_texts_are_looked_at_again(folder: Folder) -> None:
    look = _Looking()
    before = folder.presented()
    found = look_at(look, running_texts(before), before.forms)
    every = [(each.text, each.clippable) for each in texts(before)]
    assert look.shown == [*dict.fromkeys(every)] != every
    assert found.clean + len(found.faulty) == len(every)
    look.shown.clear()
    folder.change(FORMS, "增强军民融合度", "增强军民融合度和凝聚力")
    after = folder.presented()
    again = look_at(look, running_texts(after), after.forms)
    assert look.shown == [(text, True) for text, _ in _texts_of(again) - _texts_of(found)]
    assert len(again.faulty) == len(found.faulty)


def _texts_of(looked: Looked) -> set[tuple[str, str]]:
    return {(text.text, text.subject) for text, _ in looked.faulty}


def test_the_rules_about_forms_remember(
    folder: Folder, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def noted(text: str) -> ValueFlaw | None:
        judged.append(text)
        return flaw(text)

    monkeypatch.setattr(form_indicators, "flaw", noted)
    folder.change(FORMS, "指标值: 按合同价", "指标值: 按本次合同价")
    (check,) = form_indicators.CHECKS
    list(check(folder.presented(), pack))
    assert "按本次合同价" in judged
    judged.clear()
    list(check(folder.presented(), pack))
    assert not judged


# What is told


BREAKING = (
    (FORMS, "提高", "提升提升"),
    (FORMS, "增强军民融合度", "增强XX度"),
    (FORMS, "市县（区）财政资金: 774000", "省级财政资金: 774000"),
    (FORMS, "年度: {市县（区）财政资金: 480000}", "年度: {市县（区）财政资金: 480001}"),
    (FORMS, "指标值: ≥90%", "指标值: 9090%"),
    ("项目.yaml", "480000", "480700"),
)
MOVING = ((FORMS, "项目绩效目标表:", "# 一行\n\n# 又一行\n项目绩效目标表:"),)


def _places(report: Report) -> list[Location | None]:
    found = [*report.findings, *(each.finding for each in report.accepted)]
    return [place for each in found for place in (each.place, *each.also)]


def test_what_is_told_again_has_the_places_of_the_new_document(folder: Folder) -> None:
    for change in BREAKING:
        folder.change(*change)
    first = folder.report()
    for change in MOVING:
        folder.change(*change)
    second = folder.report()

    def moved(place: Location | None) -> Location | None:
        in_forms = place is not None and place.file.name == FORMS and place.line
        return replace(place, line=place.line + 3) if place and in_forms else place

    assert any(moved(place) != place for place in _places(first))
    assert _places(second) == list(map(moved, _places(first)))
    assert [each.message for each in first.findings] == [each.message for each in second.findings]


def test_a_second_check_says_what_a_new_process_says(folder: Folder) -> None:
    command = ["check", str(folder.path), "--format", "json"]
    CliRunner().invoke(cli, command)
    for change in (*BREAKING, *MOVING):
        folder.change(*change)
        again = CliRunner().invoke(cli, command)
    new = subprocess.run(
        [sys.executable, "-m", "generator.cli.main", *command],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert "提升提升" in new.stdout
    assert again.stdout == new.stdout
    assert again.exit_code == new.returncode


# What is read of the printed document


def test_what_data_presents_is_what_its_whole_html_says(sample: Sample, pack: Pack) -> None:
    document = presented_data(sample.composed, pack)
    folder = sample.composed.loaded.source.file
    blocks = tuple(block for block, _ in html_blocks(sample.composed.document.body))
    whole = outline(Draft(folder, blocks), format_of(pack))
    expected = passages(whole, lambda _: Location(folder))
    assert [(p.section, p.text, p.heading) for p in document.passages] == [
        (p.section, p.text, p.heading) for p in expected
    ]
    assert document.overall_rows == overall_rows(whole, lambda _: Location(folder))
    assert document.overall_rows or sample.name == UNIT


def test_only_the_first_rows_of_forms_are_read(
    folder: Folder, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[int] = []
    real = html._row

    def row(cells: html.GridCells, count: int) -> Row:
        rows.append(count)
        return real(cells, count)

    monkeypatch.setattr(html, "_row", row)
    forget_all()
    composed = folder.composed()
    presented_data(composed, pack)
    tables = len(composed.document.body.findall(".//table"))
    assert 0 < len(rows) <= 2 * tables


def test_only_a_changed_form_is_read_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.presented()
    read: list[Element] = []
    real = html._pieces

    def pieces(element: Element, before: str = "") -> Iterator[Any]:
        if element.tag == "body":
            read.append(element)
        return real(element, before)

    monkeypatch.setattr(html, "_pieces", pieces)
    folder.change(FORMS, "项目属性: 经常性项目（长期开展）", "项目属性: 一次性项目（1年结束）")
    again = folder.presented()
    (changed,) = read
    assert "一次性项目（1年结束）" in text_of_element(changed)
    forget_all()
    anew = folder.presented()
    assert (again.passages, again.overall_rows) == (anew.passages, anew.overall_rows)
    assert len(read) > len(again.forms)


def test_tables_are_put_together_again_where_their_data_moved(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_together: list[str] = []
    real = from_data._table

    def table(statement: Statement, *others: Any) -> DocumentTable:
        put_together.append(statement.number)
        return real(statement, *others)

    monkeypatch.setattr(from_data, "_table", table)
    compared: list[int] = []

    def compare(document: ReadDocument, relations: Sequence[Relation]) -> Iterator[Any]:
        compared.append(len(document.tables))
        return compare_relations(document, relations)

    monkeypatch.setattr(statements, "compare_relations", compare)
    before, report = folder.presented(), folder.report()
    put_together.clear()
    compared.clear()
    folder.change(FORMS, "项目属性: 经常性项目（长期开展）", "项目属性: 一次性项目（1年结束）")
    assert folder.presented().tables == before.tables
    assert folder.report().pack_rules == report.pack_rules
    assert (put_together, compared) == ([], [])
    path = folder.path / "收支.yaml"
    path.write_text(f"# 一行\n{path.read_text('utf-8')}", "utf-8")
    moved = folder.presented()
    assert "表一" in put_together
    assert len(put_together) < len(before.tables)
    assert moved.tables != before.tables
    assert folder.report().pack_rules == report.pack_rules
    assert compared == [len(moved.tables)]
    forget_all()
    assert folder.presented().tables == moved.tables


def test_text_between_sections_is_read_in_its_place(tmp_path: Path) -> None:
    words = "一<section><p>二</p></section>三<b>四</b><section><p>五</p></section>六"
    html_ = f"<html><head><title>表</title></head><body>{words}</body></html>"
    document = parse_document(html_, tmp_path)
    read = [block for each in printed._read_sections(document, None) for block, _ in each.blocks]
    assert [block.text for block in read if isinstance(block, Paragraph)] == [
        *("一", "二", "三四", "五", "六")
    ]


def test_so_many_rows_of_a_table_are_read_as_are_asked_for(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(4))
    text = f"<html><head><title>表</title></head><body><table>{rows}</table></body></html>"
    root = parse_document(text, tmp_path).root
    ((first, _),) = html_blocks(root, 3)
    ((whole, _),) = html_blocks(root)
    assert isinstance(first, Table)
    assert isinstance(whole, Table)
    assert [row.cells for row in first.rows] == [("0",), ("1",), ("2",)]
    assert first.rows == whole.rows[:3]
    assert len(whole.rows) == 4
