"""``disclosure diff`` as its readers meet it: exit codes, what is listed, what is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import cli
from generator.compose.compose import compose
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.printing.formats import Format, print_formats
from generator.printing.kept import KeptPieces
from tests.conftest import ROOT, UNIT

DATA = ROOT / "data" / UNIT


def diff(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["diff", *map(str, arguments)])


@pytest.fixture(scope="module")
def published(
    pack: Pack,
    catalogue: Catalogue,
    pieces: KeptPieces,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], Path]:
    """The sample printed in a format."""
    folder = tmp_path_factory.mktemp("published")
    composed = compose(DATA, pack, catalogue)

    def get(extension: str) -> Path:
        file = folder / f"公开.{extension}"
        if not file.exists():
            files = print_formats(composed, pack, [Format(extension)], lambda _: None, pieces).files
            found = next(data for name, data in files.items() if name.endswith(f".{extension}"))
            file.write_bytes(found)
        return file

    return get


@pytest.fixture
def draft(published: Callable[[str], Path], tmp_path: Path) -> Callable[..., Path]:
    """The printed HTML with some words replaced."""

    def get(*changes: tuple[str, str], name: str = "草稿.html") -> Path:
        text = published("html").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return get


def edited(folder: Path, name: str, old: str, new: str) -> Path:
    """A data folder with some words replaced."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new), encoding="utf-8")
    return folder


# Exit codes


def test_equal_documents_are_told_in_one_line(published: Callable[[str], Path]) -> None:
    done = diff(DATA, published("html"))
    assert done.exit_code == 0
    ours, theirs, equal = done.stdout.splitlines()
    assert ours.startswith("生成  格式：")
    assert theirs.startswith("草稿  格式：")
    assert equal.startswith("没有实质差异：")


def test_looks_make_no_difference_but_are_counted(published: Callable[[str], Path]) -> None:
    done = diff(DATA, published("docx"))
    assert done.exit_code == 0
    assert "格式 13 处不算，用 --all 列出" in done.stdout


def test_a_wrong_number_shows_both_sides_and_where_ours_comes_from(unit_folder: Path) -> None:
    done = diff(DATA, edited(unit_folder, "收支.yaml", "110450", "210450"))
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    start = next(n for n, line in enumerate(lines) if "表五" in line)
    at = next(
        n for n in range(start, len(lines)) if "2080505" in lines[n] and "“基本支出”栏" in lines[n]
    )
    assert "错误 数值" in lines[at]
    assert "“2080505 机关事业单位基本养老保险缴费支出”行“基本支出”栏" in lines[at]
    assert lines[at + 1].split()[:3] == ["生成", "11.05", "收支.yaml:9:22"]
    assert lines[at + 2].split()[:2] == ["草稿", "21.05"]
    assert lines[at + 1].index("11.05") == lines[at + 2].index("21.05")
    assert "差额  +10.00" in lines[at + 3]
    assert (
        "来自  收支 第2条“2080505” 当年预算 基本支出 一般公共预算 110450（收支.yaml:9）"
        in lines[at + 4]
    )


def test_a_number_in_a_sentence_shows_what_it_was_computed_from(
    draft: Callable[..., Path],
) -> None:
    done = diff(DATA, draft(("49.97", "49.79")))
    assert done.exit_code == 1
    assert "增长【49.97%】" in done.stdout
    assert "增长【49.79%】" in done.stdout
    assert "来自  表一“收入 收入总计”行“金额”栏（774.48）；上年的收入总计（516.43）" in done.stdout


def test_words_are_a_warning_and_only_the_changed_ones_are_marked(
    draft: Callable[..., Path],
) -> None:
    done = diff(DATA, draft(("我单位无机关运行经费", "本单位无机关运行经费")))
    assert done.exit_code == 1
    assert "警告 文字" in done.stdout
    assert "【我】单位无机关运行经费" in done.stdout
    assert "【本】单位无机关运行经费" in done.stdout


