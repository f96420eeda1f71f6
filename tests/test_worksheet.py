"""``disclosure worksheet`` and back: nothing is lost, and only what was changed changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from generator.cli.inputs import pack_of_folder
from generator.cli.main import cli
from generator.core.findings import UnusableInputError
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import LoadedDisclosure, load_entity
from generator.load.yaml.changes import is_same
from generator.load.yaml.write import yaml_text
from generator.model.form_names import HALVES, NO_FORMS, FormNames
from generator.pack.pack import Pack
from generator.worksheet.export import worksheet_of
from generator.worksheet.merge import changes_told
from generator.worksheet.plan import sections_of
from generator.worksheet.read import Worksheet, is_worksheet, read_worksheet
from generator.worksheet.sheets.forms import forms_of, indicator_block
from generator.worksheet.tables import Cells
from generator.worksheet.take_in import TakenIn, data_of, into_folder
from tests.conftest import DEPARTMENT, ROOT, UNIT
from tests.reproducers import Registry, reports_in
from tests.soffice import needs_soffice
from tests.spreadsheets import recomputed

SAMPLES = (DEPARTMENT, UNIT, "示例/示例市示例局-2026", "示例/示例区示例办公室-2026")
EXAMPLE = SAMPLES[2]


class Office:
    """A data folder and its worksheet."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.file = folder.with_suffix(".xlsx")
        self.pack: Pack = pack_of_folder(folder, None)
        loaded, findings = load_entity(folder, catalogue, self.pack.vocabulary)
        assert loaded is not None, findings
        self.loaded: LoadedDisclosure = loaded

    def export(self) -> None:
        self.file.write_bytes(worksheet_of(self.loaded, self.pack, self.folder))

    def type_in(self, change: Callable[[Workbook], None]) -> None:
        book = openpyxl.load_workbook(self.file)
        change(book)
        book.save(self.file)

    def data(self) -> dict[str, Any]:
        return self._data_of(read_worksheet(self.file))

    def take_in(self) -> TakenIn:
        sheet = read_worksheet(self.file)
        return into_folder(sheet, self._data_of(sheet), self.folder, self.file)

    def _data_of(self, sheet: Worksheet) -> dict[str, Any]:
        return data_of(sheet, self.file, self.catalogue, self.pack.vocabulary)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> bytes:
    """The worksheet of the example, made once: it does not tell where its folder is."""
    office = Office(ROOT / "data" / EXAMPLE, catalogue)
    office.file = tmp_path_factory.mktemp("exported") / "填报.xlsx"
    office.export()
    return office.file.read_bytes()


@pytest.fixture
def office(tmp_path: Path, catalogue: Catalogue, exported: bytes) -> Office:
    copied = shutil.copytree(ROOT / "data" / EXAMPLE, tmp_path / "示例市示例局-2026")
    made = Office(Path(copied), catalogue)
    made.file.write_bytes(exported)
    return made


