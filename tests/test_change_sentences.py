"""The reasons that write themselves: forty sentences, a worked pair of years, and their marks."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.checks.rules import reasons
from generator.cli.main import cli
from generator.compose.compose import Composed, compose
from generator.compose.document.tree import text_of_element
from generator.core.findings import Finding
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from generator.printing.docx.writer import write_docx
from generator.printing.formats import print_formats
from generator.reading.from_data import presented_data
from tests.last_year_of_the_unit import refer_to_last_year
from tests.two_years import write_years

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "golden" / "change-sentences.yaml").read_text(encoding="utf-8")
)
_MARK = "（自动生成，请核）"


def _many_projects() -> tuple[dict[str, Any], dict[str, Any]]:
    """A hundred projects of 20 万元: some gone, some new, the others a little up or down."""
    places = [a + b for a in "东南西北中" for b in "馆站所队点库室厅楼园"]
    works = ["修缮", "巡护"]
    names = [f"{place}{work}" for work in works for place in places]
    before = {name: Decimal(20) for name in names}
    after = {name: amount + n % 7 - 2 for n, (name, amount) in enumerate(before.items()) if n % 9}
    return {"项目": before}, {
        "项目": after | {f"{place}值守": Decimal(18) for place in places[:12]}
    }


def _composed(case: dict[str, Any], folder: Path, pack: Pack, catalogue: Catalogue) -> Composed:
    before, after = case["上年"], case["本年"]
    if before == "一百个小项目":
        before, after = _many_projects()
    return compose(
        write_years(folder, before, after, case.get("名称", "某某市档案馆")), pack, catalogue
    )


def test_there_are_forty_sentences() -> None:
    assert len({case["名"] for case in CASES}) == 40


@pytest.mark.parametrize("case", CASES, ids=[case["名"] for case in CASES])
def test_a_change_is_explained_as_a_person_would(
    case: dict[str, Any], tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    composed = _composed(case, tmp_path, pack, catalogue)
    reason = composed.explanations[case.get("处", "支出总计")].reason
    assert reason is not None
    assert reason.automatic
    assert reason.text == case["原因"]
    document = presented_data(composed, pack)
    outcomes = [outcome for check in reasons.CHECKS for outcome in check(document, pack)]
    assert [each.message for each in outcomes if isinstance(each, Finding)] == []


@pytest.fixture
def pair_of_years(unit_folder: Path) -> Path:
    """The small sample with the invented last year, and no reason that a person wrote."""
    refer_to_last_year(unit_folder)
    return unit_folder


def _paragraph(composed: Composed, heading: str) -> str:
    """The paragraph that follows a heading of 情况说明."""
    blocks = [text_of_element(block) for block in composed.document.body.iter("h2", "h3", "p")]
    last = len(blocks) - 1 - blocks[::-1].index(heading)  # the first stands in the contents
    return blocks[last + 1]


def test_the_worked_pair_reads_as_the_head_of_finance_would_sign_it(
    pair_of_years: Path, pack: Pack, catalogue: Catalogue
) -> None:
    composed = compose(pair_of_years, pack, catalogue)
    reason = (
        "新增第三批全国双拥模范城与边海防基层连队结对共建经费300.00万元，"
        "但军休干部服务用房维修项目不再安排，减少50.00万元，其余增减相抵后增加8.05万元"
    )
    assert _paragraph(composed, "一、单位预算收支数据变动情况及原因") == (
        "2024年度阳泉市退役军人服务中心预算收入总计774.48万元，其中：本年收入774.48万元，"
        f"上年结转0万元，比上年增加258.05万元，增长49.97%，主要原因是{reason}；"
        "本年单位预算支出总计774.48万元，其中：本年预算安排774.48万元，"
        f"上年结转0万元，比上年增加258.05万元，增长49.97%，主要原因是{reason}。"
    )
    assert _paragraph(composed, "（一）一般公共预算当年支出规模变化情况") == (
        "2024年度阳泉市退役军人服务中心一般公共预算当年支出774.48万元，"
        "比上年增加258.05万元，增长49.97%。"
    )
    assert [finding.code for finding in composed.findings] == []


def test_a_person_s_reason_stands(pair_of_years: Path, pack: Pack, catalogue: Catalogue) -> None:
    own = "今年新增城连共建工作专项经费"
    (pair_of_years / "原因.yaml").write_text(f"变动原因: {{收入总计: {own}}}\n", encoding="utf-8")
    explained = compose(pair_of_years, pack, catalogue).explanations
    income, spending = explained["收入总计"].reason, explained["支出总计"].reason
    assert income is not None
    assert spending is not None
    assert (income.text, income.automatic) == (own, False)
    assert spending.automatic


def test_a_draft_shows_what_a_machine_wrote_and_a_public_file_does_not(
    pair_of_years: Path, pack: Pack, catalogue: Catalogue
) -> None:
    for draft in (True, False):
        composed = compose(pair_of_years, pack, catalogue, draft=draft)
        html = composed.document.html()
        assert html.count(_MARK) == 2 * draft
        assert ('<span class="automatic">' in html) is draft
    draft_of_two = compose(pair_of_years, pack, catalogue, draft=True)
    docx = write_docx(draft_of_two.document, pack, defaultdict(int))  # the pages do not matter
    body = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    assert body.count('<w:u w:val="dotted"/>') >= 2
    (numbers,) = print_formats(draft_of_two, pack, [], lambda _: None).files.values()
    figures = json.loads(numbers)
    marked = {each["名称"]: each["自动生成"] for each in figures["变动"]}
    assert marked == {"收入总计": True, "支出总计": True, "一般公共预算当年支出": None}
    spending = figures["变动"][1]
    named = sum(map(Decimal, spending["点名"].values()))
    assert named + Decimal(spending["其余"]) == Decimal(spending["增减"]) == Decimal("258.05")
    assert sum(Decimal(m["本年元"]) - Decimal(m["上年元"]) for m in spending["构成"]) == 2580549


def test_a_public_file_is_not_built_without_a_reason_but_a_draft_is(unit_folder: Path) -> None:
    file = unit_folder / "情况说明.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"\n  支出总计: 今年新增.*", "", text), encoding="utf-8")
    output = unit_folder.parent / "out"
    arguments = ["build", str(unit_folder), "-o", str(output), "--format", "html"]
    public = CliRunner().invoke(cli, arguments)
    assert public.exit_code == 2
    assert "“支出总计”比上年增加258.05万元，没有写原因" in public.stderr
    assert not list(output.glob("*.html"))
    draft = CliRunner().invoke(cli, [*arguments, "--draft"])
    assert draft.exit_code == 1
    assert list(output.glob("*.html"))


def test_the_command_prints_every_change_with_its_breakdown(pair_of_years: Path) -> None:
    done = CliRunner().invoke(cli, ["explain-changes", str(pair_of_years)])
    assert done.exit_code == 0, done.output
    assert "收入总计　比上年增加258.05万元" in done.stdout
    assert re.search(r"● │ 军休干部服务用房维修 +│ +50.00 │ +0.00 │ +-50.00", done.stdout)
    assert "（自动生成，请核）" in done.stdout


def test_the_command_writes_reasons_to_be_pasted(pair_of_years: Path) -> None:
    done = CliRunner().invoke(cli, ["explain-changes", "--yaml", str(pair_of_years)])
    reasons_of_data = yaml.safe_load(done.stdout)["变动原因"]
    assert list(reasons_of_data) == ["收入总计", "支出总计"]
    assert reasons_of_data["支出总计"].startswith("新增第三批全国双拥模范城")


def test_the_waterfall_leads_from_last_year_to_this_year(
    pair_of_years: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    folder = Path(shutil.copytree(PACKS / "yangquan", tmp_path / "pack"))
    settings = (folder / "pack.yaml").read_text(encoding="utf-8")
    (folder / "pack.yaml").write_text(
        settings.replace("变动瀑布图: 否", "变动瀑布图: 是"), encoding="utf-8"
    )
    html = compose(pair_of_years, load_pack(folder), catalogue).document.html()
    words = re.search(r'aria-label="支出总计变动图：([^"]*)"', html)
    assert words is not None
    amounts = [
        Decimal(number.replace("−", "-"))
        for number in re.findall(r"([+−]?\d+\.\d\d)万元", words[1])
    ]
    assert amounts == [*map(Decimal, ("516.43", "300.00", "-50.00", "8.05", "774.48"))]
    assert amounts[0] + sum(amounts[1:-1]) == amounts[-1]
