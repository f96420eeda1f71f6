"""Data and packs that somebody has spoilt: for the fuzzers of the tests and of the script.

Everything spoilt comes from a chance with a seed, so it can be made again.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.compose.compose import compose
from generator.core.findings import UnusableInputError
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue, open_catalogue
from generator.pack.pack import Pack, load_pack
from generator.printing.formats import Format, print_formats

Files = dict[str, bytes]
"""The files of a folder by their paths in it."""

KINDS = ("data", "pack", "template")

DATA = """\
单位信息: {名称: 某某市路灯管理中心, 类型: 单位, 年度: 2026}
概况:
  职责: [管理路灯。, 养护路灯。]
  机构设置: [内设办公室。]
收支:
  - 科目: 2120399
    当年预算: {基本支出: {一般公共预算: 1200000.50}, 项目支出: {一般公共预算: 300000}}
    上年结转: {项目支出: {政府性基金预算: 5000}}
基本支出经济科目:
  - {部门经济科目: 30101, 政府经济科目: 50501, 金额: 1000000}
  - {部门经济科目: 30201, 政府经济科目: 50502, 金额: 200000.50}
三公经费: {公务接待费: {一般公共预算: 20000}}
项目:
  - 单位: 某某市路灯管理中心
    项目:
      - {名称: 路灯电费, 类别: 其他运转类, 当年预算: {一般公共预算: 300000}}
上年预算数: {收入总计: 1400000, 支出总计: 1400000, 一般公共预算当年支出: 1400000}
变动原因: {收入总计: 电费增加, 支出总计: 电费增加}
政府采购: {货物: 10000}
国有资产:
  公务用车编制数: 1
  实有车辆: {其他公务用车: 1}
  办公用房建筑面积: 120.5
  50万元以上通用设备: 0
  100万元以上通用设备: 0
其他说明: {政府购买服务指导性目录: 无, 其他: 无}
项目绩效目标表:
  - 项目名称: 路灯电费
    主管部门及代码: 某某局
    实施单位: 某某市路灯管理中心
    资金: {年度: {市县（区）财政资金: 300000}}
    总体目标: {实施期: 亮, 年度: 亮}
    绩效指标: {产出指标: {数量指标: [{指标: 盏数, 指标值: "=9000盏"}]}}
核对数: {表二/合计/合计: "150.00"}
按实公布说明: [{规则: E716, 对象: 表六, 理由: 与账一致}]
"""

WORDS = (
    "", " ", "~", "是", "否", "null", "-1", "0", "0.005", "1e999", "9" * 400, "1" + "0" * 16,
    "２０２６", "2026-01-01", "=1", "{", "}", "[", "]", "- ", ": ", "#", "'", '"', "|", ">", "&a",
    "*a", "!x", "%", "@", "\\", "\t", "\u200b", "\u202e", "\x00", "\ud7ff", "𠀀", "<b>", "&amp;",
    "表一/收入", "../..", "部门", "{年度}", "{序}", "(a+)+$", "字" * 3000,
)  # fmt: skip
SNIPPETS = (
    "{{ 'x' * 10**9 }}", "{{ 10**(10**9) }}", "{{ entity.parse_raw('') }}", "{{ n.figure('x') }}",
    "{% for a in range(9**5) %}{% for b in range(9**5) %}{{ a }}{% endfor %}{% endfor %}",
    "{% include 'document.html.j2' %}", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ entity }}", "{{ loop }}", "{{ self }}", "{{ [n] | string }}", "{{ disclosure.forms[9] }}",
    "{% set x = namespace(a=1) %}{{ x.a ~ x.b }}", "{{ 1 / 0 }}", "{{ '%s%s' % 1 }}", "{% kept %}",
    "{% endif %}", "{% block a %}", "{% extends 'parts/forms.html.j2' %}", "<b>", "</section>",
    "&x;", "<img src='http://x/'/>", "<style>@import 'x';</style>", "{{ '<' | safe }}", "{# ",
    "{{ ", "\x00", "{{ n.chart('', []) }}", "{{ n.by_part('x', 3, -1) }}",
    "{{ n.rows('表一', '', '', '') }}",
    "{{ statements['表一'].rows[0][0].cells }}", "{{ theme.pages | map('upper') | list }}",
    "{{ range(5) | batch(0) | list }}", "{{ 'a' | truncate(-5) }}", "{{ n.waterfall(1, 2) }}",
    "{% for x in [1, [2, [3]]] recursive %}{{ loop(x) }}{% endfor %}", "{{ '\\ud800' }}",
    "{{ ('x' * 999999) | title | upper | e }}", "{{ dict(a=1).a + 'b' }}", "{{ -[] }}",
)  # fmt: skip


def spoilt(kind: str, chance: random.Random) -> tuple[Files, Files]:
    """A data folder and a pack, one of which is spoilt.

    Args:
        kind: what is spoilt, one of :data:`KINDS`.
        chance: where everything random comes from.
    """
    data, pack = {"a.yaml": DATA.encode()}, dict(_pack())
    if kind == "data":
        data["a.yaml"] = _spoilt_yaml(DATA, chance).encode("utf-8", "replace")
        return data, pack
    template = kind == "template"
    name = chance.choice(sorted(each for each in pack if each.endswith(".j2") == template))
    change = _spoilt_template if template else _spoilt_yaml
    pack[name] = change(pack[name].decode(), chance).encode("utf-8", "replace")
    return data, pack


_PACK: Files = {}


def _pack() -> Files:
    if not _PACK:
        top = PACKS / "yangquan"
        files = sorted(file for file in top.rglob("*") if file.is_file())
        _PACK.update((str(file.relative_to(top)), file.read_bytes()) for file in files)
    return _PACK


def write(folder: Path, files: Files) -> None:
    """Writes files into a folder, unless they are there already."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)


