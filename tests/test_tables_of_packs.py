"""The tables of any pack are read back: the nine of the national form, those of a district."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.compose.compose import compose
from generator.compute.ledger.entries import Book
from generator.compute.ledger.posting import post
from generator.compute.statements.definition import StatementColumn
from generator.core.findings import UnusableInputError
from generator.core.resources import PACKS
from generator.drafts.draft import Draft, Row
from generator.drafts.html.read import html_blocks
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.outline import StatementDraft
from generator.drafts.parts.split import outline
from generator.importing.amounts.printed.codes import codes_of, without_ordinal
from generator.importing.reading import ImportResult
from generator.importing.statements import import_statements
from generator.importing.table_words import kind_by_titles, says_no_data
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import LoadedDisclosure
from generator.load.names import Names
from generator.load.yaml.tree import SourceTree
from generator.model.disclosure import Disclosure, EntityKind
from generator.pack.pack import Pack, load_pack
from tests.conftest import BUREAU
from tests.printed_tables import Cells, Importer, Tree, change, grids, messages

NATIONAL, DISTRICT = "national", "shanghai-district"
GENERAL = {NATIONAL: "一般公共预算拨款", DISTRICT: "一般公共预算资金"}
DEPARTMENT = {"名称": "某市某局", "类型": "部门", "年度": "2026"}
UNIT = {"名称": "某市某所", "类型": "单位", "年度": "2026"}
EXPENSES = ("因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行维护费")


@cache
def _pack(name: str) -> Pack:
    return load_pack(PACKS / name)


@pytest.fixture(params=[NATIONAL, DISTRICT])
def name(request: pytest.FixtureRequest) -> str:
    """A pack whose tables carry codes and no government subjects."""
    return str(request.param)


@pytest.fixture
def importer(name: str, catalogue: Catalogue) -> Importer:
    return Importer(_pack(name), catalogue)


def _doubts(reading: ImportResult) -> list[str]:
    """What is doubted besides what the tables of these packs never tell."""
    return [each for each in messages(reading) if not each.startswith("表里分不出")]


def _small(name: str, entity: Mapping[str, str] = DEPARTMENT) -> Tree:
    """A subject with both kinds of expenditure, one of another source, economy, expenses."""
    general = GENERAL[name]
    basic: Tree = {"基本支出": {general: "300000"}}
    if name == DISTRICT and entity["类型"] == "单位":
        basic = {"人员经费": {general: "200000"}, "公用经费": {general: "100000"}}
    project = {"名称": "示例维修", "当年预算": {general: "50000", "事业收入": "120000"}}
    listed = [{"单位": entity["名称"], "项目": [project]}]
    return {
        "单位信息": dict(entity),
        "收支": [
            {"科目": "2010501", "当年预算": {**basic, "项目支出": {general: "50000"}}},
            {"科目": "2080501", "当年预算": {"项目支出": {"事业收入": "120000"}}},
        ],
        "基本支出经济科目": [
            {"部门经济科目": "30101", "金额": "200000"},
            {"部门经济科目": "30201", "金额": "100000"},
        ],
        "三公经费": {"公务接待费": {general: "20000"}},
        **({"项目": listed} if name == NATIONAL else {}),
    }


@pytest.mark.parametrize("entity", [DEPARTMENT, UNIT], ids=["部门", "单位"])
def test_what_the_tables_tell_comes_back_as_data(
    importer: Importer, name: str, entity: Tree
) -> None:
    data = _small(name, entity)
    reading = importer.read(importer.outline(data))
    assert not _doubts(reading)
    assert not reading.unread()
    assert {"单位信息": entity, **reading.sections} == data


def test_one_sum_of_operating_funds_is_the_publishers(catalogue: Catalogue) -> None:
    data = _small(DISTRICT) | {
        "机关运行经费": [{"单位": "某市某局", "金额": {GENERAL[DISTRICT]: "4321"}}]
    }
    reading = Importer(_pack(DISTRICT), catalogue).read(
        Importer(_pack(DISTRICT), catalogue).outline(data)
    )
    (line,) = reading.sections["机关运行经费"]
    assert line == {"单位": "某市某局", "金额": {GENERAL[DISTRICT]: "4300"}}  # 万元 as printed
    assert "表里分不出资金来源的，都记作“一般公共预算资金”" in messages(reading)


def test_a_project_whose_source_no_table_tells_is_named(catalogue: Catalogue) -> None:
    importer = Importer(_pack(NATIONAL), catalogue)
    reading = importer.read(importer.outline(_small(NATIONAL)))
    told = "表里分不出资金来源的，都记作“事业收入”：项目“示例维修”"
    assert told in messages(reading)


def test_a_figure_that_contradicts_the_others_is_named(importer: Importer, name: str) -> None:
    outline_ = importer.outline(_small(name))
    old, new = ("300,000.00", "390,000.00") if name == DISTRICT else ("30.00", "39.00")
    label = "01" if name == DISTRICT else "2010501"
    change(outline_, "表五", label, old, new)
    (doubt,) = _doubts(importer.read(outline_))
    assert doubt.startswith("表五“2010501 行政运行”行“基本支出”栏印出")
    assert new in doubt


def test_totals_at_the_bottom_are_taken_off_it(catalogue: Catalogue) -> None:
    importer = Importer(_pack(DISTRICT), catalogue)
    outline_ = importer.outline(_small(DISTRICT))
    assert outline_.statements["表二"].rows[-1].cells[0] == "合计"
    change(outline_, "表二", "合计", "470,000.00", "480,000.00")
    (doubt,) = _doubts(importer.read(outline_))
    assert doubt.startswith("表二“合计”行“合计”栏印出“480,000.00”")


def test_a_table_in_yuan_is_read_to_the_fen(catalogue: Catalogue) -> None:
    importer = Importer(_pack(DISTRICT), catalogue)
    data = _small(DISTRICT)
    data["收支"][0]["当年预算"]["基本支出"] = {GENERAL[DISTRICT]: "300000.35"}
    data["收支"].append({"科目": "2101101", "当年预算": {"基本支出": {GENERAL[DISTRICT]: "0.07"}}})
    reading = importer.read(importer.outline(data))
    assert not _doubts(reading)
    assert reading.sections["收支"] == sorted(data["收支"], key=lambda line: line["科目"])


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        ("一、一般公共服务支出", "一、一般公共服务", "按位置读作“201”"),
        ("1. 政府性基金", "2、政府性基金预算", ""),
        ("2. 政府性基金", "2、政府性基金预算", ""),
    ],
)
def test_names_without_codes_are_found_by_name_then_by_place(
    old: str, new: str, doubt: str, catalogue: Catalogue
) -> None:
    importer = Importer(_pack(DISTRICT), catalogue)
    outline_ = importer.outline(_small(DISTRICT))
    _rename(outline_.statements["表一"], old, new)
    found = _doubts(importer.read(outline_))
    assert any(doubt in each for each in found) if doubt else not found
    assert importer.read(outline_).sections["收支"] == _small(DISTRICT)["收支"]


def _rename(statement: StatementDraft, old: str, new: str) -> None:
    statement.rows[:] = [
        Row(tuple(new if cell == old else cell for cell in row.cells), row.spot)
        for row in statement.rows
    ]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (
            [("201", "", ""), ("201", "03", ""), ("201", "03", "01")],
            ["201", "20103", "2010301"],
        ),
        ([("201", "", ""), ("", "03", ""), ("", "", "01")], ["201", "20103", "2010301"]),
        ([("201", "", ""), ("201", "20103", ""), ("", "", "2010301")], None),
        ([("201", "", ""), ("201", "3", ""), ("201", "3", "1")], ["201", "20103", "2010301"]),
        ([("201", "", ""), ("7", "11", "02")], ["201", "7 11 02"]),
        ([("", "", "")], [""]),
    ],
)
def test_codes_in_columns(rows: list[Cells], codes: list[str] | None) -> None:
    columns = [
        StatementColumn.model_validate({"标题": each, "内容": each}) for each in ("类", "款", "项")
    ]
    assert codes_of((columns, cells) for cells in rows) == (codes or ["201", "20103", "2010301"])


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("一、教育支出", "教育支出"),
        ("（十二）城乡社区支出", "城乡社区支出"),
        ("一般公共服务支出", "一般公共服务支出"),
        ("(一)一般公共服务支出", "一般公共服务支出"),
    ],
)
def test_an_ordinal_is_no_part_of_a_name(text: str, bare: str) -> None:
    assert without_ordinal(text) == bare


@pytest.mark.parametrize("kind", EntityKind)
def test_titles_tell_who_publishes(kind: EntityKind) -> None:
    definitions = _pack(DISTRICT).statements
    drafts = {
        each.number: StatementDraft(each.number, each.title_of(kind).replace("{年度}", "2026"))
        for each in definitions
    }
    assert kind_by_titles(drafts, definitions) is kind
    assert kind_by_titles({}, definitions) is None


def test_notes_of_empty_tables() -> None:
    note = "注：本部门没有使用政府性基金预算拨款安排的支出。"
    assert says_no_data("注:本部门没有使用政府性基金预算拨款安排的支出", note)
    assert says_no_data("注：本表无数据", note)
    assert says_no_data("注:本单位2026年无此项预算，故本表为空表。", note)
    assert not says_no_data("注：本表含上年结转。", note)


def test_basic_expenditure_is_stated_once() -> None:
    general = GENERAL[DISTRICT]
    twice = {"基本支出": {general: "1"}, "人员经费": {general: "1"}}
    data = _small(DISTRICT) | {"收支": [{"科目": "2010501", "当年预算": twice}]}
    with pytest.raises(ValueError, match="既写了总数"):
        Disclosure.model_validate(
            {"概况": {"职责": ["一"]}} | data, context=_pack(DISTRICT).vocabulary
        )


def test_a_table_that_divides_basic_expenditure_needs_it_divided(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    folder = tmp_path / "某所-2026"
    folder.mkdir()
    (folder / "单位信息.yaml").write_text(
        "单位信息: {名称: 某市某所, 类型: 单位, 年度: 2026}\n概况: {职责: [一]}\n"
        f"收支:\n  - {{科目: '2010501', 当年预算: {{基本支出: {{{GENERAL[DISTRICT]}: 1}}}}}}\n",
        "utf-8",
    )
    with pytest.raises(UnusableInputError) as raised:
        compose(folder, _pack(DISTRICT), catalogue, draft=True)
    assert [each.code for each in raised.value.findings if "人员经费" in each.message] == ["E202"]


# The sample, printed


def test_the_national_sample_comes_back_from_its_document(catalogue: Catalogue) -> None:
    pack = _pack(NATIONAL)
    composed = compose(BUREAU, pack, catalogue, draft=True)
    blocks = tuple(block for block, _ in html_blocks(composed.document.body))
    reading = ImportResult(Draft(Path("n.html"), blocks))
    tables = import_statements(reading, outline(reading.draft, format_of(pack)), pack, catalogue)
    # two amounts of the sample print alike as basic and as project expenditure
    assert all("有几种分法" in each for each in _doubts(reading))
    publisher = tables.printed.publisher
    info = {"名称": publisher.name, "类型": "部门", "年度": publisher.year}
    again = Importer(pack, catalogue).print({"单位信息": info, **reading.sections})
    assert grids(again) == grids(composed.statements)
    expenses = reading.sections["三公经费"]
    assert expenses == {
        item: {source: f"{amount:f}" for source, amount in amounts.items()}
        for item, amounts in composed.disclosure.official_expenses.items()
    }
    assert [line["部门经济科目"] for line in reading.sections["基本支出经济科目"]] == [
        line.department for line in composed.disclosure.economic
    ]


# Any entity

_CODES = ("2010501", "2010502", "2010507", "2080501", "2101101", "2101102", "2230105")
_ECONOMIC = ("30101", "30102", "30201", "30217", "30302", "31002")
_HUNDREDS = st.integers(1, 9_999_999).map(lambda steps: f"{steps * 100}")


@st.composite
def _entities(draw: st.DrawFn) -> tuple[str, Tree]:
    """Data of which the tables tell everything: each subject has one kind and one source."""
    name = draw(st.sampled_from((NATIONAL, DISTRICT)))
    entity = draw(st.sampled_from((DEPARTMENT, UNIT)))
    sources = st.sampled_from(_pack(name).vocabulary.sources)
    divided = name == DISTRICT and entity is UNIT
    basic = ("人员经费", "公用经费") if divided else ("基本支出",)
    amounts = draw(
        st.dictionaries(
            st.sampled_from(_CODES),
            st.tuples(st.sampled_from((*basic, "项目支出")), sources, _HUNDREDS),
            max_size=5,
        )
    )
    economic = draw(st.dictionaries(st.sampled_from(_ECONOMIC), _HUNDREDS))
    expenses = draw(st.dictionaries(st.sampled_from(EXPENSES), _HUNDREDS))
    return name, {
        "单位信息": entity,
        "收支": [
            {"科目": code, "当年预算": {kind: {source: amount}}}
            for code, (kind, source, amount) in sorted(amounts.items())
        ],
        "基本支出经济科目": [
            {"部门经济科目": code, "金额": amount} for code, amount in sorted(economic.items())
        ],
        "三公经费": {item: {GENERAL[name]: amount} for item, amount in expenses.items()},
    }


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(entity=_entities())
def test_any_entity_reads_back_to_the_same_ledger(
    catalogue: Catalogue, entity: tuple[str, Tree]
) -> None:
    name, data = entity
    importer = Importer(_pack(name), catalogue)
    again = importer.again(data)
    assert grids(importer.print(again)) == grids(importer.print(data))
    assert _ledger(again, importer) == _ledger(data, importer)


def _ledger(data: Tree, importer: Importer) -> dict[Book, set[tuple[object, ...]]]:
    disclosure = Disclosure.model_validate(
        {"概况": {"职责": ["一"]}} | data, context=importer.pack.vocabulary
    )
    names = Names(importer.catalogue, disclosure)
    loaded = LoadedDisclosure(disclosure, SourceTree(Path()), names, importer.pack.vocabulary)
    return {
        book: {(each.amount, *sorted(each.dimensions.items())) for each in entries}
        for book, entries in post(loaded).books.items()
    }
