"""Templates are written by others: they reach nothing but plain values, and cannot make a bomb."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import BuiltinMethodType, FunctionType, MappingProxyType, MethodType
from typing import Any

import pytest
from jinja2.runtime import LoopContext, Undefined
from jinja2.utils import Cycler
from pydantic_core import PydanticCustomError

from generator.cli.inputs import open_pack
from generator.compose.compose import compose
from generator.compose.document import render
from generator.compose.document.form_places import BlockPlaces
from generator.compose.document.indicators import IndicatorRow
from generator.compose.document.kept_parts import Questions
from generator.compose.narrative.context import NamedRow, Narrative
from generator.compute.statements.table import HeadCell, StatementCell
from generator.core.figures import Figure
from generator.core.findings import UnusableInputError
from generator.load.catalogue import open_catalogue
from generator.model.performance import ProjectForm
from generator.pack.checks.expressions import expression
from generator.pack.templates import budget
from generator.pack.templates.environment import sandbox, template_errors
from generator.pack.templates.sandbox import Sandbox
from generator.pack.templates.shown import METHODS, Record, names, value_in_templates
from tests.conftest import ROOT, UNIT
from tests.formats import YANGQUAN

FORM = ProjectForm.model_validate(
    {
        "项目名称": "路灯",
        "主管部门及代码": "某局",
        "实施单位": "某中心",
        "绩效指标": {"产出": {"数量": [{"指标": "盏数", "指标值": "9"}]}},
    },
    context=YANGQUAN.vocabulary,
)

GROWING = (
    "{%% set n = namespace(x=%s) %%}{%% for i in range(99) %%}{%% set n.x = %s %%}{%% endfor %%}"
)
Written = Callable[..., str]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Renders a template of one line."""

    def write(source: str, **context: Any) -> str:
        (tmp_path / "t.j2").write_text(source, encoding="utf-8")
        shown = {name: value_in_templates(value) for name, value in context.items()}
        with template_errors(tmp_path, "t.j2"):
            return str(sandbox(tmp_path, autoescape=True).get_template("t.j2").render(**shown))

    return write


def refused(written: Written, source: str, **context: Any) -> str:
    """The message of the only finding of a template that is refused."""
    with pytest.raises(UnusableInputError) as raised:
        written(source, **context)
    (finding,) = raised.value.findings
    assert finding.code in ("E302", "E403")
    assert finding.place is not None
    return finding.message


def test_what_documents_need_works(written: Written) -> None:
    source = (
        '{% macro m(x, y="-") %}{{ x ~ y }}{% endmacro %}'
        '{% set rows = [(1, form.unit), (2, "b")] %}'
        "{% for number, (name) in rows %}{{ m(number) }}{{ name }}{{ loop.index }};{% endfor %}"
        '{{ "%d/%s" % (3, "x") }}{{ ["b", "a"] | sort | join("、") }}{{ "ab".replace("a", "c") }}'
        '{{ "、".join(["x", "y"]) }}{{ [1, 2] | sum }}{{ 7 // 2 + 2 ** 3 }}{{ "<" }}'
        "{% for first, seconds in form.indicators.items() %}{{ first }}"
        "{{ seconds['数量'][0].term[1] }}"
        '{% endfor %}{{ form["unit"] }}{{ "x" if false }}{% set ns = namespace(n=1) %}'
        "{% set ns.n = ns.n + 1 %}{{ ns.n }}{{ none is none }}"
        "{{ '%s' | format(5) }}{{ [1, 2] | batch(1) | list | length }}"
        "{{ 'abcd'[1:3].upper() }}{{ [1, 2, 3][::-1][0] }}{{ '%(a)3d%%(x)' % {'a': 1} }}"
    )
    text = "1-某中心1;2-b2;3/xa、bcbx、y311&lt;产出9某中心2True52BC3  1%(x)"
    assert written(source, form=FORM) == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ form.parse_raw('', proto='pickle', allow_pickle=True) }}",
        "{{ form.model_construct() }}",
        "{{ form['model_validate']({}) }}",
        "{{ form.items() }}",
        "{{ form.__class__ }}",
        "{{ form | attr('unit') }}",
        "{{ [form] | map('attr', 'unit') | list }}",
        "{{ [form] | map(attribute='__class__') | list }}",
        "{{ '{0.__class__}'.format(form) }}",
        "{{ '{}'.format_map(form) }}",
        "{{ ''.maketrans('a', 'b') }}",
        "{{ [1].append(2) }}",
        "{{ {}.update({}) }}",
        "{{ form.indicators.copy() }}",
        "{{ range.__class__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ dict.fromkeys([1]) }}",
        "{{ lipsum() }}",
        "{{ form }}",
        "{{ [form] }}",
        "{{ range }}",
        "{% macro m() %}{% endmacro %}{{ m.__call__ }}",
        "{% macro m() %}{% endmacro %}{{ m }}",
        "{% for x in [1] %}{{ loop._iterator }}{% endfor %}",
        "{{ none.x.y }}",
        "{{ ''['join'] }}",
        "{{ ''.join }}",
        "{{ {}['get'] }}",
        "{{ ()['count'] }}",
        "{{ form['indicators']['items'] }}",
        "{{ '甲'['replace']('甲', '乙') }}",
        "{% set f = '甲'['join'] %}{{ f('乙丙') }}",
    ],
)
def test_reaches_nothing_else(written: Written, source: str) -> None:
    refused(written, source, form=FORM)


