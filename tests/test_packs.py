"""How packs are found, named and chosen: by data, by drafts, by whoever types a name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.building.options import BuildOptions
from generator.building.watch import _Entry, _WatchedFolders
from generator.checks.installed import brought_rules
from generator.cli.inputs import fitting_packs, pack_of_draft
from generator.cli.lookup import fonts as fonts_command
from generator.cli.main import cli
from generator.compose.document.render import render_stylesheet
from generator.core import installed_fonts
from generator.core.files.store import no_store
from generator.core.findings import UnusableInputError
from generator.core.resources import PACKS
from generator.drafts.read import read_draft
from generator.pack.choice import named_choices, pack_of_data, typed_pack
from generator.pack.library import pack_named
from generator.pack.pack import Pack, load_pack
from generator.printing import fonts as printing_fonts
from tests.conftest import BUREAU, ROOT, UNIT
from tests.distributions import RULES, install

RAW = ROOT / "tests" / "drafts" / f"{UNIT}.txt"
DEFAULT = "模板包：yangquan（数据没有写“模板包”，按默认）"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def entity(folder: Path, pack: str | None) -> Path:
    """A data folder that names a pack, and says little else."""
    folder.mkdir(parents=True)
    named = f"  模板包: {pack}\n" if pack else ""
    text = f"单位信息:\n  名称: {folder.name}\n  类型: 单位\n  年度: 2026\n{named}"
    text += "概况:\n  职责: [收集保管档案。]\n  机构设置: [内设三个科室。]\n"
    (folder / "单位信息.yaml").write_text(text, encoding="utf-8")
    return folder


def renamed(folder: Path, name: str) -> None:
    """Makes data name another pack."""
    file = folder / "单位信息.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "模板包" not in line]
    at = next(number for number, line in enumerate(kept) if "年度" in line) + 1
    kept.insert(at, f"  模板包: {name}\n" if name else "")
    file.write_text("".join(kept), encoding="utf-8")


def own_pack(folder: Path, name: str = "national", *changes: tuple[str, str]) -> Path:
    """A copy of a pack with words replaced in its outline, statements and templates."""
    copy = Path(shutil.copytree(PACKS / name, folder))
    for file in copy.rglob("*"):
        if file.is_file():
            text = file.read_text("utf-8")
            for before, after in changes:
                text = text.replace(before, after)
            file.write_text(text, "utf-8")
    return copy


def refusal(folder: Path) -> str:
    with pytest.raises(UnusableInputError) as raised:
        pack_of_data(folder)
    (finding,) = raised.value.findings
    assert finding.code == "E301"
    assert finding.place is not None
    assert finding.place.line == 5
    return f"{finding.message} {finding.remedy}"


# Data


def test_data_is_read_with_the_pack_it_names(tmp_path: Path) -> None:
    draft = run("build", BUREAU, "-o", tmp_path, "--draft", "--format", "html")
    assert "没有“" not in draft.stderr
    assert "模板包：" not in draft.stderr
    (html,) = tmp_path.glob("*.html")
    assert "国有资本经营预算支出情况说明" in html.read_text("utf-8")
    first = run("check", BUREAU).stdout.splitlines()[0]
    assert first == "格式：通用九表（national）；由数据生成"


def test_what_is_typed_counts_more_than_what_is_written(tmp_path: Path) -> None:
    folder = entity(tmp_path / "甲局", "national")
    assert pack_of_data(folder, "yangquan").name == "yangquan"
    assert pack_of_data(folder).folder == PACKS / "national"


@pytest.mark.parametrize("command", ["build", "check", "explain-changes", "schema"])
def test_the_default_is_said(command: str, tmp_path: Path) -> None:
    folder = entity(tmp_path / "甲局-2026", None)
    options = ["-o", str(tmp_path / "out")] if command in ("build", "schema") else []
    options += ["--format", "html", "--draft"] * (command == "build")
    done = run(command, folder, *options)
    assert done.stderr.count(DEFAULT) == 1
    assert DEFAULT not in done.stdout
    assert DEFAULT not in run(command, folder, "--pack", "yangquan", *options).stderr


@pytest.mark.parametrize(
    "written",
    [
        "单位信息: {名称: 甲, 类型: 单位, 年度: 2026, 模板包: national}",
        '"单位信息":\n  "模板包": "national"',
    ],
)
def test_the_name_is_found_however_it_is_written(written: str, tmp_path: Path) -> None:
    (tmp_path / "收支.yaml").write_text("# 模板包: yangquan\n收支: []\n", "utf-8")
    (tmp_path / "信息.yaml").write_text(written, "utf-8")
    assert pack_of_data(tmp_path).name == "national"


def test_data_may_name_a_folder_beside_it(tmp_path: Path) -> None:
    own_pack(tmp_path / "本市")
    folder = entity(tmp_path / "数据" / "甲局-2026", "../../本市")
    assert pack_of_data(folder).folder == tmp_path / "本市"
    assert "schema.json" in run("schema", folder, "-o", tmp_path / "schema.json").stdout or (
        "财政专户管理资金" in (tmp_path / "schema.json").read_text("utf-8")
    )


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("nationl", "没有模板包“nationl” 是不是 national？"),
        ("没有", "可用的有：national、shanghai-district、yangquan"),
        ("../没有", "不是模板包（没有 pack.yaml）"),
        ("..", "不是模板包"),
        ("../../../../../../../dev", "不是模板包"),
        ("../设备", "不是模板包"),
        ("/etc", "相对路径"),
        ("~/包", "相对路径"),
        ("https://example.com/pack", "相对路径"),
        ("file:///etc", "相对路径"),
        ('"C:\\\\包"', "相对路径"),
        ("./里面", "在数据目录里面"),
        ("长" * 300, "没有模板包"),
        ("../" + "长" * 300, "不是模板包"),
    ],
)
def test_what_data_may_not_name(written: str, says: str, tmp_path: Path) -> None:
    folder = entity(tmp_path / "甲局-2026", written)
    (tmp_path / "设备").mkdir()
    os.mkfifo(tmp_path / "设备" / "pack.yaml")
    own_pack(folder / "里面")
    assert says in refusal(folder)


def test_a_wrong_name_that_is_typed_is_told(tmp_path: Path) -> None:
    folder = entity(tmp_path / "甲局-2026", None)
    for name, says in (
        ("nationl", "是不是 national？"),
        ("长" * 300, "可用的有"),
        ("无/此", "不是目录"),
    ):
        done = run("check", folder, "--pack", name)
        assert done.exit_code == 2
        assert "错误 E301" in done.stderr
        assert says in done.stderr


def test_a_wrong_name_is_told_where_it_is_written(tmp_path: Path) -> None:
    folder = entity(tmp_path / "甲局-2026", "nationl")
    for command in ("build", "check", "new-year", "explain-changes"):
        done = run(command, folder, *["-o", str(tmp_path / "out")] * (command == "build"))
        assert done.exit_code == 2, command
        assert f"错误 E301  {folder / '单位信息.yaml'}:5:8" in done.stderr
    assert not (tmp_path / "out").exists()


def test_folders_of_one_build_have_their_own_packs(tmp_path: Path) -> None:
    (own_pack(tmp_path / "本市") / "theme.yaml").unlink()
    packs = {"甲局": "national", "乙局": None, "丙局": "../本市", "丁局": "../本市"}
    folders = [entity(tmp_path / name, pack) for name, pack in packs.items()]
    options = ("-o", tmp_path / "out", "--format", "html", "--draft", "--no-cache")
    done = run("build", *folders, *options)
    assert done.exit_code == 2
    assert f"{DEFAULT}：{folders[1]}" in done.stderr
    assert done.stderr.count("错误 E301") == 1
    texts = {file.name[:2]: file.read_text("utf-8") for file in (tmp_path / "out").glob("*.html")}
    assert set(texts) == {"甲局", "乙局"}
    assert "国有资本经营预算支出情况说明" in texts["甲局"]
    assert "机关运行经费增减变动原因说明" in texts["乙局"]


def test_what_is_cached_follows_the_name(tmp_path: Path) -> None:
    folder = entity(tmp_path / "甲局", None)
    arguments = ("build", folder, "-o", tmp_path / "out", "--format", "html", "--draft")
    first, again = run(*arguments), run(*arguments)
    assert "没有变化" not in first.stdout
    assert "没有变化" in again.stdout
    assert DEFAULT in again.stderr
    renamed(folder, "national")
    other = run(*arguments)
    assert "没有变化" not in other.stdout
    assert DEFAULT not in other.stderr
    (html,) = (tmp_path / "out").glob("*.html")
    assert "国有资本经营预算支出情况说明" in html.read_text("utf-8")
    assert "没有变化" in run(*arguments).stdout


def test_a_watched_build_follows_the_name_and_the_pack(tmp_path: Path) -> None:
    pack = own_pack(tmp_path / "本市", "national", ("国有资本经营预算支出情况说明", "国资说明"))
    folders = [entity(tmp_path / name, "yangquan") for name in ("甲局", "乙局")]
    options = BuildOptions(tmp_path / "out", ("html",), draft=True, cache=False)
    bench = _WatchedFolders([_Entry(each, each.name) for each in folders], options, no_store())
    bench.first()
    assert not bench.again(0.0)
    renamed(folders[0], "../本市")
    assert bench.again(0.0)
    html = next((tmp_path / "out").glob("甲局*.html"))
    assert "国资说明" in html.read_text("utf-8")
    other = next((tmp_path / "out").glob("乙局*.html")).stat().st_mtime_ns
    outline = pack / "outline.yaml"
    outline.write_text(outline.read_text("utf-8").replace("国资说明", "国资情况"), "utf-8")
    assert bench.again(0.0)
    assert "国资情况" in html.read_text("utf-8")
    assert next((tmp_path / "out").glob("乙局*.html")).stat().st_mtime_ns == other


@pytest.mark.parametrize(
    ("written", "target", "kept"),
    [
        ("national", "甲局-2027", "模板包: national"),
        ("../本市", "别处/甲局-2027", "模板包: ../../本市"),
        ("../本市", "甲局-2027", "模板包: ../本市"),
    ],
)
def test_the_next_year_keeps_the_pack(written: str, target: str, kept: str, tmp_path: Path) -> None:
    own_pack(tmp_path / "本市")
    folder = entity(tmp_path / "甲局-2026", written)
    done = run("new-year", folder, "-o", tmp_path / target)
    assert done.exit_code == 0, done.stderr
    assert kept in (tmp_path / target / "单位信息.yaml").read_text("utf-8")
    assert pack_of_data(tmp_path / target).folder == pack_of_data(folder).folder


# Drafts


@pytest.fixture(scope="module")
def national_html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("national")
    run("build", BUREAU, "-o", folder, "--draft", "--format", "html")
    return next(folder.glob("*.html"))


def test_a_draft_is_read_with_the_pack_that_fits(national_html: Path) -> None:
    assert pack_of_draft(read_draft(national_html), None).name == "national"
    assert pack_of_draft(read_draft(RAW), None).name == "yangquan"


def test_the_first_line_says_by_which_pack_it_was_read(national_html: Path) -> None:
    first = run("diff", national_html, national_html).stdout.splitlines()[0]
    assert "通用九表（national）；10 张表认出 10 张" in first
    typed = run("diff", national_html, national_html, "--pack", "yangquan")
    assert "不是阳泉市市级预算公开（yangquan）" in typed.stdout.splitlines()[0]


def test_what_fits_nothing_is_held_against_the_default(tmp_path: Path) -> None:
    file = tmp_path / "合同.txt"
    file.write_text("采购合同\n甲方：某局\n名词解释\n合同总价 10.00 万元。\n", encoding="utf-8")
    assert pack_of_draft(read_draft(file), None).name == "yangquan"


def test_an_installed_pack_fits_its_own_drafts(
    national_html: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (("收支总表", "收支一览表"), ("收入预算情况说明", "收入概述"), ("主要职责", "工作"))
    install(monkeypatch, tmp_path, "yuntai", {"disclosure.packs": {"云台": "yuntai"}})
    own_pack_in(tmp_path / "yuntai", *words)
    text = national_html.read_text("utf-8")
    for before, after in words:
        text = text.replace(before, after)
    draft = tmp_path / "云台.html"
    draft.write_text(text, encoding="utf-8")
    assert pack_of_draft(read_draft(draft), None).name == "云台"
    assert pack_of_draft(read_draft(national_html), None).name == "national"
    assert run("diff", draft, draft).stdout.startswith("格式：通用九表（yuntai）")


def own_pack_in(package: Path, *changes: tuple[str, str]) -> None:
    """Puts a pack into a package that is there."""
    copy = own_pack(package.with_name("copy"), "national", *changes)
    shutil.copytree(copy, package, dirs_exist_ok=True)
    shutil.rmtree(copy)


def test_of_packs_that_fit_equally_none_is_guessed(
    national_html: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, tmp_path, "yuntai", {"disclosure.packs": {"云台": "yuntai"}})
    own_pack_in(tmp_path / "yuntai")
    draft = read_draft(national_html)
    assert {choice.name for choice in fitting_packs(draft)} == {"national", "云台"}
    assert pack_of_draft(draft, None).name == "yangquan"
    assert "更像" not in run("diff", BUREAU, national_html).stderr


def test_import_writes_the_pack_it_read_with(tmp_path: Path) -> None:
    run("import", RAW, "-o", tmp_path / "甲局-2024")
    assert pack_of_data(tmp_path / "甲局-2024").name == "yangquan"
    pack = own_pack(tmp_path / "本市", "yangquan")
    run("import", RAW, "-o", tmp_path / "乙局-2024", "--pack", pack)
    assert "模板包: ../本市" in (tmp_path / "乙局-2024" / "单位信息.yaml").read_text("utf-8")


def test_diff_follows_the_data_and_says_if_a_draft_does_not(national_html: Path) -> None:
    of_data = run("diff", BUREAU, national_html)
    assert "通用九表（national）" in of_data.stdout
    assert "更像" not in of_data.stderr
    drafts = run("diff", RAW, national_html)
    assert f"模板包：{national_html} 更像 national，按 yangquan 比较" in drafts.stderr
    assert "更像" not in run("diff", national_html, national_html).stderr


# Installed distributions


def installed(monkeypatch: pytest.MonkeyPatch, site: Path, own: str = "[]") -> None:
    """A distribution with a pack and rules."""
    points = {"disclosure.packs": {"云台": "yuntai"}, "disclosure.rules": {"云台": "yuntai:own"}}
    code = f"{RULES}\ndef own():\n    return {own}\n"
    install(monkeypatch, site, "yuntai", points, code)
    own_pack_in(site / "yuntai", ("通用九表", "云台市预算公开"))


def test_packs_are_listed_with_their_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    installed(monkeypatch, tmp_path, '[rule("W9002", finds)]')
    done = run("packs")
    assert done.exit_code == 0, done.stderr
    for words in (
        "yangquan（默认）",
        "通用九表",
        "云台市预算公开",
        "发行包 yuntai 1.2，带规则 1 条",
    ):
        assert words in done.stdout
    assert pack_named("云台").folder == tmp_path / "yuntai"
    assert typed_pack("云台").distribution == "yuntai"
    assert pack_of_data(entity(tmp_path / "甲局", "云台")).distribution == "yuntai"


@pytest.mark.parametrize(
    ("points", "code", "flaw"),
    [
        ({"云台": "nowhere"}, "", "读不出“nowhere”"),
        ({"云台": "yuntai:FOLDER"}, "raise ValueError", "读不出“yuntai:FOLDER”（ValueError）"),
        ({"云台": "yuntai:FOLDER"}, "FOLDER = 'relative'", "LookupError"),
        ({"云台": "yuntai:FOLDER"}, "import sys; sys.exit()", "SystemExit"),
        ({"云台": "yuntai"}, "", "里没有 pack.yaml"),
        ({"national": "yuntai"}, "", "与随程序的模板包同名"),
    ],
)
def test_a_declared_pack_that_cannot_be_used_is_told(
    points: dict[str, str], code: str, flaw: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, tmp_path, "yuntai", {"disclosure.packs": points}, code)
    done = run("packs")
    assert done.exit_code == 1
    assert flaw in done.stderr
    assert "发行包 yuntai 1.2" in done.stderr
    assert "national" in {choice.name for choice in named_choices()}


def test_a_name_of_two_distributions_is_not_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("yuntai", "yuntai-two"):
        install(monkeypatch, tmp_path, name, {"disclosure.packs": {"云台": name.replace("-", "_")}})
        own_pack_in(tmp_path / name.replace("-", "_"))
    with pytest.raises(UnusableInputError, match="同名"):
        pack_named("云台")


def test_torn_metadata_of_others_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch, tmp_path)
    torn = tmp_path / "torn-1.0.dist-info"
    torn.mkdir()
    (torn / "entry_points.txt").write_text("[disclosure.packs]\nnonsense\n")
    assert pack_named("云台").version == "1.2"


CheckOf = Callable[[str], Result]


@pytest.fixture
def check_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CheckOf:
    """Checks data of an installed pack that brings rules."""

    def check(own: str) -> Result:
        installed(monkeypatch, tmp_path / "site", own)
        return run("check", entity(tmp_path / "甲局-2026", "云台"), "--all")

    return check


def test_rules_of_an_installed_pack_take_part(check_with: CheckOf, tmp_path: Path) -> None:
    done = check_with('[rule("W9002", finds)]')
    assert "警告 W9002  本省的规则" in done.stdout
    assert "这里要改" in done.stdout
    assert "W9002  本省的规则" in run("explain", "w9002").stdout
    assert "安装的发行包带的规则" in run("explain").stdout
    folder = tmp_path / "甲局-2026"
    assert "W9002" not in run("check", folder, "--skip", "W9002").stdout
    assert "W9002" in run("check", folder, "--format", "sarif").stdout
    renamed(folder, "national")
    assert "W9002" not in run("check", folder, "--all").stdout


def test_the_rule_of_the_manual_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manual = (ROOT / "docs" / "template-packs.md").read_text("utf-8")
    (code,) = [each for each in manual.split("```python\n")[1:] if "OwnRule" in each]
    points = {"disclosure.packs": {"云台": "yuntai"}, "disclosure.rules": {"云台": "yuntai:rules"}}
    install(monkeypatch, tmp_path / "site", "yuntai", points, code.partition("```")[0])
    own_pack_in(tmp_path / "site" / "yuntai")
    folder = entity(tmp_path / "甲局-2026", "云台")
    assert "警告 W9001  没有联系电话" in run("check", folder).stdout
    assert "W9001" not in run("check", folder, "--pack", PACKS / "national").stdout


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ('[rule("E9001", fails)]', "规则 E9001 没有做完：出了错（ValueError）"),
        ('[rule("E9001", ends)]', "规则 E9001 没有做完：出了错（SystemExit）"),
        ('[rule("E9001", other)]', "规则 E9001 给出了不属于它的结果"),
        ('[rule("E9001", lambda *_: 1)]', "出了错（TypeError）"),
        ('[rule("E701", other)]', "代码“E701”应当是 E、W 或 N 加四位数字"),
        ('[rule("E9001", other), rule("E9001", fails)]', "代码 E9001 用了不止一次"),
        ('["E9001"]', "给出的不是规则"),
        ("1 / 0", "读不出“yuntai:own”（ZeroDivisionError）"),
    ],
)
def test_a_rule_that_fails_is_a_finding(own: str, says: str, check_with: CheckOf) -> None:
    done = check_with(own)
    assert done.exit_code == 1
    assert not done.exception or isinstance(done.exception, SystemExit)
    assert "错误 E306  安装的规则不能用" in done.stdout
    assert "发行包 yuntai 带的规则不能用：" in done.stdout
    assert says in done.stdout
    assert "E701" not in brought_rules()


# Complete packs


def test_all_that_a_pack_lacks_is_told_at_once(tmp_path: Path) -> None:
    pack = own_pack(tmp_path / "本市")
    for name in ("theme.yaml", "glossary.yaml", "document.css.j2"):
        (pack / name).unlink()
    shutil.rmtree(pack / "statements")
    (pack / "outline.yaml").write_text("部分: 一\n", "utf-8")
    with pytest.raises(UnusableInputError) as raised:
        load_pack(pack)
    told = [(each.code, each.message) for each in raised.value.findings]
    lacking = [message for code, message in told if code == "E301"]
    assert [each.split()[1].split("（")[0] for each in lacking] == [
        "theme.yaml",
        "glossary.yaml",
        "document.css.j2",
        "statements/*.yaml",
    ]
    assert {code for code, _ in told} == {"E301", "E203"}
    assert all("复制" in each.remedy for each in raised.value.findings if each.code == "E301")


@pytest.mark.parametrize("name", ["pack.yaml", "outline.yaml", "statements/01.yaml", "statements"])
def test_no_file_of_a_pack_lies_elsewhere(name: str, tmp_path: Path) -> None:
    pack = own_pack(tmp_path / "本市")
    outside = tmp_path / "外面"
    (pack / name).rename(outside)
    (pack / name).symlink_to(outside)
    with pytest.raises(UnusableInputError) as raised:
        load_pack(pack)
    assert {finding.code for finding in raised.value.findings} == {"E403"}


def test_statements_lie_in_the_pack(tmp_path: Path) -> None:
    pack = own_pack(tmp_path / "本市", "national", ("报表: statements", "报表: ../外面"))
    (pack / "statements").rename(tmp_path / "外面")
    with pytest.raises(UnusableInputError, match="模板包以外"):
        load_pack(pack)


# Fonts


def test_fonts_say_what_would_be_used_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    have = {"Noto Serif CJK SC": frozenset({80, 200}), "LXGW WenKai": frozenset({80})}
    have |= {"Noto Sans CJK SC": frozenset({80, 200}), "方正小标宋简体": frozenset({80})}
    monkeypatch.setattr(fonts_command, "installed_faces", lambda: have)
    monkeypatch.setattr(installed_fonts, "installed_faces", lambda: have)
    monkeypatch.setattr(printing_fonts, "_installed_families", lambda: frozenset(have))
    result = run("fonts")
    rows = {row[0]: row[1:] for row in cells(result.stdout) if row}
    assert result.exit_code == 0
    assert rows["标题"] == ["方正小标宋简体", "优先的字体，已装", "不加粗", "方正小标宋简体"]
    assert rows["黑体"] == ["Noto Sans CJK SC", "没有装优先的“黑体”", "有粗体", "黑体"]


def test_fonts_that_are_not_there_are_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts_command, "installed_faces", dict)
    monkeypatch.setattr(printing_fonts, "_installed_families", frozenset)
    result = run("fonts")
    assert result.exit_code == 1
    assert "E401" in result.output
    assert "都没有装" in result.output


def test_a_preferred_font_stands_in_for_one_that_is_not_installed(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {font.wanted[0] for font in pack.theme.fonts.values()}
    monkeypatch.setattr(printing_fonts, "_installed_families", lambda: frozenset(wanted))
    assert [each.code for each in printing_fonts.font_findings(pack, ["pdf"])] == []


def test_bold_is_never_drawn_by_a_face_that_has_none(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    thin = {name: frozenset({80}) for font in pack.theme.fonts.values() for name in font.wanted}
    monkeypatch.setattr(installed_fonts, "installed_faces", lambda: thin)
    printed = render_stylesheet(pack).partition(".watermark")[0]
    assert "bold" not in printed
    monkeypatch.setattr(installed_fonts, "installed_faces", lambda: None)
    assert "bold" in render_stylesheet(pack)


def cells(table: str) -> list[list[str]]:
    """The rows of a table in the terminal; those wrapped over several lines joined."""
    rows: list[list[str]] = []
    for line in table.splitlines():
        if not line.startswith("│"):
            continue
        parts = [part.strip() for part in line.strip("│").split("│")]
        if parts[0] or not rows:
            rows.append(parts)
        else:
            rows[-1] = [before + more for before, more in zip(rows[-1], parts, strict=True)]
    return rows
