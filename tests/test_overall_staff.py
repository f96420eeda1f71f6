"""The counts of the overall form against each other, and where the counts of data are written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks.rule import Passed
from generator.checks.rules.counts import counts_of_text
from generator.checks.rules.forms.overall_staff import CHECKS
from generator.compose.compose import compose
from generator.core.findings import Finding
from generator.core.records import replace
from generator.load.catalogue import Catalogue
from generator.model.disclosure import EntityKind
from generator.pack.pack import Pack
from generator.reading.document import Origin, ReadDocument
from generator.reading.from_data import presented_data
from tests.conftest import DEPARTMENT, ROOT, UNIT

FORM = ROOT / "data" / DEPARTMENT / "整体绩效目标表.yaml"


@pytest.fixture
def department(of_data: Callable[[str], ReadDocument]) -> ReadDocument:
    """19 units; 2143 posts, 1987 people, all of them established."""
    return of_data(DEPARTMENT)


def _stating(document: ReadDocument, **texts: str) -> ReadDocument:
    assert document.overall is not None
    return replace(document, overall=document.overall.model_copy(update=texts))


def _found(document: ReadDocument, pack: Pack) -> list[Finding]:
    return [each for each in CHECKS[0](document, pack) if isinstance(each, Finding)]


def test_counts_that_agree_are_compared(department: ReadDocument, pack: Pack) -> None:
    outcomes = list(CHECKS[0](department, pack))
    assert outcomes == [Passed("E736"), *[Passed("W731")] * 3]


@pytest.mark.parametrize(
    ("texts", "code", "message"),
    [
        ({"staff_established": "1988"}, "E736", "在编人员 1988 人，多于实际在职人员总数 1987 人"),
        (
            {"staff_other": "3人"},
            "W731",
            "1987 人 + 其他人员 3 人 = 1990 人，实际在职人员总数写 1987 人",
        ),
        ({"establishment": "1,986名"}, "W731", "在编人员 1987 人，多于核定的人员编制 1986 人"),
        ({"units": "20个"}, "W731", "所属预算单位 20 个，单位名单列出 19 个"),
        ({"units": "17"}, "W731", "所属预算单位 17 个，单位名单列出 19 个"),
    ],
)
def test_one_count_that_does_not_fit(
    department: ReadDocument, pack: Pack, texts: dict[str, str], code: str, message: str
) -> None:
    (finding,) = _found(_stating(department, **texts), pack)
    assert finding.code == code
    assert message in finding.message
    assert finding.place is not None
    assert finding.place.file.name == FORM.name
    line = FORM.read_text(encoding="utf-8").splitlines()[finding.place.line - 1]
    assert finding.subjects == (f"整体绩效目标表/{line.partition(':')[0].strip()}",)


@pytest.mark.parametrize(
    "texts",
    [
        {"units": "18个"},  # without the department itself
        {"units": "见附表"},
        {"staff_other": ""},
        {"staff_other": "3人（不在职）"},
        {"establishment": "约1900人"},
        {"staff": "1990人", "staff_other": "3人"},
        {"staff": "", "staff_other": "3人"},
    ],
)
def test_what_may_be_is_not_told(
    department: ReadDocument, pack: Pack, texts: dict[str, str]
) -> None:
    assert not _found(_stating(department, **texts), pack)


def test_a_unit_is_not_held_against_a_list_of_units(department: ReadDocument, pack: Pack) -> None:
    unit = replace(_stating(department, units="0个"), kind=EntityKind.UNIT)
    assert not _found(unit, pack)


def test_in_a_draft_it_is_told_at_its_row(department: ReadDocument, pack: Pack) -> None:
    draft = replace(_stating(department, units="30个"), origin=Origin.DRAFT, written=lambda _: None)
    (finding,) = _found(draft, pack)
    row = next(each for each in draft.overall_rows if "所属预算单位数" in each.cells)
    assert finding.place == row.place


def test_the_vehicles_of_data_are_told_where_they_are_written(
    pack: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(ROOT / "data" / UNIT, tmp_path / UNIT))
    file = folder / "情况说明.yaml"
    text = file.read_text(encoding="utf-8")
    assert "  实有车辆: 无\n" in text
    held = "  实有车辆: {机要通信用车: 1}"
    file.write_text(text.replace("  实有车辆: 无", held), encoding="utf-8")
    document = presented_data(compose(folder, pack, catalogue), pack)
    (finding,) = [each for each in counts_of_text(document, pack) if isinstance(each, Finding)]
    assert finding.code == "E730"
    assert finding.place is not None
    assert finding.place.file == file
    assert file.read_text(encoding="utf-8").splitlines()[finding.place.line - 1] == held
