"""The main paths over every pack, and over packs that say everything otherwise.

A document is composed from a pack's sample, read back, checked and compared, and composed again.
What a place changes in its pack, and nowhere else, may not change how it is understood.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
import yaml

from generator.checks.general.tables import checks as tables
from generator.checks.run import run_checks
from generator.checks.selection import ALL
from generator.compare.compare import compare_sides
from generator.compare.side import Side, side_of_data, side_of_draft
from generator.compose.compose import Composed, compose
from generator.core.findings import Finding, Severity
from generator.core.resources import PACKS
from generator.importing.as_document import present, presented_draft
from generator.importing.data_files import write_yaml
from generator.importing.run import Imported, import_document
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from generator.reading.document import ReadDocument
from tests.conftest import BUREAU, OFFICE, ROOT, UNIT
from tests.plain_drafts import hidden, told

DATA = {
    "yangquan": ROOT / "data" / UNIT,
    "national": BUREAU,
    "shanghai-district": OFFICE,
}
OWN = ROOT / "tests" / "packs"
"""Packs of an invented city: one that does everything otherwise, one that does the least."""
OWN_DATA = {"云台": OWN / "云台市园林局-2026", "最小": OWN / "最小示例-2026"}
Edit = Callable[[Path], None]


@dataclass(frozen=True)
class Place:
    """A pack with its sample, and the document that it prints of it.

    What is made or read of them is made once, for all tests: nobody may change it.
    """

    pack: Pack
    composed: Composed
    document: Path
    catalogue: Catalogue

    @cached_property
    def imported(self) -> Imported:
        """What is read of the document."""
        return import_document(self.document, self.pack, self.catalogue)

    @cached_property
    def presented(self) -> ReadDocument:
        """The document as its reader has it."""
        assert self.imported.recognition.known  # so nothing that was read has been left out
        return present(self.imported, self.pack)

    @cached_property
    def ours(self) -> Side:
        """What the data prints, to be compared."""
        return side_of_data(self.composed, self.pack)


def replaced(file: str, *changes: tuple[str, str]) -> Edit:
    """Changes words in a file of a pack; every one must be there."""

    def edit(folder: Path) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    return edit


def swapped(folder: Path) -> None:
    """政府采购 and 绩效 change places, with their numbers."""
    file = folder / "outline.yaml"
    outline = yaml.safe_load(file.read_text("utf-8"))
    sections = outline["部分"][2]["节"]
    at = next(i for i, each in enumerate(sections) if each["名"] == "九")
    sections[at], sections[at + 1] = sections[at + 1], sections[at]
    sections[at]["标题"] = sections[at]["标题"].replace("十、", "九、")
    sections[at + 1]["标题"] = sections[at + 1]["标题"].replace("九、", "十、")
    file.write_text(yaml.safe_dump(outline, allow_unicode=True, sort_keys=False), "utf-8")
    template = folder / "parts" / "explanation.html.j2"
    text = template.read_text("utf-8")
    nine, ten = (text.index(f'<h2 data-toc="2">{{{{ heading("{n}") }}}}') for n in ("九", "十"))
    end = text.index("</section>", ten)
    template.write_text(text[:nine] + text[ten:end] + text[nine:ten] + text[end:], "utf-8")


def renumbered(folder: Path) -> None:
    """表五 is 表二十五 throughout, in the pack and where data names it."""
    for file in folder.rglob("*"):
        if file.suffix in (".yaml", ".j2"):
            text = file.read_text("utf-8")
            file.write_text(text.replace("表五", "表二十五"), "utf-8")


def with_own_source(folder: Path) -> None:
    """事业收入 is a source of its own, in the vocabulary and in the table of income."""
    replaced(
        "vocabulary.yaml",
        (
            "  - {名称: 单位资金, 性质: 单位资金}",
            "  - {名称: 单位资金, 性质: 单位资金}\n  - {名称: 事业收入, 性质: 单位资金}",
        ),
    )(folder)
    for file in (folder / "statements").glob("*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(
            text.replace("资金来源: 单位资金", "资金来源: [单位资金, 事业收入]"), "utf-8"
        )


def reworded(folder: Path) -> None:
    """The sentences say the same in other words."""
    replaced(
        "parts/explanation.html.j2",
        ("预算收入总计", "全年收入共计"),
        ("政府采购预算总额", "本年采购共需"),
        ("其中：政府采购货物预算", "包括：货物类"),
        ("共有公务用车编制", "按编制可配公务用车"),
        ("使用的办公用房建筑总面积", "办公用房面积合计"),
    )(folder)
    replaced("macros/change.html.j2", ("比上年", "同上年相比"), ("主要原因是", "这是因为"))(folder)


EXPERIMENTS: dict[str, tuple[str, Edit]] = {
    "three headings say it otherwise": (
        "yangquan",
        replaced(
            "outline.yaml",
            ("二、收入预算情况说明", "二、各项收入的安排"),
            ('又作: ["收入预算(情况)?说明"]', "又作: []"),
            ("八、机关运行经费增减变动原因说明", "八、机关的日常开支"),
            ("又作: [机关运行经费.*说明]", "又作: []"),
            ("第三部分　{年度}年度{类型}预算情况说明", "第三部分　关于{年度}年预算的几点说明"),
        ),
    ),
    "phrases say it otherwise": (
        "yangquan",
        reworded,
    ),
    "two sections change places": ("yangquan", swapped),
    "a table has another number": ("yangquan", renumbered),
    "a source of funds of its own": ("yangquan", with_own_source),
    "dates and numbers have other patterns": (
        "yangquan",
        replaced(
            "pack.yaml",
            (
                "数字:\n",
                '日期: y/MM/dd\n数字:\n  报表: "#,##0.00"\n  文字简式: "#,##0.00"\n'
                '  绩效目标表: "0"\n  整体绩效目标表: "#,##0.00"\n',
            ),
        ),
    ),
}


def _place(name: str, edit: Edit | None, folder: Path, catalogue: Catalogue) -> Place:
    own = folder / "本地"
    shutil.copytree((OWN if name in OWN_DATA else PACKS) / name, own)
    if edit is not None:
        edit(own)
    pack = load_pack(own)
    data = folder / "数据"
    shutil.copytree((DATA | OWN_DATA)[name], data)
    if edit is renumbered:
        edit(data)
    composed = compose(data, pack, catalogue)
    document = folder / "公开.html"
    document.write_text(composed.document.html(), "utf-8")
    return Place(pack, composed, document, catalogue)


@pytest.fixture(scope="module", params=[*DATA, *OWN_DATA, *EXPERIMENTS])
def place(
    request: pytest.FixtureRequest, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Place:
    name, edit = EXPERIMENTS.get(request.param, (request.param, None))
    return _place(name, edit, tmp_path_factory.mktemp("地方"), catalogue)


def test_what_a_pack_asks_of_assets_stands_in_its_text(place: Place) -> None:
    """An office is not asked for a number that nobody prints."""
    assets = [asset.name for asset in place.pack.vocabulary.assets]
    page = place.document.read_text("utf-8")
    assert [name for name in assets if f'data-figure="国有资产/{name}"' not in page] == []


def test_every_pack_has_data_here() -> None:
    assert set(DATA) == {file.parent.name for file in PACKS.glob("*/pack.yaml")}


def test_the_document_gives_data_that_prints_it_again(
    place: Place, catalogue: Catalogue, tmp_path: Path
) -> None:
    reading = place.imported.reading
    assert list(reading.unread()) == []
    write_yaml(reading, tmp_path / "读入")
    again = compose(tmp_path / "读入", place.pack, catalogue)
    assert _text(again) == _text(place.composed)


def _text(composed: Composed) -> list[str]:
    """What a document says: its words, tables and forms, without what the data holds unprinted."""
    html = re.sub(r'<data value="[^"]*"', "<data", composed.document.html())
    return re.sub(r"<[^>]+>", "\n", html).split("\n")


def _as_published(finding: Finding) -> bool:
    """Whether it is a true one: the duties of the sample were published broken off."""
    return finding.code == "W957" and "搭建就业创业扶持" in finding.message


def test_the_document_has_no_false_finding(place: Place) -> None:
    accepting = place.composed.loaded
    report = run_checks(place.presented, place.pack, ALL, accepting)
    found = [each for each in report.findings if each.severity is not Severity.NOTE]
    assert [each for each in found if not _as_published(each)] == []


def test_the_document_has_no_false_finding_in_its_tables_with_its_format_hidden(
    place: Place,
) -> None:
    accepted = bool(place.composed.loaded.disclosure.acceptances)
    found = [each.split()[0] for each in told(hidden(place.presented), place.pack, tables.CHECKS)]
    assert set(found) <= ({"E905"} if accepted else set())  # what was published contradicts itself


def test_a_changed_figure_of_a_table_is_told_with_the_format_hidden(
    place: Place, tmp_path: Path
) -> None:
    html = place.document.read_text("utf-8")
    figures = list(re.finditer(r"<td[^>]*><data[^>]*>([1-9][\d,]*\.\d\d)<", html))
    match = figures[len(figures) // 2]
    spoilt = tmp_path / "改.html"
    digit = str(int(match[1][0]) % 9 + 1)
    at = match.start(1)
    spoilt.write_text(html[:at] + digit + html[at + 1 :], "utf-8")
    presented = hidden(presented_draft(spoilt, place.pack, place.catalogue))
    found = "".join(told(presented, place.pack, tables.CHECKS))
    # heads in words that nobody else uses are not understood: then no fault is made up
    assert digit + match[1][1:] in found or (place.pack.settings.name == "云台十表" and not found)


def test_the_document_is_what_the_data_prints(place: Place) -> None:
    theirs = side_of_draft(place.imported.reading.draft, place.pack)
    comparison = compare_sides(place.ours, theirs, place.pack)
    assert [(each.what, each.ours, each.theirs) for each in comparison.differences()] == []
    assert comparison.equal


def test_a_changed_figure_is_named(place: Place, tmp_path: Path) -> None:
    """One in a sentence, and one in a table, in one document."""
    html = place.document.read_text("utf-8")
    figures = list(re.finditer(r'(<data value="[^"]*" data-figure="[^"]*">)([\d,]+\.\d\d)<', html))
    assert len(figures) > 20
    wrong = []
    for match in (
        figures[-1],
        figures[len(figures) // 3],
    ):  # from behind: places stay what they are
        wrong.append(match[2][:-1] + str((int(match[2][-1]) + 3) % 10))
        html = html[: match.start(2)] + wrong[-1] + html[match.end(2) :]
    spoilt = tmp_path / "改.html"
    spoilt.write_text(html, "utf-8")
    theirs = side_of_draft(spoilt, place.pack)
    found = compare_sides(place.ours, theirs, place.pack).differences()
    for digits in wrong:
        assert [each for each in found if digits in each.theirs]
