"""What a process remembers: a second run does only what has changed, and prints the same."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from lxml import etree
from markupsafe import Markup

from generator.compose.compose import Composed, compose
from generator.compose.document import kept_parts
from generator.compose.document.kept_parts import exact_key
from generator.compose.document.parse import parse_document
from generator.compose.document.tree import html_text
from generator.compute.statements.definition import StatementDefinition
from generator.compute.statements.evaluate import Evaluator
from generator.compute.statements.table import Statement
from generator.core.findings import Finding, UnusableInputError
from generator.core.memo import Memory, forget_all, memo, memories
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.load.yaml import tree as yaml_tree
from generator.load.yaml.folder import read_yaml_folder
from generator.load.yaml.tree import SourceTree
from generator.model.performance import LevelFunds
from generator.pack.pack import Pack, load_pack
from generator.pack.templates import shown
from generator.printing.figures_file import figures_json
from tests.conftest import DEPARTMENT, ROOT, UNIT
from tests.formats import YANGQUAN

FORMS = ("03-阳泉市第二中学校.yaml", "16-阳泉市教育发展研究中心.yaml", "18-")
PROJECTS = "项目.yaml"
AMOUNTS = {DEPARTMENT: "310000", UNIT: "480000"}
"""What one project of each sample costs."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The department with the forms of three units, free to be changed."""

    def others(_: str, names: list[str]) -> list[str]:
        return [name for name in names if name[:2].isdigit() and not name.startswith(FORMS)]

    return Path(shutil.copytree(ROOT / "data" / DEPARTMENT, tmp_path / DEPARTMENT, ignore=others))


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    """A copy of the pack, free to be changed; nothing of it is remembered yet."""
    return Path(shutil.copytree(PACKS / "yangquan", tmp_path / "pack"))


