"""Statements without amounts: empty, not unread, whatever other numbers stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks.run import run_checks
from generator.checks.selection import ALL
from generator.compose.compose import compose
from generator.core.resources import PACKS
from generator.drafts.words.amount_columns import states_amounts
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.conftest import BUREAU, UNIT, Sample

HEAD = ["序号", "项目名称", "起止年度", "科目编码", "合计", "2026年", "备注"]
NUMBERS = "1|2|3|4|5"


@pytest.mark.parametrize(
    ("rows", "states"),
    [
        ([], False),
        (["1|2|3|4|5|6|7"], False),
        (["栏次||||1|2|"], False),
        (["栏次||||1||"], False),
        (["1||||||", "2||||||"], False),
        (["1||2026|||||"], False),
        (["1|维修|2025|2080199|0.00||见附件12"], False),
        (["1|维修|2025|208||0|3"], False),
        (["||||2025|2026|"], False),
        (["1|2|3|4|5|6|7", "1|维修||||12.00|"], True),
        (["合计||||12||"], True),
        (["栏次||||1||", "合计||||3||"], True),
    ],
)
def test_only_amounts_are_stated(rows: list[str], states: bool) -> None:
    assert states_amounts([HEAD, *(row.split("|") for row in rows)]) is states


@pytest.mark.parametrize(
    ("rows", "unread"),
    [
        (NUMBERS, False),
        ("栏次|1|2|3|4", False),
        ("甲|12.00|12.00|||8.00", True),  # wider than its head
    ],
)
def test_a_statement_is_unread_only_if_amounts_of_it_were_not_read(
    printed: Callable[[str], Sample],
    pack: Pack,
    catalogue: Catalogue,
    tmp_path: Path,
    rows: str,
    unread: bool,
) -> None:
    """Of one that is empty, all that is said against others is checked."""
    html = printed(UNIT).file("html").decode("utf-8")
    before, title, after = html.rpartition("预算表（上年结转）")
    cells = "".join(f"<td>{cell}</td>" for cell in rows.split("|"))
    document = tmp_path / "公开.html"
    after = after.replace("</table>", f"<tr>{cells}</tr></table>", 1)
    document.write_text(before + title + after, "utf-8")
    presented = presented_draft(document, pack, catalogue)
    assert presented.tables["表十三"].unread is unread
    unchecked = run_checks(presented, pack, ALL, None).unchecked
    assert any(each.code == "E718" for each in unchecked) is unread


@pytest.mark.parametrize("label", ["1", "栏次"])
def test_numbers_of_columns_are_no_row_though_the_pack_prints_none(
    catalogue: Catalogue, tmp_path: Path, label: str
) -> None:
    pack = load_pack(PACKS / "national")
    html = compose(BUREAU, pack, catalogue).document.html()
    rows = re.compile(r"(?<=</thead>)(.*?)(<tr.*?</tr>)", re.S)
    numbered = rows.sub(lambda match: match[1] + _numbers(match[2], label) + match[2], html)
    assert numbered.count(f"<tr><td>{label}</td>") >= len(pack.statements)
    document = tmp_path / "公开.html"
    document.write_text(numbered, "utf-8")
    presented = presented_draft(document, pack, catalogue)
    assert not run_checks(presented, pack, ALL, None).findings


def _numbers(row: str, first: str) -> str:
    """A row of the numbers of columns, as wide as another one."""
    cells = re.findall(r"<t[dh]([^>]*)>", row)
    spans = [re.search(r'colspan="?(\d+)', cell) for cell in cells]
    width = sum(int(span[1]) if span else 1 for span in spans)
    start = 2 if first == "1" else 1
    numbers = [first, *map(str, range(start, start + width - 1))]
    return f"<tr>{''.join(f'<td>{number}</td>' for number in numbers)}</tr>"