@pytest.mark.parametrize(
    ("ours", "theirs", "code"),
    [
        (DATA, "没有.docx", "E102"),
        ("没有.docx", DATA, "E102"),
        (DATA, "没有这个目录", "E101"),
    ],
)
def test_what_is_not_there_cannot_be_compared(
    ours: object, theirs: object, code: str, tmp_path: Path
) -> None:
    report = tmp_path / "比较.html"
    report.write_text("上次的报告", encoding="utf-8")
    done = diff(ours, theirs, "--format", "html", "-o", report)
    assert done.exit_code == 2
    assert code in done.stderr
    assert report.read_text(encoding="utf-8") == "上次的报告"


def test_both_sides_are_complained_about(tmp_path: Path) -> None:
    scan = tmp_path / "扫描.txt"
    scan.write_text("", encoding="utf-8")
    done = diff("没有.pdf", scan)
    assert done.exit_code == 2
    assert "没有.pdf" in done.stderr
    assert "扫描.txt" in done.stderr


def test_data_with_errors_is_not_compared(unit_folder: Path) -> None:
    done = diff(edited(unit_folder, "收支.yaml", "110450", "十一万"), DATA)
    assert done.exit_code == 2
    assert "收支.yaml:9" in done.stderr
    assert not done.stdout


# What is compared with what


def test_a_draft_against_a_draft(
    published: Callable[[str], Path], draft: Callable[..., Path]
) -> None:
    theirs = draft(("退役士兵管理教育", "退役士兵管理培训"))
    done = diff(published("docx"), theirs)
    assert done.exit_code == 1
    assert "警告 名称" in done.stdout
    assert diff(theirs, theirs).exit_code == 0


def test_a_text_without_any_of_it_is_different_not_unusable(tmp_path: Path) -> None:
    note = tmp_path / "通知.txt"
    note.write_text("各单位：请于月底前报送预算公开文本。", encoding="utf-8")
    done = diff(DATA, note)
    assert done.exit_code == 1
    assert "缺失" in done.stdout


def test_two_years_differ_only_in_what_another_year_does_not_bring(unit_folder: Path) -> None:
    folder = edited(unit_folder, "单位信息.yaml", "年度: 2024", "年度: 2025")
    edited(folder, "收支.yaml", "110450", "210450")
    done = diff(DATA, folder, "--years")
    assert done.exit_code == 0
    assert "年度" in done.stdout
    assert diff(DATA, folder).exit_code == 1
    edited(folder, "情况说明.yaml", "今年新增", "本年新增")
    done = diff(DATA, folder, "--years")
    assert done.exit_code == 1
    assert "【今】年新增" in done.stdout
    assert "错误 数值" not in done.stdout


def test_all_lists_what_is_folded_away(published: Callable[[str], Path]) -> None:
    done = diff(DATA, published("docx"), "--all")
    assert done.exit_code == 0
    assert done.stdout.count("不计 格式") == 13


def test_long_parts_are_cut_unless_all_is_asked_for(
    unit_folder: Path,
) -> None:
    for amount in ("2350", "110450", "55200", "848900", "51350", "86999"):
        edited(unit_folder, "收支.yaml", f"一般公共预算: {amount}}}", f"一般公共预算: 9{amount}}}")
    short, whole = diff(DATA, unit_folder), diff(DATA, unit_folder, "--all")
    assert short.exit_code == whole.exit_code == 1
    assert "处，用 --all 列出" in short.stdout
    assert "处，用 --all 列出" not in whole.stdout
    assert whole.stdout.count("错误 数值") > short.stdout.count("错误 数值")


# Files


