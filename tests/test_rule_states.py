"""No rule vanishes: each is applied, 无法核对, or 不适用 with what it lacks."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from generator.checks.rules import RULES
from generator.checks.run import Report, run_checks
from generator.checks.selection import ALL, Selection
from generator.checks.states import NOTHING_TO_COMPARE
from generator.compose.compose import compose
from generator.core.records import replace
from generator.core.resources import PACKS
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.forms import Forms
from generator.pack.outline import Heading, Role
from generator.pack.pack import Pack, load_pack
from generator.reading.document import ReadDocument
from generator.reading.from_data import presented_data
from generator.reports.groups import inapplicable_by_reason, states_words
from generator.reports.html_report import html_report
from generator.reports.json_report import json_report
from generator.reports.terminal.check import print_reports, report_console
from tests.test_every_pack import DATA, OWN, OWN_DATA

PROJECT_FORMS = ("E734", "W734", "E735", "W736", "W737", "N737", "W738", "N738")
OVERALL_FORM = ("E731", "W731", "E736")
LACKING: dict[str, dict[str, str]] = {
    "yangquan": {},
    "national": {"W734": "模板包的项目绩效目标表没有实施期"},
    "shanghai-district": {
        **dict.fromkeys(OVERALL_FORM, "模板包没有整体绩效目标表"),
        **dict.fromkeys(PROJECT_FORMS, "模板包没有项目绩效目标表"),
    },
    "云台": {"W734": "模板包的项目绩效目标表没有实施期"},
    "最小": {
        **dict.fromkeys(("E728", "W728"), "模板包没有“政府采购”这一部分"),
        "E729": "模板包没有“绩效”这一部分",
        "E730": "模板包没有“国有资产”这一部分",
        **dict.fromkeys(OVERALL_FORM, "模板包没有整体绩效目标表"),
        "E732": "模板包没有“机构设置”这一部分",
        **dict.fromkeys(PROJECT_FORMS, "模板包没有项目绩效目标表"),
    },
}
"""What each pack lacks, by the rules that ask for it."""


@dataclass(frozen=True)
class Placed:
    """A pack, its sample as the document printed of it, and what is reported of both."""

    name: str
    pack: Pack
    draft: ReadDocument
    of_data: Report
    of_draft: Report


@pytest.fixture(scope="module", params=LACKING)
def placed(
    request: pytest.FixtureRequest, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Placed:
    name = request.param
    pack = load_pack((OWN if name in OWN_DATA else PACKS) / name)
    composed = compose((DATA | OWN_DATA)[name], pack, catalogue)
    file = tmp_path_factory.mktemp("规则") / "公开.html"
    file.write_text(composed.document.html(), "utf-8")
    data, draft = presented_data(composed, pack), presented_draft(file, pack, catalogue)
    return Placed(name, pack, draft, *(run_checks(each, pack, ALL) for each in (data, draft)))


def in_terminal(report: Report, *, show_all: bool = False) -> str:
    page = io.StringIO()
    print_reports([report], report_console(Console(file=page)), show_all=show_all)
    return page.getvalue()


def _reasons(report: Report) -> dict[str, str]:
    return {each.code: each.why for each in report.states.inapplicable}


def test_every_rule_comes_to_one_state(placed: Placed) -> None:
    for report in (placed.of_data, placed.of_draft):
        states = report.states
        reasons = _reasons(report)
        assert sorted((*states.applied, *states.unchecked, *reasons)) == sorted(RULES)
        assert all(reasons.values())
        assert not {each.code for each in report.unchecked} & reasons.keys()
        assert set(states.unchecked) <= {each.code for each in report.unchecked}
        own = report.pack_rules
        listed = (*own.applied, *own.unchecked, *own.inapplicable)
        assert sorted(listed) == sorted(rule.code for rule in placed.pack.rules)


def test_what_a_pack_lacks_is_named(placed: Placed) -> None:
    for report in (placed.of_data, placed.of_draft):
        reasons = _reasons(report)
        of_pack = {code: why for code, why in reasons.items() if why.startswith("模板包")}
        assert of_pack == LACKING[placed.name]


def test_rules_of_drafts_are_not_for_data(placed: Placed) -> None:
    of_data, of_draft = _reasons(placed.of_data), _reasons(placed.of_draft)
    assert {of_data[code] for code in ("E747", "W753", "E780", "E901")} == {"数据没有文件和版面"}
    assert of_draft["E780"] == "不是 .pdf 文件"
    assert not {"E747", "N762", "E766", "W777"} & of_draft.keys()
    assert of_draft["E990"] == "没有用 --prior 给出上年的文件"
    assert of_draft["E996"] == "没有用 --units 给出各单位的文件"


@pytest.fixture(scope="module")
def full(catalogue: Catalogue) -> tuple[Pack, ReadDocument]:
    """A pack that has all that rules ask for, and its sample as data."""
    pack = load_pack(PACKS / "yangquan")
    return pack, presented_data(compose(DATA["yangquan"], pack, catalogue), pack)


def _without(heading: Heading, role: Role) -> Heading:
    sections = tuple(_without(each, role) for each in heading.sections)
    own = None if heading.role is role else heading.role
    return heading.model_copy(update={"role": own, "sections": sections})


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.PROCUREMENT, "E728"),
        (Role.PERFORMANCE, "E729"),
        (Role.ASSETS, "E730"),
        (Role.ORGANISATION, "E732"),
    ],
)
def test_a_role_that_a_pack_loses_makes_its_rule_inapplicable(
    full: tuple[Pack, ReadDocument], role: Role, code: str
) -> None:
    pack, document = full
    parts = tuple(_without(part, role) for part in pack.outline.parts)
    outline = pack.outline.model_copy(update={"parts": parts})
    lesser = replace(pack, outline=outline)
    report = run_checks(replace(document, outline=outline), lesser, Selection(only=(code,)))
    met = code in report.states.applied  # it has compared something else
    assert met or _reasons(report) == {code: f"模板包没有“{role}”这一部分"}
    assert report.unchecked == ()


def test_a_pack_without_forms_says_so_of_every_rule_about_them(
    full: tuple[Pack, ReadDocument],
) -> None:
    pack, document = full
    without = replace(document, forms=(), overall_rows=())
    report = run_checks(without, replace(pack, forms=Forms()), ALL)
    reasons = _reasons(report)
    assert {reasons[code] for code in PROJECT_FORMS} == {"模板包没有项目绩效目标表"}
    assert reasons["E731"] == "模板包没有整体绩效目标表"


def test_a_rule_that_has_compared_something_is_applied_whatever_is_lacking(
    full: tuple[Pack, ReadDocument],
) -> None:
    pack, document = full
    report = run_checks(document, replace(pack, forms=Forms()), Selection(only=("E734",)))
    assert report.states.applied == ("E734",)


def test_a_draft_of_another_format_leaves_rules_about_known_parts_unchecked(
    placed: Placed,
) -> None:
    draft = placed.draft
    recognition = replace(draft.recognition, known=False) if draft.recognition else None
    states = run_checks(replace(draft, recognition=recognition), placed.pack, ALL).states
    assert {"E723", "E741", "W767"} <= set(states.unchecked)
    assert "E744" in states.applied
    listed = (*states.applied, *states.unchecked, *(each.code for each in states.inapplicable))
    assert sorted(listed) == sorted(RULES)


def test_nothing_to_compare_is_a_reason_too(full: tuple[Pack, ReadDocument]) -> None:
    pack, document = full
    report = run_checks(document, pack, Selection(only=("W747", "W751")))
    assert _reasons(report) == {"W747": "数据没有文件和版面", "W751": NOTHING_TO_COMPARE}


def test_every_report_tells_of_rules_that_are_about_nothing(
    full: tuple[Pack, ReadDocument],
) -> None:
    pack, document = full
    without = replace(document, forms=())
    report = run_checks(without, replace(pack, forms=Forms()), Selection(only=("E73", "E74")))
    text, whole = in_terminal(report), in_terminal(report, show_all=True)
    assert states_words(report.states) in text
    for each in inapplicable_by_reason(report.states):
        assert f"不适用：{each.words()}" in whole
    assert "不适用：模板包没有项目绩效目标表（E734、E735）" in text
    (told,) = json.loads(json_report([report]))["documents"]
    assert {
        "code": "E734",
        "name": "绩效目标表资金总额等于各来源之和",
        "why": "模板包没有项目绩效目标表",
    } in told["rules"]["inapplicable"]
    page = html_report([report]).decode()
    assert "模板包没有项目绩效目标表：E734 绩效目标表资金总额等于各来源之和" in page


def test_many_rules_of_one_reason_are_counted_unless_all_is_asked_for(
    full: tuple[Pack, ReadDocument],
) -> None:
    pack, document = full
    report = run_checks(document, pack, Selection(only=("E90", "W90", "E95", "W95")))
    count = len(report.states.inapplicable)
    assert f"不适用：数据没有文件和版面（{count} 条）" in in_terminal(report)
    assert "E901、" in in_terminal(report, show_all=True)


def test_a_report_of_no_selected_rule_says_nothing() -> None:
    assert states_words(Report(Path("无"), "无").states) == ""