def _cell(book: Workbook, sheet: str, column: int, text: str) -> Any:
    """The first cell of a column that holds a text; column A is 1."""
    (found, *_) = [
        row[column - 1] for row in book[sheet].iter_rows() if text in str(row[column - 1].value)
    ]
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_worksheet_that_nobody_touched_changes_no_byte(
    name: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    office = Office(ROOT / "data" / name, catalogue)
    office.file = tmp_path / "填报.xlsx"
    office.export()
    assert is_worksheet(office.file)
    assert is_same(office.loaded.source.data, office.data())
    assert office.take_in().files == {}


def test_a_worksheet_makes_a_new_folder_with_the_same_disclosure(
    office: Office, tmp_path: Path, catalogue: Catalogue
) -> None:
    target = tmp_path / "另一个-2026"
    result = CliRunner().invoke(cli, ["import", str(office.file), "-o", str(target)])
    assert result.exit_code == 0, result.output
    loaded, _ = load_entity(target, catalogue, office.pack.vocabulary)
    assert loaded is not None
    assert loaded.disclosure == office.loaded.disclosure


def test_a_typed_amount_changes_its_line_and_no_other(office: Office) -> None:
    def change(book: Workbook) -> None:
        cell = _cell(book, "三公经费", 2, "公务接待费")
        book["三公经费"].cell(cell.row, 3).value = 49000.1

    office.type_in(change)
    taken = office.take_in()
    assert list(taken.files) == ["情况说明.yaml"]
    before = (office.folder / "情况说明.yaml").read_text("utf-8")
    after = (taken.files["情况说明.yaml"] or b"").decode()
    assert after == before.replace(
        "公务接待费: {一般公共预算拨款: 52000}", "公务接待费: {一般公共预算拨款: 49000.10}"
    )
    assert taken.lines == ["改  三公经费/公务接待费/一般公共预算拨款：52000 → 49000.10"]


def test_rows_typed_into_the_spare_ones_become_items(office: Office) -> None:
    def change(book: Workbook) -> None:
        sheet = book["项目"]
        row = next(
            r
            for r in range(5, 60)
            if sheet.cell(r, 2).value is None
            and sheet.cell(r, 1).value is None
            and sheet.cell(r - 1, 2).value
        )
        for column, value in (
            (2, "示例市示例局本级"),
            (3, "新的项目"),
            (5, "2010502-一般行政管理事务"),
            (6, 1000),
        ):
            sheet.cell(row, column).value = value
        cell = _cell(book, "绩效指标", 6, "维修面积")
        cell.value = "维修的面积"

    office.type_in(change)
    data = office.data()
    assert data["项目"][0]["项目"][-1] == {
        "名称": "新的项目",
        "科目": "2010502",
        "当年预算": {"一般公共预算拨款": "1000"},
    }
    taken = office.take_in()
    assert set(taken.files) == {"项目.yaml", "绩效目标表.yaml"}
    assert "        名称: 新的项目" in (taken.files["项目.yaml"] or b"").decode().replace(
        "- 名称", "  名称"
    )


def test_projects_of_a_unit_are_counted_one_by_one() -> None:
    projects = [{"单位": "某某中心", "项目": [{"名称": "甲"}, {"名称": "乙"}]}]
    assert changes_told({"项目": []}, {"项目": projects}) == ["改  项目：0 项 → 2 项"]


def test_a_cell_that_is_wrong_is_named(office: Office) -> None:
    office.type_in(lambda book: setattr(book["收支"]["E6"], "value", "两万"))
    with pytest.raises(UnusableInputError) as refused:
        office.data()
    (finding,) = refused.value.findings
    assert finding.code == "E204"
    assert str(finding.place).endswith(".xlsx（工作表“收支”E6）")


def test_a_section_changed_on_both_sides_is_a_conflict(office: Office) -> None:
    def change(book: Workbook) -> None:
        cell = _cell(book, "采购与资产", 2, "工程")
        book["采购与资产"].cell(cell.row, 3).value = 1

    office.type_in(change)
    words = office.folder / "情况说明.yaml"
    words.write_text(
        words.read_text("utf-8").replace("机关运行经费: 1952000", "机关运行经费: 1"), "utf-8"
    )
    assert office.take_in().lines == ["改  政府采购/工程：620000 → 1"]
    words.write_text(words.read_text("utf-8").replace("工程: 620000", "工程: 2"), "utf-8")
    with pytest.raises(UnusableInputError) as refused:
        office.take_in()
    assert [each.code for each in refused.value.findings] == ["E653"]


def test_marks_are_ticked_off_in_the_worksheet(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "某某局-2026"
    CliRunner().invoke(cli, ["init", "某某局", "2026", "-o", str(folder)])
    office = Office(folder, catalogue)
    office.export()
    shown: dict[Any, Any] = {}

    def change(book: Workbook) -> None:
        todo = book["待办"]
        for row in range(4, todo.max_row + 1):
            shown[todo.cell(row, 3).value] = todo.cell(row, 5).value
            if todo.cell(row, 3).value in ("项目", "上年预算数/收入总计"):
                todo.cell(row, 6).value = "已完成"
        cell = _cell(book, "上年数", 2, "支出总计")
        book["上年数"].cell(cell.row, 3).value = 500

    office.type_in(change)
    assert shown["三公经费/公务接待费"] == "一般公共预算 0"
    taken = office.take_in()
    projects = (taken.files["项目.yaml"] or b"").decode()
    assert projects.endswith("项目: []\n")
    words = (taken.files["情况说明.yaml"] or b"").decode()
    assert "  收入总计: 0\n  支出总计: 500\n  一般公共预算当年支出: 0      # 待填\n" in words
    assert taken.settled == 2


def _marked(folder: Path, file: str, line: str, mark: str) -> None:
    """Puts a mark behind the first line that holds a text."""
    path = folder / file
    text = path.read_text("utf-8")
    whole = next(each for each in text.splitlines() if line in each)
    path.write_text(text.replace(whole, f"{whole}      # {mark}", 1), "utf-8")


def _insert_project(book: Workbook) -> None:
    """A project more, above all others."""
    sheet = book["项目"]
    sheet.insert_rows(5)
    for column, value in ((2, "示例市示例局本级"), (3, "最上面的新项目"), (6, 1000)):
        sheet.cell(5, column).value = value


def _tick(book: Workbook, words: str) -> None:
    todo = book["待办"]
    for row in range(4, todo.max_row + 1):
        if todo.cell(row, 4).value == words:
            todo.cell(row, 6).value = "已完成"


PROJECT = "名称: 办公业务用房维修"


@pytest.fixture
def marked(tmp_path: Path, catalogue: Catalogue) -> Office:
    """With a mark on the second project."""
    copied = shutil.copytree(ROOT / "data" / EXAMPLE, tmp_path / "示例市示例局-2026")
    _marked(Path(copied), "项目.yaml", PROJECT, "待核（数）")
    made = Office(Path(copied), catalogue)
    made.export()
    return made


def test_marks_follow_their_items_when_rows_are_inserted(marked: Office, tmp_path: Path) -> None:
    marked.type_in(_insert_project)
    target = tmp_path / "新-2026"
    done = CliRunner().invoke(cli, ["import", str(marked.file), "-o", str(target)])
    assert done.exit_code == 1, done.output
    assert "待核  项目/1/项目/3：填报表里还没有处理（待核（数））" in done.output
    _, after = (target / "项目.yaml").read_text("utf-8").split("待核", 1)
    assert PROJECT in after.splitlines()[1]


def test_a_tick_settles_the_mark_of_its_item_wherever_it_stands_now(marked: Office) -> None:
    marked.type_in(lambda book: _tick(book, "待核（数）"))
    file = marked.folder / "项目.yaml"
    text = file.read_text("utf-8")
    first = text.index("      - ")
    item = '{名称: 后来加的, 科目: "2010502", 当年预算: {一般公共预算拨款: 1}}'
    added = f"      - {item}      # 待核（数）\n"
    file.write_text(text[:first] + added + text[first:], "utf-8")
    taken = marked.take_in()
    lines = (taken.files["项目.yaml"] or b"").decode().splitlines()
    assert [each for each in lines if "待核" in each] == [added.rstrip()]
    assert (taken.settled, taken.kept) == (1, 0)


def test_a_tick_does_not_settle_what_was_changed_meanwhile(marked: Office) -> None:
    marked.type_in(lambda book: _tick(book, "待核（数）"))
    file = marked.folder / "项目.yaml"
    file.write_text(file.read_text("utf-8").replace(PROJECT, f"{PROJECT}二", 1), "utf-8")
    taken = marked.take_in()
    assert taken.files == {}
    assert (taken.settled, taken.kept) == (0, 1)


def test_a_mark_on_a_line_of_its_own_goes_and_leaves_what_people_wrote(office: Office) -> None:
    file = office.folder / "项目.yaml"
    file.write_bytes("\ufeff# 甲写的；待填\n".encode() + file.read_bytes())
    office = Office(office.folder, office.catalogue)
    office.export()
    office.type_in(lambda book: _tick(book, "待填"))
    taken = office.take_in()
    assert (taken.files["项目.yaml"] or b"").decode().startswith("\ufeff# 甲写的\n")
    assert taken.settled == 1


def test_a_file_name_in_the_worksheet_leads_to_no_other_file(office: Office) -> None:
    outside = office.folder.parent / "别处.yaml"
    outside.write_text("# 待填\n甲: 乙\n", "utf-8")
    file = office.folder / "项目.yaml"
    file.write_text("# 待填\n" + file.read_text("utf-8"), "utf-8")
    office = Office(office.folder, office.catalogue)
    office.export()

    def change(book: Workbook) -> None:
        _tick(book, "待填")
        tag = book["待办"].cell(4, 1)
        tag.value = str(tag.value).replace("项目.yaml", "../别处.yaml")

    office.type_in(change)
    assert office.take_in().files == {}


def _refused(office: Office) -> tuple[str, ...]:
    with pytest.raises(UnusableInputError) as refused:
        office.data()
    assert {each.code for each in refused.value.findings} == {"E652"}
    return tuple(each.message for each in refused.value.findings)


def _copy_sheet(book: Workbook) -> None:
    book.copy_worksheet(book["文字"]).title = "文字 (2)"


def _copy_row(book: Workbook) -> None:
    sheet = book["三公经费"]
    row = _cell(book, "三公经费", 2, "公务接待费").row
    sheet.insert_rows(row + 1)
    sheet.cell(row + 1, 1).value = sheet.cell(row, 1).value


def _two_usages(book: Workbook) -> None:
    sheet = book["收支"]
    titles = [str(cell.value) for cell in sheet[3]]
    usage = next(at for at, title in enumerate(titles, 1) if title.startswith("用途"))
    for row, words in ((5, "甲"), (6, "乙")):
        sheet.cell(row, 2).value = "2010501"
        sheet.cell(row, usage).value = words


def _two_numbers(book: Workbook) -> None:
    sheet = book["其他"]
    row = _cell(book, "其他", 2, "印出的数").row
    for at, value in ((1, "5"), (2, "6")):
        sheet.cell(row + at, 2).value, sheet.cell(row + at, 3).value = value, "表一/甲"


def _two_names(book: Workbook) -> None:
    sheet = book["其他"]
    row = _cell(book, "其他", 3, "编码").row
    for at, value in ((1, "甲"), (2, "乙")):
        sheet.cell(row + at, 3).value, sheet.cell(row + at, 4).value = "2019999", value


def _number_twice(book: Workbook) -> None:
    book["绩效目标"]["B6"].value = book["绩效目标"]["B5"].value


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (_copy_sheet, "工作表“文字 (2)”和“文字”里有同样的栏目，是复制的：只留一张"),
        (_copy_row, "是同样的栏目：只留一处"),
        (_two_usages, "“收支”里 2010501 的用途写了两种：只留一种"),
        (_two_numbers, "“核对数”里地址“表一/甲”写了两行：只留一行"),
        (_two_names, "“补充科目”里功能分类的编码“2019999”写了两行：只留一行"),
        (_number_twice, "“绩效目标”表里序号“1”写了 2 次"),
    ],
)
def test_what_is_there_twice_is_told(
    change: Callable[[Workbook], None], cause: str, office: Office
) -> None:
    office.type_in(change)
    assert [each for each in _refused(office) if cause in each]