@pytest.mark.parametrize(
    "source",
    [
        "{% if 1 %}" * 300 + "甲" + "{% endif %}" * 300,
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{{ " + "[" * 900 + "]" * 900 + " }}",
        "{% for a in [1] %}" * 25 + "甲" + "{% endfor %}" * 25,
        "{{ 1" + "|string" * 1500 + " }}",
        "{{ " + "1 + " * 1500 + "1 }}",
    ],
)
def test_what_is_nested_too_deep_is_told_with_its_line(written: Written, source: str) -> None:
    with pytest.raises(UnusableInputError) as raised:
        written(f"甲\n乙\n{source}\n丙")
    (finding,) = raised.value.findings
    assert (finding.code, finding.place and finding.place.line) == ("E302", 3)
    assert "套得太深" in finding.message


def test_templates_that_include_each_other_are_told_as_such(written: Written) -> None:
    with pytest.raises(UnusableInputError) as raised:
        written("甲\n{% include 't.j2' %}")
    (finding,) = raised.value.findings
    assert (finding.place and finding.place.line) == 2
    assert "互相引用" in finding.message


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'x' * 10**11 }}",
        "{{ 10**11 * 'x' }}",
        "{{ 10 ** (10 ** 8) }}",
        "{{ [0] * 10**9 }}",
        "{{ range(10**9) }}",
        "{% for a in range(9**5) %}{% for b in range(9**5) %}{% endfor %}{% endfor %}",
        "{% for a in range(9**5) %}{{ 'x' * 10**5 }}{% endfor %}",
        "{% set x %}{% for a in range(9**5) %}{{ 'x' * 10**5 }}{% endfor %}{% endset %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% include 't.j2' %}{% include 't.j2' %}",
        "{% for k in [1] recursive %}{{ loop([k, k]) }}{% endfor %}",
        GROWING % ("'a'", "n.x ~ n.x"),
        GROWING % ("'a'", "n.x + n.x"),
        GROWING % ("[1]", "n.x + n.x"),
        GROWING % ("1", "[n.x, n.x]"),
        GROWING % ("1", "(n.x, n.x)"),
        GROWING % ("1", "{1: n.x, 2: n.x}"),
        GROWING % ("1", "dict(a=n.x, b=n.x)"),
        "{{ '%999999999d' % 1 }}",
        "{{ '%*d' % (10**9, 1) }}",
        "{{ '%.999999999f' | format(1) }}",
        "{{ '%(a(b))999999999d' % {'a(b)': 1} }}",
        "{{ '%5%%(a)99999999d' % {'a': 1} }}",
        "{{ '%(' * 100000 % 1 }}",
        "{{ '%(' * 100000 | format(1) }}",
        "{% set s = 'x' * 4999999 %}" + "{% set a = s[1:] %}" * 9,
        "{% set s = [1] * 199999 %}" + "{% set a = s[1:] %}" * 2,
        GROWING % ("1", "namespace(a=n.x, b=[1] * 99999)"),
        GROWING % ("1", "cycler(n.x, *range(99999))"),
        GROWING % ("amount", "n.x * n.x"),
        "{{ amount ** 999 | int }}",
        "{{ amount ** amount ** 99 }}",
        "{{ 'x' | center(10**9) }}",
        "{{ 'x' | indent(10**9, true) }}",
        "{{ ('x' * 9999) | replace('x', 'y' * 999999) }}",
        "{{ ('x' * 9999).replace('x', 'y' * 999999) }}",
        "{{ range(99999) | join('y' * 99999) }}",
        "{{ ('y' * 99999).join(range(99999) | map('string')) }}",
        "{{ ('x' * 9999 | safe).replace('x', 'y' * 999999 | safe) }}",
        "{{ ('y' * 99999 | safe).join(range(99999) | map('string')) }}",
        "{{ ('<' * 999999 | safe).join([1, 2, 3, 4, 5, 6, 7, 8] | map('string')) }}",
        "{{ [1] | batch(10**9, 0) | list }}",
        "{{ [1] | slice(10**9) | list }}",
        "{{ 5 | round(-10**9) }}",
        "{{ [[1] * 999] * 999 | sum(start=[]) }}",
        "{{ range(99999) | map('string') | map('replace', '', 'x' * 99999) | list }}",
        "{{ ('f' * 4000000) | int(0, 16) }}",
        "{{ ('a ' * 400000).split() }}",
    ],
)
def test_makes_no_bomb(written: Written, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setattr(budget, "MOST_STEPS", 200_000)  # as it is, it takes some seconds
    began = time.process_time()
    refused(written, source, amount=Decimal("123456.5"))
    assert time.process_time() - began < 3


def test_time_ends(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_SECONDS", 0.1)
    same = "{% set a = range(50000) | list %}{% set b = range(50000) | list %}"
    loop = "{% for i in range(100000) %}{% if a == b %}{% endif %}{% endfor %}"
    assert "秒" in refused(written, same + loop)


def test_no_link_leads_out_of_the_pack(written: Written, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "secret.j2").write_text("secret", encoding="utf-8")
    (tmp_path / "link.j2").symlink_to(outside / "secret.j2")
    (tmp_path / "folder").symlink_to(outside)
    (tmp_path / "zero.j2").symlink_to("/dev/zero")
    (tmp_path / "circle.j2").symlink_to("circle.j2")
    (tmp_path / "own.j2").write_text("own", encoding="utf-8")
    (tmp_path / "within.j2").symlink_to("own.j2")
    os.mkfifo(tmp_path / "pipe.j2")
    for name in ("link.j2", "folder/secret.j2", "zero.j2", "../x.j2"):
        assert "模板包以外" in refused(written, f"{{% include '{name}' %}}")
        refused(written, f"{{% import '{name}' as x %}}")
    for name in ("circle.j2", "pipe.j2", "folder", "/etc/passwd"):
        refused(written, f"{{% include '{name}' %}}")
    assert written("{% include 'within.j2' %}") == "own"


def test_records_are_frozen() -> None:
    form = value_in_templates(FORM)
    with pytest.raises(AttributeError):
        form.unit = "别处"
    with pytest.raises(AttributeError):
        form.anything = 1
    with pytest.raises(AttributeError):
        object.__getattribute__(form, "__dict__")
    with pytest.raises(TypeError):
        form.indicators["x"] = ()
    assert form.indicators["产出"]["数量"][0].year == ("盏数", "9")
    with pytest.raises(TypeError):
        value_in_templates(Path())


PLAIN = (Record, str, int, float, Decimal, tuple, list, MappingProxyType, type(None))
KNOWN = {Figure, StatementCell, HeadCell, IndicatorRow, BlockPlaces, NamedRow, Questions, Cycler}

CALLABLE = {
    "函数": names(
        "safe_range dict Namespace Cycler Joiner <lambda> _span at block_places row_places "
        "_indicator_rows heading form_of"
    ),
    "str": names(
        "capitalize casefold count endswith find index isalnum isalpha isascii "
        "isdecimal isdigit islower isnumeric isspace istitle isupper join lower lstrip "
        "partition removeprefix removesuffix replace rfind rindex rpartition rsplit "
        "rstrip split splitlines startswith strip swapcase title upper"
    ),
    "StatementCellKind": METHODS[str],
    "Markup": METHODS[str],
    "tuple": {"count", "index"},
    "list": {"count", "index"},
    "mappingproxy": {"get", "items", "keys", "values"},
    "Questions": names(
        "figure knows share change by_part rows nonzero distinct amounts chart waterfall"
    ),
    "NamedRow": {"figure"},
    "LoopContext": {"changed", "cycle"},
    "Cycler": {"next", "reset"},
}
"""Everything that templates can call, macros and blocks of their own left aside."""


def test_all_that_can_be_reached_is_plain() -> None:
    pack, catalogue = open_pack("yangquan"), open_catalogue()
    composed = compose(ROOT / "data" / UNIT, pack, catalogue)
    narrative = Narrative(composed.statements, composed.figures, composed.explanations)
    reasons = {name: each.reason for name, each in composed.explanations.items()}
    context = render.shown_document(
        pack, composed.disclosure, composed.statements, narrative, reasons, draft=True
    )
    environment = render._environment(pack, composed.disclosure.entity, autoescape=True)
    met: list[Any] = []
    environment.offer(keep=met.append)
    environment.from_string(
        "{% for x in [1] %}{{ keep(loop) }}{% endfor %}{{ keep(cycler(1, 2)) }}"
        "{{ keep(n.nonzero('表五', '', '科目类', '合计')) }}"
        "{{ keep(n.change('表五/合计/合计', '上年/一般公共预算当年支出')) }}"
        "{{ keep(n.chart('图', n.amounts('表三/合计/%s', ['基本支出', '项目支出']))) }}"
        "{{ keep(indicator_rows(disclosure.forms[0].indicators)) }}"
        "{{ keep(block_places(form_of('项目'), '绩效指标')) }}"
        "{{ keep(row_places(form_of('项目').rows[0])) }}"
    ).render(context)
    del environment.globals["keep"]
    reached = dict(_reached(environment, [*environment.globals.values(), *context.values(), *met]))
    found: dict[str, set[str]] = {}
    for value in reached.values():
        if isinstance(value, LoopContext):  # of a recursive loop, which calls itself
            continue
        if callable(value):
            assert environment.is_safe_callable(value)
            owner = getattr(value, "__self__", None)
            kind = type(owner).__name__ if owner is not None else "函数"
            found.setdefault(kind, set()).add(value.__name__)
        else:
            assert isinstance(value, PLAIN) or type(value) in KNOWN, type(value)
    assert found == CALLABLE


def test_an_attribute_that_cannot_be_read_is_not_offered() -> None:
    """Python 3.11.2 says TypeError of ``__weakref__`` of some classes, not AttributeError."""

    class Broken:
        @property
        def word(self) -> str:
            raise TypeError("descriptor 'word' doesn't apply")

    environment = sandbox(YANGQUAN.folder, autoescape=True)
    assert isinstance(environment.getattr(Broken(), "word"), Undefined)


def _reached(environment: Sandbox, roots: list[Any]) -> Iterator[tuple[int, Any]]:
    """Everything that can be had from some values by attributes and items, each once."""
    seen: dict[int, Any] = {}
    texts = 0
    waiting = [*roots]
    while waiting:
        value = waiting.pop()
        if id(value) in seen or (type(value) is str and (texts := texts + 1) > 100):
            continue
        seen[id(value)] = value
        yield id(value), value
        if isinstance(value, MappingProxyType | dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list | tuple):
            waiting += value
        if isinstance(value, MethodType | BuiltinMethodType | FunctionType):
            assert not [name for name in dir(value) if _had(environment, value, name)]
        elif not isinstance(value, int | Decimal | float | type(None)):
            waiting += [
                environment.getattr(value, name)
                for name in dir(value)
                if _had(environment, value, name)
            ]


def _had(environment: Sandbox, value: Any, name: str) -> bool:
    return not isinstance(environment.getattr(value, name), Undefined)


@pytest.mark.parametrize(
    "text",
    [
        "(a+)+$",
        "(a|a)*b",
        "(a|ab)*c",
        "(a?){30}a{30}",
        "(据实(支出)?)*安排",
        ".*.*.*.*.*=",
        "a{99999999999999}",
        "a" * 501,
        "(" * 400 + ")" * 400,
        "(",
    ],
)
def test_an_expression_of_a_pack_comes_to_an_end(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        expression(text)


@pytest.mark.parametrize("text", ["经费", "(支出|安排)+", "[^）)]*的的(?!确)", "(本年|去年)?.{2,}"])
def test_a_usual_expression_is_taken(text: str) -> None:
    assert expression(text) == text


def test_only_processor_time_counts_and_its_clock_is_asked_when_it_may_have_run_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Waiting costs a template nothing; asking for the time of the processor takes time itself."""
    wall = processor = 0.0
    asked = 0

    def processor_time() -> float:
        nonlocal asked
        asked += 1
        return processor

    monkeypatch.setattr(time, "perf_counter", lambda: wall)
    monkeypatch.setattr(time, "thread_time", processor_time)
    spent = budget.RenderingBudget()
    for _ in range(30):
        spent.step(budget.MOST_STEPS // 100)
        wall += budget.MOST_SECONDS / 10
        processor += budget.MOST_SECONDS / 30
    assert 2 <= asked <= 12
    wall += budget.MOST_SECONDS
    processor += 0.1
    with pytest.raises(budget.BudgetError, match="4 seconds"):
        spent.step(budget.MOST_STEPS // 100)


def test_a_document_of_many_forms_may_do_more() -> None:
    spent = budget.RenderingBudget()
    spent.allow_forms(10 * budget.FORMS_OF_ONE)
    spent.step(9 * budget.MOST_STEPS)
    with pytest.raises(budget.BudgetError, match=f"{10 * budget.MOST_STEPS} steps"):
        spent.step(2 * budget.MOST_STEPS)


def test_a_document_of_few_forms_may_do_no_less() -> None:
    spent = budget.RenderingBudget()
    spent.allow_forms(1)
    spent.step(budget.MOST_STEPS - 1)
