"""Whole outputs that must not change unseen.

``pytest --update-golden`` writes them anew; the difference is then reviewed in the commit.
"""

from __future__ import annotations

import json

import pytest

from generator.model.json_schema import json_schema
from generator.pack.pack import Pack
from tests.conftest import ROOT, Sample

GOLDEN = ROOT / "tests" / "golden"


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


def _hold(name: str, content: str, *, update: bool) -> None:
    path = GOLDEN / name
    if update:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    assert content == path.read_text(encoding="utf-8")


def test_the_document_is_as_before(sample: Sample, update: bool) -> None:
    html = sample.composed.document.html().replace("<tr", "\n<tr").replace("<p", "\n<p")
    _hold(f"{sample.name}.html", html, update=update)


def test_the_figures_are_as_before(sample: Sample, update: bool) -> None:
    figures = json.loads(sample.file("figures.json"))["数字"]
    lines = [f"{each['地址']}\t{each['值']}\t{each['单位']}\t{each['印出']}\n" for each in figures]
    _hold(f"{sample.name}.figures.tsv", "".join(lines), update=update)


def test_the_data_format_is_as_before(pack: Pack, update: bool) -> None:
    schema = json_schema(pack.vocabulary)
    _hold("schema.json", json.dumps(schema, ensure_ascii=False, indent=1) + "\n", update=update)
