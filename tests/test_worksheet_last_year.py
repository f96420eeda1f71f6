"""上年数 of the worksheet: every cell that can be filled is one that the data take."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl.workbook import Workbook

from generator.cli.main import cli
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from tests.test_worksheet import Office

PACK_NAMES = sorted(path.name for path in PACKS.iterdir() if (path / "pack.yaml").is_file())


@pytest.mark.parametrize("pack", PACK_NAMES)
def test_whatever_is_filled_in_is_taken(pack: str, tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "某某局-2026"
    begun = CliRunner().invoke(cli, ["init", "某某局", "2026", "--pack", pack, "-o", str(folder)])
    assert begun.exit_code == 0, begun.output
    office = Office(folder, catalogue)
    office.export()

    def fill(book: Workbook) -> None:
        sheet = book["上年数"]
        for row in range(5, sheet.max_row + 1):
            if sheet.cell(row, 1).value == "止":
                return
            for column, value in ((3, 5), (4, "新增示例专项")):
                if not sheet.cell(row, column).protection.locked:
                    sheet.cell(row, column).value = value

    office.type_in(fill)
    words = (office.take_in().files["情况说明.yaml"] or b"").decode()
    for name in office.pack.vocabulary.comparisons:
        assert f"  {name}: 新增示例专项" in words
