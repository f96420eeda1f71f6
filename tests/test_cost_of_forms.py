"""What a performance form more costs a document of hundreds: counted, not timed."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import escape

from generator.compose.compose import Composed, compose
from generator.compose.document import form_places, kept_parts, render
from generator.compose.document.kept_parts import Questions
from generator.compose.narrative.context import Narrative
from generator.core.memo import forget_all
from generator.core.resources import PACKS
from generator.load import personal_data
from generator.load.catalogue import Catalogue
from generator.model.disclosure import Disclosure
from generator.model.performance import Indicator, ProjectForm
from generator.pack.pack import Pack, load_pack
from generator.pack.templates import sandbox as sandboxes
from generator.pack.templates.escaping import escaped_text
from generator.pack.templates.sandbox import Sandbox
from generator.pack.templates.shown import value_in_templates
from tests.conftest import BUREAU, ROOT, UNIT
from tests.counting import count_calls

OLD_WAY = ROOT / "tests" / "packs" / "云台" / "macros" / "forms.html.j2"
"""Asks for the span of each cell with ``at``, as packs did before there was another way."""
DATA = {"yangquan": ROOT / "data" / UNIT, "national": BUREAU}
WRITTEN = """
{% from "macros/forms.html.j2" import project_form with context %}
{% for form in forms %}{{ project_form(form, 1) }}{% endfor %}
"""


@pytest.fixture(scope="module", params=sorted(DATA))
def composed(request: pytest.FixtureRequest, catalogue: Catalogue) -> tuple[Pack, Composed]:
    """A sample of each pack that has forms."""
    pack = load_pack(PACKS / request.param)
    return pack, compose(DATA[request.param], pack, catalogue)


def text_of_forms(pack: Pack, composed: Composed, *forms: ProjectForm) -> str:
    """What the pack's macro writes of forms."""
    disclosure = composed.disclosure
    narrative = Narrative(composed.statements, composed.figures, composed.explanations)
    environment = render._environment(pack, disclosure.entity, autoescape=True)
    return environment.from_string(WRITTEN).render(
        entity=value_in_templates(disclosure.entity),
        n=Questions(narrative),
        forms=value_in_templates(forms),
    )


def indicators_of(form: ProjectForm) -> list[Indicator]:
    """Its indicators of the third level."""
    return [
        each
        for seconds in form.indicators.values()
        for indicators in seconds.values()
        for each in indicators
    ]