def test_a_new_form_without_a_number_takes_the_indicators_of_no_other(office: Office) -> None:
    def change(book: Workbook) -> None:
        sheet = book["绩效目标"]
        sheet.insert_rows(5)
        sheet["C5"].value, sheet["D5"].value = "示例市示例局本级", "新的项目"

    before = office.data()["项目绩效目标表"]
    office.type_in(change)
    new, *others = office.data()["项目绩效目标表"]
    assert new["项目名称"] == "新的项目"
    assert "绩效指标" not in new
    assert others == before


def test_a_form_offers_the_projects_and_one_column_for_its_value(office: Office) -> None:
    """The national form has the budget year alone: a value of both halves would be a trap."""
    book = openpyxl.load_workbook(office.file)
    goals, indicators = book["绩效目标"], book["绩效指标"]
    assert any("'项目'!" in str(each.formula1) for each in goals.data_validations.dataValidation)
    heads = [str(cell.value) for row in indicators.iter_rows(max_row=6) for cell in row]
    assert [head for head in heads if "指标值" in head] == ["年度指标值"]


def test_a_value_of_both_halves_beside_one_is_told_with_its_indicator() -> None:
    faults: list[str] = []
    indicator: Cells = {
        ("序号",): "1", ("一级指标",): "产出指标", ("二级指标",): "数量指标",
        ("指标",): "活动场次", ("指标值",): "3场", ("年度",): "2场",
    }  # fmt: skip
    form: Cells = {("序号",): "1", ("项目名称",): "某某活动"}
    forms_of([form], [indicator], FormNames(("项目名称",)), faults)
    (fault,) = faults
    assert fault.startswith("绩效指标表序号 1 的“活动场次”写了“指标值”，又分写了实施期或年度的")


