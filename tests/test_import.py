"""``disclosure import``: from a printed or published document back to data."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.main import cli
from generator.compose.compose import compose
from generator.compute.statements.table import Statement
from generator.drafts.draft import Draft, Paragraph, Spot
from generator.importing.data_files import write_yaml
from generator.importing.reading import ImportResult
from generator.importing.run import Imported
from generator.load.catalogue import Catalogue
from generator.load.yaml.folder import read_yaml_folder
from generator.load.yaml.tree import read_yaml
from generator.load.yaml.write import yaml_text
from generator.pack.pack import Pack
from tests.conftest import DEPARTMENT, DRAFTS, ROOT, SAMPLES, UNIT, Sample
from tests.resolutions import read_resolutions, resolve

Read = Callable[[str, str], Imported]


@pytest.mark.parametrize("extension", ["docx", "pdf"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_printed_document_gives_data_that_prints_it_again(
    name: str,
    extension: str,
    printed: Callable[[str], Sample],
    imported: Read,
    pack: Pack,
    catalogue: Catalogue,
    tmp_path: Path,
) -> None:
    sample = printed(name)
    reading = imported(name, extension).reading
    assert reading.unread() == []
    write_yaml(reading, tmp_path / "读入")
    again = compose(tmp_path / "读入", pack, catalogue)
    assert _printed(again.document.html()) == _printed(sample.composed.document.html())


def _printed(html: str) -> str:
    """The document without exact values in 元: several give the same printed figures."""
    return re.sub(r'<data value="[^"]*"', "<data", html)


def test_a_published_text_is_read_without_loss(imported: Read) -> None:
    """Every line is in the data or reported; what is doubtful says where it stands."""
    reading = imported(UNIT, "txt").reading
    assert reading.unread() == []
    assert reading.sections["上年预算数"] == {
        "收入总计": "5164300",
        "支出总计": "5164300",
        "一般公共预算当年支出": "5164300",
    }
    assert reading.sections["公开方式"] == {
        "无数据表": ["表三", "表四", "表六"],
        "绩效目标表位置": "正文",
    }
    hidden = [p["名称"] for p in reading.sections["项目"][0]["项目"] if "公开绩效目标" in p]
    assert hidden == ["第三批全国双拥模范城与边海防基层连队结对共建经费"]
    assert reading.sections["附件"][0]["落款"] == "阳泉市退役军人服务中心"


def test_what_a_text_says_otherwise_than_its_tables_is_a_doubt(imported: Read) -> None:
    told = {doubt.path[1]: str(doubt) for doubt in _compared(imported(UNIT, "txt").reading)}
    assert "工作专项经费。；" in told["一"]
    assert set(told) == {"一", "十", "名词解释"}


def test_the_order_of_names_in_a_list_says_nothing(imported: Read) -> None:
    """教育局 lists its economic subjects in another order than 表六."""
    compared = _compared(imported(DEPARTMENT, "txt").reading)
    assert [doubt.path[1] for doubt in compared] == ["名词解释"]


def _compared(reading: ImportResult) -> list[Any]:
    return [doubt for doubt in reading.doubts if doubt.path[0] == "核对"]


def test_the_command_lists_doubts_and_never_overwrites(tmp_path: Path) -> None:
    run = CliRunner().invoke(
        cli, ["import", str(DRAFTS / f"{UNIT}.txt"), "-o", str(tmp_path / "新")]
    )
    assert run.exit_code == 1
    assert "没有读进数据的行" in run.output
    assert "待核" in (tmp_path / "新" / "收支.yaml").read_text(encoding="utf-8")
    forms = sorted((tmp_path / "新" / "绩效目标表").iterdir())
    assert [path.name for path in forms] == ["01-阳泉市退役军人服务中心.yaml"]
    again = CliRunner().invoke(
        cli, ["import", str(DRAFTS / f"{UNIT}.txt"), "-o", str(tmp_path / "新")]
    )
    assert again.exit_code == 2
    assert "E503" in again.output


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"]),
    max_size=30,
).map(str.strip)
TREES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS.filter(bool), TREES, min_size=1, max_size=4))
def test_every_text_survives_writing_and_reading(data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.yaml"
        file.write_text(yaml_text(data, {}), encoding="utf-8")
        source = read_yaml(file)
    assert source.findings == []
    assert source.data == data


def test_a_doubt_stands_as_a_comment_beside_its_value() -> None:
    reading = ImportResult(Draft(Path("a.txt"), (Paragraph("x", Spot("行", 1)),)))
    data = {"政府采购": {"货物": "100", "工程": "0"}, "附件": [{"正文": ["甲", "乙"]}]}
    text = yaml_text(
        data, {("政府采购", "货物"): "待核：看不清（第3行）", ("附件", 0, "正文", 1): "待核：缺字"}
    )
    assert text == (
        "政府采购:\n"
        "  货物: 100      # 待核：看不清（第3行）\n"
        "  工程: 0\n"
        "附件:\n"
        "  - 正文:\n"
        "      - 甲\n"
        "      - 乙      # 待核：缺字\n"
    )
    assert reading.unread() == list(reading.draft.lines())


@pytest.mark.parametrize("name", SAMPLES)
def test_the_published_text_gives_the_statements_of_the_data(
    name: str,
    printed: Callable[[str], Sample],
    imported: Read,
    pack: Pack,
    catalogue: Catalogue,
    tmp_path: Path,
) -> None:
    """All 13 statements print as from the committed data, cell by cell."""
    reading = imported(name, "txt").reading
    write_yaml(reading, tmp_path / "读入")
    again = compose(tmp_path / "读入", pack, catalogue).statements
    for number, statement in printed(name).composed.statements.items():
        assert _cells(again[number]) == _cells(statement), number


def _cells(statement: Statement) -> list[list[str]]:
    return [
        [cell.figure.text if cell.figure else cell.text for part in row for cell in part.cells]
        for row in statement.rows
    ]


def test_the_published_text_gives_the_words_of_the_data(imported: Read) -> None:
    """Words and facts are those of the committed data; one slip of the text was mended there."""
    reading = imported(DEPARTMENT, "txt").reading
    source = read_yaml_folder(ROOT / "data" / DEPARTMENT, splittable=("项目绩效目标表",))
    assert isinstance(source.data, dict)
    sections = deepcopy(reading.sections)
    slip = sections["变动原因"].pop("机关运行经费")
    assert slip == "机关人员增加，运行经相应增加"
    committed: dict[str, Any] = dict(source.data)
    committed["变动原因"].pop("机关运行经费")
    assert committed["单位信息"].pop("模板包") == "yangquan"  # the command names it, not the text
    for section in ("单位信息", "概况", "上年预算数", "变动原因", "政府采购", "其他说明", "附件"):
        assert sections[section] == committed[section], section
    assert reading.sections["国有资产"].items() <= committed["国有资产"].items()
    assert reading.sections["整体绩效目标表"] == committed["整体绩效目标表"]


def test_the_published_forms_are_the_data_up_to_the_recorded_resolutions(imported: Read) -> None:
    forms = deepcopy(imported(UNIT, "txt").reading.sections["项目绩效目标表"])
    assert resolve(forms, read_resolutions(DRAFTS / f"resolutions-{UNIT}.yaml")) == []
    source = read_yaml_folder(ROOT / "data" / UNIT, splittable=("项目绩效目标表",))
    assert isinstance(source.data, dict)
    assert forms == source.data["项目绩效目标表"]