@pytest.fixture
def same_pack(same_path: Path) -> Path:
    """A copy of the pack where other tests had theirs."""
    return Path(shutil.copytree(PACKS / "yangquan", same_path / "pack"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def change_indicator(file: Path, value: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if "指标值: " in line)
    lines[at] = f"{lines[at].partition('指标值: ')[0]}指标值: {value}}}\n"
    file.write_text("".join(lines), encoding="utf-8")


def change_amount(folder: Path, yuan: str) -> None:
    before = AMOUNTS[folder.name]
    change(folder / PROJECTS, f"{{一般公共预算: {before}}}", f"{{一般公共预算: {yuan}}}")


def outputs(composed: Composed) -> tuple[str, bytes]:
    figures = figures_json(
        composed.disclosure.entity,
        composed.ledger,
        composed.figures,
        composed.loaded.source.file,
        composed.explanations.values(),
    )
    return composed.document.html(), figures


@dataclass
class Done:
    """What was done, as a list of what it was done to."""

    read: list[str] = field(default_factory=list)
    evaluated: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    compiled: list[str] = field(default_factory=list)

    def clear(self) -> None:
        for each in (self.read, self.evaluated, self.written, self.compiled):
            each.clear()


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Done:
    """Notes files parsed, statements evaluated, parts written and templates compiled."""
    did = Done()
    parsed, evaluate, compiled = yaml_tree._parsed, Evaluator.evaluate, Environment.compile

    def noted_parsed(file: Path, content: bytes) -> SourceTree:
        did.read.append(file.name)
        return parsed(file, content)

    def noted_evaluate(
        self: Evaluator, definition: StatementDefinition, *, declared_empty: bool
    ) -> Statement:
        did.evaluated.append(definition.number)
        return evaluate(self, definition, declared_empty=declared_empty)

    def noted_compile(self: Environment, source: str, *rest: Any, **options: Any) -> Any:
        did.compiled.append(str(rest[0]))
        return compiled(self, source, *rest, **options)

    class Parts(Memory[Hashable, kept_parts._Part]):
        def put(self, key: Hashable, result: kept_parts._Part, weight: int = 1) -> kept_parts._Part:
            did.written.append(result.text)
            return super().put(key, result, weight)

    monkeypatch.setattr(yaml_tree, "_parsed", noted_parsed)
    monkeypatch.setattr(Evaluator, "evaluate", noted_evaluate)
    monkeypatch.setattr(Environment, "compile", noted_compile)
    monkeypatch.setattr(kept_parts, "_PARTS", Parts(__name__, most=20_000_000))
    return did


def test_nothing_is_done_twice(folder: Path, pack: Pack, catalogue: Catalogue, done: Done) -> None:
    first = compose(folder, pack, catalogue)
    assert len(done.read) == len(list(folder.rglob("*.yaml")))
    assert len(done.written) == len(first.statements) + len(first.disclosure.forms) + 1
    done.clear()
    second = compose(folder, pack, catalogue)
    assert done == Done()
    assert outputs(second) == outputs(first)


def test_an_indicator_costs_its_file_and_its_form(
    folder: Path, pack: Pack, catalogue: Catalogue, done: Done
) -> None:
    compose(folder, pack, catalogue)
    done.clear()
    change_indicator(folder / "绩效目标表" / FORMS[1], "恰好三十七次")
    html = compose(folder, pack, catalogue).document.html()
    assert done.read == [FORMS[1]]
    assert not done.evaluated
    assert not done.compiled
    form = max(done.written, key=len)
    assert "恰好三十七次" in form
    assert "恰好三十七次" in html
    assert len(done.written) == 2  # the index names all forms
    assert form.count("<section") == 1


def test_an_amount_costs_the_statements_that_sum_it(
    folder: Path, pack: Pack, catalogue: Catalogue, done: Done
) -> None:
    compose(folder, pack, catalogue)
    done.clear()
    change_amount(folder, "320100")
    composed = compose(folder, pack, catalogue)
    assert done.read == [PROJECTS]
    assert done.evaluated == ["表十二", "表十三"]
    assert [part.count("<table") for part in done.written] == [1, 1]
    assert composed.figures["表十二/合计/合计"].text in done.written[0]


def test_equal_amounts_written_otherwise_are_seen(
    unit_folder: Path, pack: Pack, catalogue: Catalogue
) -> None:
    """310000 and 310000.00 are equal, and what is printed for programs tells them apart."""
    before = compose(unit_folder, pack, catalogue)
    change_amount(unit_folder, f"{AMOUNTS[UNIT]}.00")
    after = compose(unit_folder, pack, catalogue)
    address = "表十二/合计/合计"
    assert after.figures[address].value == before.figures[address].value
    assert f'value="{after.figures[address].value:f}"' in after.document.html()
    assert after.document.html() != before.document.html()


_FRESH = """
import os, sys
from pathlib import Path
from hashlib import sha256
from generator.load.catalogue import load_catalogue
from generator.pack.pack import load_pack
from generator.compose.compose import compose
from generator.core.resources import CATALOGUE
from tests.test_remembered import outputs
while sys.stdin.readline():
    if os.fork():
        os.wait()
        continue
    catalogue, _ = load_catalogue(CATALOGUE)
    html, figures = outputs(compose(Path(sys.argv[1]), load_pack(Path(sys.argv[2])), catalogue))
    print(sha256(html.encode()).hexdigest(), sha256(figures).hexdigest(), flush=True)
    os._exit(0)
"""
"""Prints for every line that it is sent, each time in a process that has done nothing before."""


def test_many_runs_in_one_process_print_what_fresh_processes_print(
    unit_folder: Path, pack_folder: Path, catalogue: Catalogue
) -> None:
    pack = load_pack(pack_folder)
    before, _ = outputs(compose(unit_folder, pack, catalogue))
    steps: list[Callable[[], None]] = [
        lambda: change_indicator(unit_folder / "项目绩效目标表.yaml", "恰好三十七次"),
        lambda: change_amount(unit_folder, "320100"),
        lambda: change(unit_folder / "单位信息.yaml", "军人服务中心", "军人事务中心"),
        lambda: change(
            pack_folder / "macros" / "forms.html.j2",
            "<td{{ at(each.columns) }}>{{ each.title }}",
            "<td>项目{{ each.title }}",
        ),
    ]
    command = [sys.executable, "-c", _FRESH, str(unit_folder), str(pack_folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=pipe, stdout=pipe) as fresh:
        assert fresh.stdin is not None
        assert fresh.stdout is not None
        for step in steps:
            step()
            html, figures = outputs(compose(unit_folder, pack, catalogue))
            assert html != before
            before = html
            fresh.stdin.write("\n")
            fresh.stdin.flush()
            assert fresh.stdout.readline().split() == [
                sha256(html.encode()).hexdigest(),
                sha256(figures).hexdigest(),
            ]


def test_a_changed_template_is_compiled_again(
    unit_folder: Path, pack_folder: Path, catalogue: Catalogue, done: Done
) -> None:
    pack = load_pack(pack_folder)
    assert "本项目负责人：" not in compose(unit_folder, pack, catalogue).document.html()
    done.clear()
    change(
        pack_folder / "macros" / "forms.html.j2",
        "<td{{ at(each.columns) }}>{{ each.title }}",
        "<td>本项目{{ each.title }}",
    )
    assert "本项目负责人：" in compose(unit_folder, pack, catalogue).document.html()
    assert done.compiled == ["macros/forms.html.j2"]


def test_a_changed_text_of_the_pack_is_seen(
    unit_folder: Path, pack_folder: Path, catalogue: Catalogue
) -> None:
    compose(unit_folder, load_pack(pack_folder), catalogue)
    change(pack_folder / "forms" / "项目.yaml", "\n标题: ", "\n标题: 新的")
    composed = compose(unit_folder, load_pack(pack_folder), catalogue)
    assert composed.document.html().count(">新的") == len(composed.disclosure.forms)


def test_no_run_sees_what_another_does_to_its_results(
    unit_folder: Path, pack: Pack, catalogue: Catalogue
) -> None:
    first = compose(unit_folder, pack, catalogue)
    html, _ = outputs(first)
    source = yaml_tree.read_yaml(unit_folder / PROJECTS)
    source.findings.append(Finding("E102", "", ""))
    for section in first.document.root.iter("section"):
        section.clear()
    second = compose(unit_folder, pack, catalogue)
    assert outputs(second)[0] == html
    assert not yaml_tree.read_yaml(unit_folder / PROJECTS).findings


# 模板里的 kept --------------------------------------------------------------------------------


def written(pack_folder: Path, folder: Path, catalogue: Catalogue, title: str) -> str:
    """The cover of a document whose template says this there."""
    template = pack_folder / "document.html.j2"
    original = (PACKS / "yangquan" / "document.html.j2").read_text(encoding="utf-8")
    mark = '<p class="cover-entity">{{ entity.name }}</p>'
    assert mark in original
    template.write_text(original.replace(mark, f"<div>{title}</div>"), encoding="utf-8")
    composed = compose(folder, load_pack(pack_folder), catalogue)
    return html_text(composed.document.root.find(".//section/div"))  # type: ignore[arg-type]


def test_a_part_sees_every_figure_it_asks_for(
    unit_folder: Path, same_pack: Path, catalogue: Catalogue
) -> None:
    title = (
        '{% kept %}{% kept %}{{ n.figure("表十二/合计/合计") | num }}{% endkept %}'
        '{{ "x" ~ (n.figure("表十二/合计/合计").text | length) }}{% endkept %}'
    )
    before = written(same_pack, unit_folder, catalogue, title)
    change_amount(unit_folder, "90480000")
    after = written(same_pack, unit_folder, catalogue, title)
    assert before != after
    composed = compose(unit_folder, load_pack(same_pack), catalogue)
    assert composed.figures["表十二/合计/合计"].text in after


@pytest.mark.parametrize(
    "title",
    [
        # asks for more than figures
        '{% kept %}{{ n.share("表十二/合计/合计", "表二/合计/合计") | num }}{% endkept %}',
        # names a macro, of which nobody can tell what it says
        '{% macro told() %}{{ n.figure("表十二/合计/合计") | num }}{% endmacro %}'
        "{% kept %}{{ told() }}{% endkept %}",
        # names what is used up by being looked at
        "{% set rows = n.nonzero('表十二', '', '项目', '合计') | map(attribute='label') %}"
        "{% kept %}{% for row in rows %}{{ loop.index }}{% endfor %}{% endkept %}",
        # a state of its own
        "{% set seen = namespace(times=0) %}{% for i in range(3) %}"
        "{% set seen.times = seen.times + 1 %}{% kept %}{{ seen.times }}{% endkept %}{% endfor %}",
        # the loop around it
        "{% for i in range(3) %}{% kept %}{{ loop.index }}{% endkept %}{% endfor %}",
    ],
)
def test_what_cannot_be_compared_is_written_each_time(
    title: str, unit_folder: Path, same_pack: Path, catalogue: Catalogue
) -> None:
    plain = title.replace("{% kept %}", "").replace("{% endkept %}", "")
    for yuan in (AMOUNTS[UNIT], "90480000"):
        if yuan != AMOUNTS[UNIT]:
            change_amount(unit_folder, yuan)
        expected = written(same_pack, unit_folder, catalogue, plain)
        assert written(same_pack, unit_folder, catalogue, title) == expected
        assert written(same_pack, unit_folder, catalogue, title) == expected


def test_a_part_may_not_hide_what_it_shows(
    unit_folder: Path, same_pack: Path, catalogue: Catalogue
) -> None:
    title = '{% kept %}\n{% include "parts/glossary.html.j2" %}{% endkept %}'
    with pytest.raises(UnusableInputError) as raised:
        written(same_pack, unit_folder, catalogue, title)
    (finding,) = raised.value.findings
    assert finding.code == "E302"
    assert "kept 里不能有 include" in finding.message
    assert finding.place is not None
    assert finding.place.file.name == "document.html.j2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal("1.0"), Decimal("1.00")),
        (1, True),
        ("a", Markup("a")),
        ((1, 2), [1, 2]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (
            *(
                shown.value_in_templates(
                    LevelFunds.model_validate({"其他资金": amount}, context=YANGQUAN.vocabulary)
                )
                for amount in ("1", "1.00")
            ),
        ),
    ],
)
def test_what_prints_differently_has_different_keys(one: object, other: object) -> None:
    assert exact_key(one) == exact_key(one)
    assert exact_key(one) != exact_key(other)


def test_the_heaviest_memory_forgets_what_was_not_asked_for() -> None:
    memory = Memory[str, int](__name__, most=10)
    for key, weight in (("a", 4), ("b", 4)):
        memory.put(key, 1, weight)
    assert memory.get("a") == 1
    memory.put("c", 1, 4)
    memory.put("too heavy", 1, 11)
    assert [memory.get(key) for key in ("a", "b", "c", "too heavy")] == [1, None, 1, None]


def test_everything_that_remembers_is_listed_and_can_forget() -> None:
    @memo(2)
    def doubled(number: int) -> int:
        return 2 * number

    store = Memory[str, int]("a store of this test", most=10)
    store.put("a", 1)
    assert [doubled(2), doubled(2), doubled(3), doubled(4)] == [4, 4, 6, 8]
    held = {name.rpartition(".")[2]: size for name, size in memories().items()}
    assert held["doubled"] == 2
    assert held["a store of this test"] == 1
    forget_all()
    assert not any(memories().values())
    assert store.get("a") is None


def test_nothing_remembers_by_other_means() -> None:
    others = re.compile(r"\blru_cache\b|functools import .*\bcache\b")
    found = [
        file.name
        for file in (ROOT / "generator").rglob("*.py")
        if others.search(file.read_text("utf-8"))
    ]
    assert found == ["memo.py"]


# 读取与解析 -----------------------------------------------------------------------------------


def test_places_of_a_section_spread_over_files(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text("项目: []\n", encoding="utf-8")
    (tmp_path / "2.yaml").write_text("项目:\n  - 名: a\n  - 名: b\n", encoding="utf-8")
    (tmp_path / "3.yaml").write_text("\n项目: []\n", encoding="utf-8")
    (tmp_path / "4.yaml").write_text("项目:\n  -\n    名: c\n单独: x\n", encoding="utf-8")
    source = read_yaml_folder(tmp_path, splittable=("项目",))
    places = [
        source.place(("项目",)),
        source.place(("项目", 1, "名")),
        source.place(("项目", 2, "名")),
        source.place(("项目", 2, "名"), key=True),
        source.place(("项目", 2, "没有")),
        source.place(("单独",)),
        source.place(("没有",)),
    ]
    assert [(place.file.name, place.line, place.column) for place in places] == [
        ("2.yaml", 2, 3),
        ("2.yaml", 3, 8),
        ("4.yaml", 3, 8),
        ("4.yaml", 3, 5),
        ("4.yaml", 3, 5),
        ("4.yaml", 4, 5),
        (tmp_path.name, 0, 0),
    ]
    assert source.knows(("项目", 2, "名"))
    assert not source.knows(("项目", 3))
    assert [(text, place.file.name) for text, place in source.texts()] == [
        ("a", "2.yaml"),
        ("b", "2.yaml"),
        ("c", "4.yaml"),
        ("x", "4.yaml"),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>a\n b</p>\n  <p>c</p>", "<p>ab</p><p>c</p>"),
        ("<p>a > \n b</p>", "<p>a &gt;b</p>"),
        ("<p title='x > \n y'>a\n\n b</p>", '<p title="x &gt;   y">ab</p>'),
        ("<p\n class='x'>a \n</p>\n", '<p class="x">a</p>'),
        ("<p>a<!-- x\n> \n <b> -->\n c</p>", "<p>a<!-- x\n> \n <b> -->\n c</p>"),
        ("<p>a&#32;\n b&#10;c</p>", "<p>abc</p>"),
        ("<p>&#39;\n</p>", "<p>'</p>"),
        ("<p><![CDATA[>\n<]]></p>", "<p>&gt;&lt;</p>"),
        ("<p>\u3000\n\u00a0<b>x</b>\u3000\n</p> \n ", "<p><b>x</b></p>"),
        ("<p>x\n> y</p>", "<p>x&gt; y</p>"),
    ],
)
def test_line_breaks_of_templates_are_no_text(written: str, read: str) -> None:
    html = f"<html><head><title>t</title></head><body>{written}</body></html>"
    body = parse_document(html, Path()).body
    assert etree.tostring(body, encoding="unicode") == f"<body>{read}</body>"


def test_the_figures_file_is_written_as_json_is(
    unit_folder: Path, pack: Pack, catalogue: Catalogue
) -> None:
    _, figures = outputs(compose(unit_folder, pack, catalogue))
    again = json.dumps(json.loads(figures), ensure_ascii=False, indent=1)
    assert figures.decode() == again + "\n"