def test_a_half_that_prints_a_name_alone_is_not_one_that_prints_nothing() -> None:
    names = FormNames(("项目名称", "绩效指标"), halves=HALVES)
    indicators = [
        {"指标": "活动场次", "实施期": "3场", "年度": ""},
        {"指标": "人次", "实施期": "9"},
    ]
    form = {"项目名称": "某某活动", "绩效指标": {"产出指标": {"数量指标": indicators}}}
    sheet = indicator_block({"项目绩效目标表": [form]}, names)
    keys = [column.key for column in sheet.columns]
    typed = [
        {key: value for key, value in zip(keys, row.values, strict=True) if key and value}
        for row in sheet.rows
    ]
    assert [cells.get(("年度",)) for cells in typed] == ["（空白）", None]
    assert forms_of([{("项目名称",): "某某活动"}], typed, names, []) == [form]


def test_a_stated_number_keeps_its_unit(office: Office) -> None:
    def change(book: Workbook) -> None:
        sheet = book["其他"]
        row = _cell(book, "其他", 2, "印出的数").row + 1
        sheet.cell(row, 2).value, sheet.cell(row, 3).value = "12 辆", "国有资产/车辆"

    office.type_in(change)
    typed = read_worksheet(office.file).typed
    faults: list[str] = []
    assert sections_of(typed, office.pack.vocabulary, faults)["核对数"] == {
        "国有资产/车辆": "12 辆"
    }
    assert faults == []


