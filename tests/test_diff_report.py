"""The report of a comparison in a real browser, used as a reviewer does."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from generator.cli.main import cli
from generator.compose.compose import compose
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.printing.formats import Format, print_formats
from tests.axe import needs_axe, violations
from tests.browser import CHROMIUM, Browser, Page
from tests.conftest import ROOT, UNIT

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="没有装 Chromium（apt install chromium）")

_HOSTILE = (
    "&lt;script&gt;document.title='run'&lt;/script&gt;"
    "&lt;img src=http://203.0.113.1/x onerror=\"document.title='run'\"&gt;"
)


@pytest.fixture(scope="module")
def report(pack: Pack, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft with differences of most classes, and words that would run if they could."""
    folder = tmp_path_factory.mktemp("report")
    data = ROOT / "data" / UNIT
    files = print_formats(compose(data, pack, catalogue), pack, [Format.HTML], lambda _: None).files
    text = next(each for name, each in files.items() if name.endswith(".html")).decode()
    row = re.search(
        r"<tr[^>]*>(?:(?!</tr>).)*机关事业单位职业年金缴费支出.*?</tr>", text, re.DOTALL
    )
    assert row is not None
    for old, new in (
        (">11.05<", ">11.50<"),
        ("住房公积金<", "住房公积<"),
        (row[0], ""),
        ("我单位无机关运行经费", f"本单位{_HOSTILE}无机关运行经费"),
        (">730.89<", ">730.89万元<"),
    ):
        assert old in text
        text = text.replace(old, new)
    draft = folder / "草稿.html"
    draft.write_text(text, encoding="utf-8")
    target = folder / "比较.html"
    done = CliRunner().invoke(
        cli, ["diff", str(data), str(draft), "--format", "html", "-o", str(target)]
    )
    assert done.exit_code == 1, done.output
    return target


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    started = Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Callable[[int], Page]:
    """A tab of each width, in which every test opens the report anew."""
    return cache(lambda width: Page(browser, width))


@pytest.fixture
def opened(tab: Callable[[int], Page], report: Path) -> Iterator[Callable[..., Page]]:
    """Opens the report in a window of some width; afterwards nothing may have gone wrong."""
    pages: list[Page] = []

    def get(width: int = 1280) -> Page:
        page = tab(width)
        page.open_anew(report)
        pages.append(page)
        return page

    yield get
    for page in pages:
        assert set(page.requests()) == {report.as_uri()}
        assert page.complaints() == []
        assert page.run("document.title").startswith("比较报告")


def shown(page: Page, selector: str) -> int:
    """How many elements are to be seen."""
    found = page.run(
        f"[...document.querySelectorAll({json.dumps(selector)})]"
        ".filter((each) => each.getClientRects().length).length"
    )
    return int(found)


def counter(page: Page) -> tuple[int, int]:
    """Which difference of how many."""
    at, of = page.run("document.getElementById('counter').textContent").split("/")
    return int(at), int(of)


def test_it_opens_with_what_counts_and_without_what_is_folded_away(
    opened: Callable[..., Page],
) -> None:
    page = opened()
    _, total = counter(page)
    assert f"{total} 处差异" == page.run("document.querySelector('h1').textContent")
    assert shown(page, ".entry") == total
    assert shown(page, ".entry[data-kind=格式]") == 0
    assert page.run("document.querySelectorAll('.entry[data-kind=格式]').length") > 0


def test_changed_cells_are_marked_on_both_sides(opened: Callable[..., Page]) -> None:
    page = opened()
    for side, text in (("ours", "11.05"), ("theirs", "11.50")):
        marked = page.run(
            f"[...document.querySelectorAll('.side.{side} td.changed mark')]"
            ".map((each) => each.textContent)"
        )
        assert text in marked
    assert page.run("document.querySelectorAll('.side.theirs tr.lacking').length") > 0
    assert page.run("getComputedStyle(document.querySelector('mark.ours')).textDecorationLine") == (
        "underline"
    )


def test_rows_stand_beside_each_other(opened: Callable[..., Page]) -> None:
    tops = (
        "[...document.querySelectorAll('.tables')].every((pair) => { const [a, b] ="
        " [...pair.querySelectorAll('table')].map((t) => [...t.rows]);"
        " return a.length === b.length && a.every((row, n) => Math.abs("
        "row.getBoundingClientRect().top - b[n].getBoundingClientRect().top) <= 1); })"
    )
    assert opened().run(tops) is True