def test_json_for_programs(unit_folder: Path, tmp_path: Path) -> None:
    theirs = edited(unit_folder, "收支.yaml", "110450", "210450")
    report = tmp_path / "报告" / "比较.json"
    done = diff(DATA, theirs, "--format", "json", "-o", report)
    assert done.exit_code == 1
    assert str(report) in done.stdout
    content = json.loads(report.read_text(encoding="utf-8"))
    assert content == json.loads(diff(DATA, theirs, "--format", "json").stdout)
    assert content["version"] == 1
    assert content["equal"] is False
    assert content["counts"]["amount"] == content["weights"]["error"]
    found = next(
        each for each in content["differences"] if "2080505" in each["what"] and each["source"]
    )
    assert set(found) == {
        "number", "class", "weight", "folded", "part", "what", "generated", "draft", "change",
        "source", "cause", "effects",
    }  # fmt: skip
    effects = {each["number"] for each in content["differences"] if each["cause"]}
    leading = [each for each in content["differences"] if each["effects"]]
    assert effects == {number for each in leading for number in each["effects"]}
    assert len(leading) == 1  # one leaf differs, and every sum that holds it
    assert content["remarks"] == []
    assert (found["class"], found["weight"], found["folded"]) == ("amount", "error", False)
    assert found["generated"]["text"] == "11.05"
    assert found["generated"]["place"]["line"] == 9
    assert found["change"] == "+10.00"
    numbers = [each["number"] for each in content["differences"] if not each["folded"]]
    assert numbers == list(range(1, len(numbers) + 1))


def test_text_in_a_file_is_what_the_terminal_shows(unit_folder: Path, tmp_path: Path) -> None:
    theirs = edited(unit_folder, "收支.yaml", "110450", "210450")
    report = tmp_path / "比较.txt"
    assert diff(DATA, theirs, "-o", report).exit_code == 1
    assert report.read_text(encoding="utf-8") == diff(DATA, theirs).stdout


def test_a_report_of_many_pages_stays_small(unit_folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "比较.html"
    diff(
        DATA, edited(unit_folder, "收支.yaml", "110450", "210450"), "--format", "html", "-o", report
    )
    assert report.stat().st_size < 200_000


def test_a_word_draft_comes_back_with_the_differences(
    published: Callable[[str], Path], unit_folder: Path, tmp_path: Path
) -> None:
    ours = edited(unit_folder, "收支.yaml", "110450", "210450")
    report = tmp_path / "批注.docx"
    done = diff(ours, published("docx"), "--format", "docx", "-o", report)
    assert done.exit_code == 1
    assert report.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "html"], "加 -o 比较.html"),
        (["--format", "docx"], "加 -o 批注.docx"),
    ],
)
def test_pages_and_documents_need_a_file(
    arguments: list[str], words: str, published: Callable[[str], Path]
) -> None:
    done = diff(DATA, published("docx"), *arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_only_a_word_draft_can_be_annotated(draft: Callable[..., Path], tmp_path: Path) -> None:
    done = diff(DATA, draft(), "--format", "docx", "-o", tmp_path / "批注.docx")
    assert done.exit_code == 2
    assert "批注只能加在 Word 草稿" in done.stderr
    assert not (tmp_path / "批注.docx").exists()


def test_what_is_compared_is_never_overwritten(draft: Callable[..., Path]) -> None:
    theirs = draft()
    before = theirs.read_bytes()
    done = diff(DATA, theirs, "--format", "html", "-o", theirs)
    assert done.exit_code == 2
    assert "会被覆盖" in done.stderr
    assert theirs.read_bytes() == before


def test_a_report_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "占用").write_text("", encoding="utf-8")
    done = diff(DATA, DATA, "--format", "json", "-o", tmp_path / "占用" / "比较.json")
    assert done.exit_code == 2
    assert "E501" in done.stderr


def test_hostile_words_do_nothing_in_a_terminal(draft: Callable[..., Path], tmp_path: Path) -> None:
    text = draft().read_text(encoding="utf-8")
    theirs = tmp_path / "恶意.html"
    theirs.write_text(text.replace("我单位无机关", "\x9b31m[red]我单位[/red]无机关", 1), "utf-8")
    done = diff(DATA, theirs)
    assert "\x9b" not in done.stdout
    assert "[red]" in done.stdout