def with_indicators(form: ProjectForm, number: int) -> ProjectForm:
    """A form like another with so many indicators, all below one of the second level."""
    (indicator, *_) = indicators_of(form)
    return form.model_copy(update={"indicators": {"产出指标": {"数量": (indicator,) * number}}})


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the sandbox and the narrative are asked, by what they are asked."""
    asked: Counter[str] = Counter()

    for name in ("call", "call_binop", "escaped"):
        count_calls(monkeypatch, asked, Sandbox, name)
    for name in ("may_read", "may_call"):
        count_calls(monkeypatch, asked, sandboxes, name)
    count_calls(monkeypatch, asked, Questions, "figure")
    count_calls(monkeypatch, asked, form_places, "at")
    return asked


def test_an_indicator_more_costs_no_call(
    composed: tuple[Pack, Composed], counted: Counter[str]
) -> None:
    pack, sample = composed
    (form, *_) = sample.disclosure.forms
    halves = len(pack.forms.project.halves) if pack.forms.project else 0
    forget_all()
    text_of_forms(pack, sample, with_indicators(form, 2))
    few = Counter(counted)
    counted.clear()
    forget_all()
    text_of_forms(pack, sample, with_indicators(form, 12))
    more = counted - few
    assert few["call"] == counted["call"] < 60
    assert few["call_binop"] == counted["call_binop"] < 10
    assert more == {"escaped": 10 * 4 * halves}  # what two cells say of themselves, and their texts


def test_each_figure_of_a_form_is_asked_for_once(
    composed: tuple[Pack, Composed], counted: Counter[str]
) -> None:
    pack, sample = composed
    layout = pack.forms.project
    assert layout is not None
    assert layout.funds is not None
    forget_all()
    text_of_forms(pack, sample, sample.disclosure.forms[0])
    assert counted["figure"] == len(layout.halves) * (1 + len(layout.funds.sources))


def test_more_forms_find_out_nothing_anew(
    composed: tuple[Pack, Composed], counted: Counter[str]
) -> None:
    pack, sample = composed
    (form, *_) = sample.disclosure.forms
    forms = [form.model_copy(update={"project": f"项目{number}"}) for number in range(9)]
    asked = []
    for some in (forms[:1], forms):
        forget_all()
        counted.clear()
        text_of_forms(pack, sample, *some)
        asked.append(Counter(counted))
    one, nine = asked
    assert nine["escaped"] > 8 * one["escaped"]
    assert nine["may_read"] == one["may_read"]
    assert nine["may_call"] == one["may_call"] + 8  # the tag ``kept`` is none of what is listed


def test_what_depends_on_the_layout_is_made_once(
    composed: tuple[Pack, Composed], counted: Counter[str]
) -> None:
    pack, sample = composed
    layout = pack.forms.project
    assert layout is not None
    (form, *_) = sample.disclosure.forms
    forms = [form.model_copy(update={"project": f"项目{number}"}) for number in range(9)]
    forget_all()
    text_of_forms(pack, sample, *forms)
    rows = [row for row in layout.rows if row.cells]
    blocks = [layout.spans[block] for block in ("资金", "绩效指标")]
    assert form_places._row_places.cache_info().misses == len(rows)
    assert form_places._block_places.cache_info().misses == len(blocks)
    assert counted["at"] == 2 * len(layout.cells) + sum(map(len, blocks))


def test_no_form_is_gone_through_for_its_key(
    composed: tuple[Pack, Composed], catalogue: Catalogue
) -> None:
    pack, sample = composed
    forget_all()
    again = compose(sample.loaded.source.file, pack, catalogue)
    assert len(again.disclosure.forms) > 1
    assert kept_parts._content.cache_info().misses == 0


def test_the_texts_of_a_form_are_looked_through_together(
    composed: tuple[Pack, Composed], catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, sample = composed
    looked: list[str] = []
    plain = personal_data.personal_numbers

    def noted(text: str) -> Iterator[personal_data.PersonalNumber]:
        looked.append(text)
        return plain(text)

    monkeypatch.setattr(personal_data, "personal_numbers", noted)
    forget_all()
    compose(sample.loaded.source.file, pack, catalogue)
    assert len(looked) <= len(Disclosure.model_fields) + len(sample.disclosure.forms)
    text = "\n".join(looked)
    for form in sample.disclosure.forms:
        assert form.project in text
        assert all(each.name in text for each in indicators_of(form))


def test_the_old_way_writes_the_same(
    composed: tuple[Pack, Composed], tmp_path: Path, counted: Counter[str]
) -> None:
    pack, sample = composed
    old = Path(shutil.copytree(pack.folder, tmp_path / "pack"))
    shutil.copy(OLD_WAY, old / "macros" / "forms.html.j2")
    forms = sample.disclosure.forms
    texts = []
    for each in (pack, load_pack(old)):
        forget_all()
        counted.clear()
        texts.append(text_of_forms(each, sample, *forms))
    assert counted["call_binop"] > 10 * len(forms)
    assert texts[0] == texts[1]
    assert texts[0].count("<table") == len(forms) > 0


@pytest.mark.parametrize(
    "text", ["", "甲", "<b>&amp;</b>", "\"'\"'", "a&b<c>d", "\ud800", "\0\u3000<", "𠮷&"]
)
def test_text_is_escaped_as_everywhere(text: str) -> None:
    assert escaped_text(text) == str(escape(text))