def test_what_the_pack_has_no_place_for_is_told(office: Office) -> None:
    typed = read_worksheet(office.file).typed
    words = office.pack.vocabulary.with_forms(NO_FORMS)
    faults: list[str] = []
    sections_of(typed, words, faults)
    assert "“项目绩效目标表”填了内容，这个模板包没有这一栏" in faults
    assert "“绩效指标”填了内容，这个模板包没有这一栏" in faults


def test_a_worksheet_of_another_year_is_not_read_into_a_folder(office: Office) -> None:
    words = office.folder / "单位信息.yaml"
    words.write_text(words.read_text("utf-8").replace("年度: 2026", "年度: 2025"), "utf-8")
    with pytest.raises(UnusableInputError) as refused:
        office.take_in()
    (finding,) = refused.value.findings
    assert finding.code == "E653"
    assert finding.message == "填报表是示例市示例局2026年度的，目录是示例市示例局2025年度的"


@pytest.mark.parametrize(
    ("value", "cause"),
    [("#REF!", "公式出错，显示 #REF!"), ("=1+1", "公式还没有算出结果")],
)
def test_a_formula_that_shows_no_value_deletes_nothing(
    value: str, cause: str, office: Office
) -> None:
    def change(book: Workbook) -> None:
        cell = _cell(book, "三公经费", 2, "公务接待费")
        book["三公经费"].cell(cell.row, 3).value = value

    office.type_in(change)
    (message,) = _refused(office)
    assert message.startswith("工作表“三公经费”C")
    assert message.endswith(cause)