def _spoilt_yaml(text: str, chance: random.Random) -> str:
    if chance.random() < 0.4:
        return _edited(text, chance, WORDS)
    tree = yaml.load(text, Loader=yaml.CSafeLoader)
    for _ in range(chance.choice((1, 1, 2, 5))):
        tree = _changed(tree, chance, depth=0)
    return yaml.safe_dump(tree, allow_unicode=True, default_flow_style=chance.random() < 0.3)


def _changed(tree: Any, chance: random.Random, depth: int) -> Any:
    """A tree with one of its branches cut, doubled, exchanged or replaced."""
    if not isinstance(tree, dict | list) or not tree or chance.random() < 0.1 * depth:
        return _anything(chance, 3)
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    key = chance.choice(keys)
    if (done := chance.random()) < 0.1:
        del tree[key]
    elif done < 0.2 and isinstance(tree, list):
        tree.append(tree[key])
    elif done < 0.2 and isinstance(tree, dict):
        tree[chance.choice([*keys, *WORDS[:20]])] = tree[key]
    elif done < 0.25:
        tree[key], tree[keys[0]] = tree[keys[0]], tree[key]
    else:
        tree[key] = _changed(tree[key], chance, depth + 1)
    return tree


def _anything(chance: random.Random, deep: int) -> Any:
    """A value of any shape."""
    makers: list[Callable[[], Any]] = [
        lambda: chance.choice(WORDS).replace("\x00", "").replace("\ud7ff", ""),
        lambda: chance.randint(-10, 10 ** chance.randint(1, 30)),
        lambda: chance.choice([None, True, False, 0.1, 1e300, float("inf"), float("nan")]),
    ]
    if deep:
        makers += [
            lambda: [_anything(chance, deep - 1) for _ in range(chance.randint(0, 4))],
            lambda: {
                str(chance.choice(WORDS[:16])): _anything(chance, deep - 1)
                for _ in range(chance.randint(0, 3))
            },
        ]
    return chance.choice(makers)()


def _spoilt_template(text: str, chance: random.Random) -> str:
    if chance.random() < 0.6:
        at = chance.randint(0, len(text))
        return text[:at] + chance.choice(SNIPPETS) + text[at:]
    return _edited(text, chance, (*SNIPPETS, "{{", "}}", "{%", "%}", "|", ".", "~", "(", ")"))


def _edited(text: str, chance: random.Random, words: tuple[str, ...]) -> str:
    """A text in which lines and characters went, came twice, or became others."""
    for _ in range(chance.choice((1, 1, 2, 8))):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 1, 3, 30, 300)))
        put = chance.choice((chance.choice(words), text[start:end] * 2, ""))
        text = text[:start] + put + text[end:]
    return text


@cache
def _catalogue() -> Catalogue:
    return open_catalogue()


@cache
def _sound(folder: Path) -> Pack:
    return load_pack(folder)


def outcome(folder: Path, files: tuple[Files, Files]) -> list[str]:
    """The codes of what is found when a spoilt folder is built; none where it is built.

    Whatever else is raised is what the fuzzers look for.
    """
    write(folder / "data", files[0])
    write(folder / "pack", files[1])
    try:
        sound = files[1] == _pack()
        pack = _sound(folder / "pack") if sound else load_pack(folder / "pack")
        composed = compose(folder / "data", pack, _catalogue())
        print_formats(composed, pack, [Format.HTML], lambda _: None)
    except UnusableInputError as error:
        return sorted({finding.code for finding in error.findings if finding.code[0] == "E"})
    return []