def test_filters_by_class_and_weight(opened: Callable[..., Page]) -> None:
    page = opened()
    page.click("#filters summary")
    page.click("input[value=格式]")
    assert shown(page, ".entry[data-kind=格式]") > 0
    page.click("input[value=数值]")
    assert shown(page, ".entry[data-kind=数值]") == 0
    page.click("input[value=警告]")
    assert shown(page, ".entry[data-weight=警告]") == 0
    assert counter(page)[1] == shown(page, ".entry")


def test_steps_by_keyboard_and_button(opened: Callable[..., Page]) -> None:
    page = opened()
    total = counter(page)[1]
    page.key("j")
    assert counter(page)[0] == 1
    assert page.run("document.activeElement.id") == "d1"
    page.key("n")
    page.click("#next")
    assert counter(page)[0] == 3
    page.key("k")
    page.key("p")
    page.key("k")
    assert counter(page)[0] == total
    assert shown(page, ".entry.current") == 1


def test_a_mark_in_a_table_leads_to_its_difference(opened: Callable[..., Page]) -> None:
    page = opened()
    page.click("td.changed:not(.off) a.ref")
    number = page.run("document.querySelector('td.changed:not(.off) a.ref').textContent")
    assert page.run("document.activeElement.id") == f"d{number}"


def test_what_is_decided_is_kept_and_exported(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened()
    page.allow_downloads(tmp_path)
    page.click("#d1 input[value=采纳]")
    page.click("#d1 .note input")
    page.type("=已与业务科核对，x")
    page.click("#d2 input[value=不采纳]")
    assert page.run("document.getElementById('decided').textContent").startswith("已处理 2 /")
    page.click("#export summary")
    for kind in ("csv", "json", "copy"):
        page.click(f"[data-export={kind}]")
    saved = {each: tmp_path / f"比较清单.{each}" for each in ("csv", "json")}
    page.wait(lambda: all(file.exists() for file in saved.values()))
    content = saved["csv"].read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # for Excel
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert (rows[0]["处理"], rows[0]["备注"]) == ("采纳", "'=已与业务科核对，x")
    assert rows[1]["处理"] == "不采纳"
    number = next(row for row in rows if row["类别"] == "数值")
    assert (number["生成"], number["草稿"], number["差额"]) == ("11.05", "11.50", "+0.45")
    assert number["来自"].startswith("收支 第2条“2080505”")
    listed = json.loads(saved["json"].read_text(encoding="utf-8"))
    assert len(listed) == len(rows)
    assert "——采纳：=已与业务科核对，x" in page.run("document.getElementById('copied').value")
    page.send("Page.reload")
    page.wait(lambda: page.run("document.readyState") == "complete" and shown(page, ".decision"))
    assert page.run("document.querySelector('#d1 input[value=采纳]').checked") is True
    assert page.run("document.querySelector('#d1 .note input').value") == "=已与业务科核对，x"


def test_letters_typed_into_a_note_are_no_commands(opened: Callable[..., Page]) -> None:
    page = opened()
    page.click("#d1 .note input")
    page.key("j")
    assert counter(page)[0] == 0
    assert page.run("document.querySelector('#d1 .note input').value") == "j"


def test_on_a_phone_only_tables_scroll(opened: Callable[..., Page]) -> None:
    page = opened(375)
    assert page.run("document.documentElement.scrollWidth") <= 375
    assert page.run(
        "(() => { const [a, b] = document.querySelectorAll('.sides .side');"
        " return b.getBoundingClientRect().top >= a.getBoundingClientRect().bottom; })()"
    )


def test_on_paper_it_shows_the_same_differences(opened: Callable[..., Page]) -> None:
    page = opened()
    total = counter(page)[1]
    document = pypdfium2.PdfDocument(page.pdf())
    text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert f"{total} 处差异" in text
    assert "11.50" in text
    assert "下一处" not in text


def test_without_scripts_it_is_a_plain_report(browser: Browser, report: Path) -> None:
    page = Page(browser)
    page.send("Emulation.setScriptExecutionDisabled", value=True)
    page.open(report)
    assert shown(page, "#toolbar") == 0
    assert shown(page, ".entry[data-kind=数值]") > 0


def test_words_of_the_draft_stay_words(opened: Callable[..., Page]) -> None:
    page = opened()
    assert page.run("document.querySelectorAll('main img, main script').length") == 0
    assert "<script>document.title='run'</script>" in page.run("document.body.textContent")
    policy = page.run("document.querySelector('meta[http-equiv]').content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


@needs_axe
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_report(opened: Callable[..., Page], width: int) -> None:
    assert violations(opened(width)) == []