def test_days_truths_codes_and_cents_as_excel_keeps_them(office: Office) -> None:
    def change(book: Workbook) -> None:
        words = book["文字"]
        cell = _cell(book, "文字", 2, "政府购买服务指导性目录")
        words.cell(cell.row, 3).value = datetime(2026, 2, 10)
        words.cell(cell.row, 3).number_format = "yyyy-mm-dd"
        projects = book["项目"]
        for column, value in ((5, 2010507), (6, 688.0700000000001), (7, "1,234.56"), (10, 7.1)):
            projects.cell(5, column).value = value
        shown = next(c.column for c in projects[3] if c.value == "公开绩效目标")
        projects.cell(5, shown).value = True

    office.type_in(change)
    data = office.data()
    assert data["其他说明"]["政府购买服务指导性目录"] == "2026年2月10日"
    project = data["项目"][0]["项目"][0]
    assert (project["科目"], project["公开绩效目标"]) == ("2010507", "是")
    assert "688.07" in project["当年预算"].values()
    assert "7.10" in project["当年预算"].values()
    assert "1234.56" in project["当年预算"].values()  # pasted as a text with separators


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" \n=+-@'\""),
    min_size=1,
    max_size=30,
).filter(lambda text: text == text.strip() and text not in ("无", "待填", "待核"))
NAMES = TEXTS.filter(lambda text: "\n" not in text)
LEVEL = st.dictionaries(NAMES, st.lists(TEXTS, max_size=2), max_size=2)
AMOUNTS = st.decimals(0, 10**15 - 1, places=2, allow_nan=False).map(lambda v: f"{abs(v):f}")


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],  # an example takes long: none is made smaller
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    duties=st.lists(TEXTS, min_size=1, max_size=3),
    amounts=st.lists(AMOUNTS, min_size=4, max_size=4),
    name=TEXTS,
    reason=TEXTS,
    indicators=st.dictionaries(NAMES, LEVEL, max_size=2),
)
def test_any_data_comes_back_as_it_was(
    duties: list[str],
    amounts: list[str],
    name: str,
    reason: str,
    indicators: dict[str, dict[str, list[str]]],
    tmp_path_factory: pytest.TempPathFactory,
    catalogue: Catalogue,
) -> None:
    folder = tmp_path_factory.mktemp("data") / "某某局-2026"
    folder.mkdir()
    tree = {
        first: {
            second: [{"指标": each, "年度": each} for each in names]
            for second, names in below.items()
        }
        for first, below in indicators.items()
    }
    basic, carried = {"其他收入": amounts[0]}, {"事业收入": amounts[1]}
    line = {"当年预算": {"基本支出": basic}, "上年结转": {"项目支出": carried}}
    project = {"名称": name, "当年预算": {"事业收入": amounts[2]}}
    form = {"项目名称": name, "实施单位": "某某局", "主管部门及代码": reason, "绩效指标": tree}
    entity = {"名称": "某某局", "类型": "部门", "年度": "2026", "模板包": "national"}
    sections = {
        "单位信息": entity,
        "概况": {"职责": duties},
        "收支": [{"科目": "2010501", **line}],
        "项目": [{"单位": "某某局", "项目": [project]}],
        "上年预算数": {"收入总计": amounts[3]},
        "变动原因": {"收入总计": reason},
        "项目绩效目标表": [form],
    }
    (folder / "全部.yaml").write_text(yaml_text(sections, {}), "utf-8")
    office = Office(folder, catalogue)
    office.export()
    assert is_same(sections, office.data())
    assert office.take_in().files == {}


