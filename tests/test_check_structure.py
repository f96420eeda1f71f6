"""Checks of parts, contents, pages and empty tables, on a clean document and a broken one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from generator.checks.rule import Passed, Unchecked
from generator.checks.rules.structure import CHECKS
from generator.core.findings import Finding
from generator.core.records import replace
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.reading.document import Amount, DocumentTable, Passage, ReadDocument
from generator.reading.from_data import presented_data
from tests.conftest import UNIT, Sample

Printed = Callable[[str], Sample]


def outcomes(document: ReadDocument, pack: Pack, kind: type) -> list[object]:
    return [each for check in CHECKS for each in check(document, pack) if isinstance(each, kind)]


def found(document: ReadDocument, pack: Pack) -> list[Finding]:
    return [each for each in outcomes(document, pack, Finding) if isinstance(each, Finding)]


def told(document: ReadDocument, pack: Pack) -> list[tuple[str, str, str]]:
    return [(each.code, each.group, each.message) for each in found(document, pack)]


@pytest.fixture(scope="module", params=["docx", "pdf"])
def draft(
    request: pytest.FixtureRequest,
    printed: Printed,
    pack: Pack,
    catalogue: Catalogue,
    tmp_path_factory: pytest.TempPathFactory,
) -> ReadDocument:
    """The small sample, printed and read again."""
    file = tmp_path_factory.mktemp("draft") / f"{UNIT}.{request.param}"
    file.write_bytes(printed(UNIT).file(str(request.param)))
    return presented_draft(file, pack, catalogue)


def without(document: ReadDocument, gone: Callable[[Passage], bool]) -> ReadDocument:
    return replace(document, passages=tuple(p for p in document.passages if not gone(p)))


def rewritten(document: ReadDocument, old: str, new: str, *, contents: bool) -> ReadDocument:
    """A document in which the contents, or everything else, says something else."""
    passages = tuple(
        replace(passage, text=passage.text.replace(old, new))
        if (passage.section == "目录") is contents
        else passage
        for passage in document.passages
    )
    assert passages != document.passages
    return replace(document, passages=passages)


def with_table(document: ReadDocument, table: DocumentTable) -> ReadDocument:
    return replace(document, tables={**document.tables, table.number: table})


def test_a_printed_document_is_complete(draft: ReadDocument, pack: Pack) -> None:
    assert told(draft, pack) == []
    assert outcomes(draft, pack, Passed)


def test_page_numbers_are_checked_in_a_pdf_only(draft: ReadDocument, pack: Pack) -> None:
    unchecked = [
        each.group for each in outcomes(draft, pack, Unchecked) if isinstance(each, Unchecked)
    ]
    assert unchecked == ([] if draft.file.suffix == ".pdf" else ["目录页码"])


def test_data_prints_every_part(printed: Printed, pack: Pack) -> None:
    assert told(presented_data(printed(UNIT).composed, pack), pack) == []


def test_a_missing_section_is_named(draft: ReadDocument, pack: Pack) -> None:
    broken = without(draft, lambda p: p.section == "八" or "八、机关运行经费" in p.text)
    assert told(broken, pack) == [("E741", "情况说明 八", "缺少情况说明 八")]


def test_a_missing_table_is_named(draft: ReadDocument, pack: Pack) -> None:
    tables = {number: table for number, table in draft.tables.items() if number != "表七"}
    gone = without(draft, lambda p: p.section == "表七" or "表七" in p.text)
    broken = replace(gone, tables=tables)
    assert told(broken, pack) == [("E741", "表七", "缺少表七")]
    assert Unchecked("E742", "表七", "没有读到这张表") in outcomes(broken, pack, Unchecked)


def test_sections_in_another_order_are_found(draft: ReadDocument, pack: Pack) -> None:
    ninth = [p for p in draft.passages if p.section == "九" or p.text.startswith("九、政府采购")]
    body = [p for p in ninth if p.section != "目录"]
    rest = [p for p in draft.passages if p not in body]
    at = next(n for n, p in enumerate(rest) if p.heading and p.text.startswith("七、"))
    broken = replace(draft, passages=(*rest[:at], *body, *rest[at:]))
    messages = [message for _, _, message in told(broken, pack)]
    assert "情况说明 七印在情况说明 九之后，次序颠倒" in messages


def test_contents_that_say_it_otherwise_are_found(draft: ReadDocument, pack: Pack) -> None:
    broken = rewritten(draft, "三、支出预算情况说明", "三、支出情况说明", contents=True)
    message = "目录写“三、支出情况说明”，正文的标题是“三、支出预算情况说明”"
    assert told(broken, pack) == [("E741", "目录", message)]
    assert found(broken, pack)[0].subjects == ("目录", "目录/三、支出情况说明")


def test_a_heading_that_the_contents_lack_is_found(draft: ReadDocument, pack: Pack) -> None:
    broken = without(draft, lambda p: p.section == "目录" and "政府采购情况" in p.text)
    message = "正文的标题“九、政府采购情况”不在目录里"
    assert told(broken, pack) == [("E741", "情况说明 九", message)]


def test_an_entry_without_a_heading_is_found(draft: ReadDocument, pack: Pack) -> None:
    entry = next(p for p in draft.passages if p.section == "目录" and "名词解释" in p.text)
    at = draft.passages.index(entry)
    extra = replace(entry, text="第五部分　附表目录清单........31")
    passages = (*draft.passages[: at + 1], extra, *draft.passages[at + 1 :])
    broken = replace(draft, passages=passages)
    message = "目录里的“第五部分　附表目录清单”在正文里找不到"
    assert told(broken, pack) == [("E741", "目录", message)]


def test_a_wrong_page_number_is_found_in_a_pdf(draft: ReadDocument, pack: Pack) -> None:
    entry = next(p for p in draft.passages if p.section == "目录" and "十一、国有资产" in p.text)
    words = entry.text.rstrip("0123456789")
    page = int(entry.text.removeprefix(words))
    wrong = replace(entry, text=f"{words}{page + 3}")
    passages = tuple(wrong if p is entry else p for p in draft.passages)
    message = f"目录写“十一、国有资产占有使用情况”在第{page + 3}页，实际在第{page}页"
    expected = [("E741", "目录", message)] if draft.file.suffix == ".pdf" else []
    assert told(replace(draft, passages=passages), pack) == expected


def test_pages_that_start_anew_cannot_be_checked(draft: ReadDocument, pack: Pack) -> None:
    passages = []
    for number, passage in enumerate(draft.passages):
        text = passage.text
        if passage.section == "目录" and text[-1:].isdigit():
            text = f"{text.rstrip('0123456789')}{number}"
        passages.append(replace(passage, text=text))
    broken = replace(draft, passages=tuple(passages))
    assert told(broken, pack) == []
    assert any(
        isinstance(each, Unchecked) and each.group == "目录页码"
        for each in outcomes(broken, pack, Unchecked)
    )


def test_an_empty_table_without_its_note_is_found(draft: ReadDocument, pack: Pack) -> None:
    table = replace(draft.tables["表七"], no_data=False)
    message = "表里没有数字，也没有“注：本表无数据”"
    assert told(with_table(draft, table), pack) == [("E742", "表七", message)]


def test_an_empty_table_without_its_rows_is_found(draft: ReadDocument, pack: Pack) -> None:
    table = replace(draft.tables["表七"], rows=())
    message = "空表没有保留“合计”行（共缺 1 行）"
    assert told(with_table(draft, table), pack) == [("E742", "表七", message)]


@pytest.mark.parametrize(("number", "key"), [("表一", "217"), ("表一", "上年结转")])
def test_a_row_that_always_stands_must_not_be_missing(
    draft: ReadDocument, pack: Pack, number: str, key: str
) -> None:
    table = draft.tables[number]
    rows = tuple(row for row in table.rows if row.key != key)
    ((code, group, message),) = told(with_table(draft, replace(table, rows=rows)), pack)
    assert (code, group) == ("E741", number)
    assert message.startswith(f"{number}缺少应有的行：")


def test_a_note_under_figures_is_found(draft: ReadDocument, pack: Pack) -> None:
    table = replace(draft.tables["表五"], no_data=True)
    ((code, group, message),) = told(with_table(draft, table), pack)
    assert (code, group) == ("E742", "表五")
    assert message == "表里有内容（表五/合计/合计 印着774.48），又注“本表无数据”"


def test_words_in_the_cells_of_an_empty_table_are_found(draft: ReadDocument, pack: Pack) -> None:
    table = draft.tables["表七"]
    row = table.rows[0]
    column, cell = next(iter(row.cells.items()))
    filled = replace(cell, amount=Amount(Decimal("1.5"), "1.50", exact=False))
    broken = replace(table, rows=(replace(row, cells={**row.cells, column: filled}),))
    assert "1.50" in told(with_table(draft, broken), pack)[0][2]


def test_raw_text_gives_no_findings(pack: Pack, catalogue: Catalogue) -> None:
    file = Path(__file__).parent / "drafts" / f"{UNIT}.txt"
    assert told(presented_draft(file, pack, catalogue), pack) == []