@needs_soffice
def test_totals_and_checks_are_computed_by_the_spreadsheet(office: Office, tmp_path: Path) -> None:
    office.type_in(lambda book: setattr(book["收支"]["E5"], "value", 8612341))
    book = openpyxl.load_workbook(
        recomputed(office.file.read_bytes(), tmp_path / "again", "xlsx"), data_only=True
    )
    rows = {
        str(row[0].value): [cell.value for cell in row] for row in book["说明和核对"].iter_rows()
    }
    wrong = next(values for name, values in rows.items() if "基本支出经济科目合计" in name)
    assert wrong[1:5] == [15708271, 15708270, 1, "不一致"]
    assert [values[4] for name, values in rows.items() if "公务接待费 ≥" in name] == ["一致"]
    assert book["收支"]["E4"].value == 15708271
    names = [row[2].value for row in book["绩效指标"].iter_rows(min_row=4, max_row=8)]
    assert "示例专项普查" in names


reproduces: Registry[Office] = Registry()


@reproduces("E651", says="隐藏的表被删去了")
def a_worksheet_without_its_hidden_sheet(office: Office) -> str:
    def change(book: Workbook) -> None:
        hidden = book["_填报"]
        for row in range(4, hidden.max_row + 1):
            hidden.cell(row, 1).value = "["

    office.type_in(change)
    return office.file.name


@pytest.mark.parametrize(
    "tag", ['{"表"', '{"格":[["怪","甲"]]}', '{"格":7}', '{"表":"收支"}', '{"办":[],"文件":[]}']
)
def test_a_tag_that_was_typed_over_is_told(tag: str, office: Office) -> None:
    office.type_in(lambda book: setattr(book["收支"]["A3"], "value", tag))
    with pytest.raises(UnusableInputError) as refused:
        office.data()
    assert [each.code for each in refused.value.findings] == ["E651"]


@reproduces("E652", says="只留一样")
def nothing_and_something(office: Office) -> str:
    def change(book: Workbook) -> None:
        cell = _cell(book, "三公经费", 2, "三公经费：整栏没有的选")
        book["三公经费"].cell(cell.row, 3).value = "无"

    office.type_in(change)
    return office.file.name


@reproduces("E653", says="也改过")
def data_that_was_changed_meanwhile(office: Office) -> str:
    def change(book: Workbook) -> None:
        cell = _cell(book, "采购与资产", 2, "工程")
        book["采购与资产"].cell(cell.row, 3).value = 1

    office.type_in(change)
    words = office.folder / "情况说明.yaml"
    words.write_text(words.read_text("utf-8").replace("工程: 620000", "工程: 2"), "utf-8")
    return office.file.name


@pytest.mark.parametrize("code", ["E651", "E652", "E653"])
def test_a_code_is_told_and_nothing_is_written(code: str, office: Office) -> None:
    (case,) = reproduces.cases[code]
    place = case.reproduce(office)
    before = {file: file.read_bytes() for file in office.folder.rglob("*.yaml")}
    done = CliRunner().invoke(cli, ["import", str(office.file), "--into", str(office.folder)])
    assert done.exit_code == 2
    (report,) = reports_in(done.stderr)
    assert (report.code, report.place) == (code, place)
    assert case.says in report.message + report.remedy
    assert {file: file.read_bytes() for file in before} == before


@reproduces("E654", says="32767")
def a_text_too_long_for_a_cell(office: Office) -> str:
    words = office.folder / "单位信息.yaml"
    words.write_text(words.read_text("utf-8").replace("承担市委", "承担市委" * 10_000), "utf-8")
    return office.folder.name


def test_a_worksheet_that_would_lose_something_is_not_written(
    office: Office, tmp_path: Path
) -> None:
    (case,) = reproduces.cases["E654"]
    place = case.reproduce(office)
    output = tmp_path / "填报.xlsx"
    done = CliRunner().invoke(cli, ["worksheet", str(office.folder), "-o", str(output)])
    (report,) = reports_in(done.stderr)
    assert (report.code, report.place) == ("E654", place)
    assert case.says in report.remedy
    assert not output.exists()
