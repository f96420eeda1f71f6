"""Whatever data and packs are like, there are findings and never an exception."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.load.catalogue import Catalogue
from generator.load.entity_folder import load_entity
from generator.model.disclosure import Disclosure
from tests.conftest import vocabulary
from tests.spoilt_data import DATA, KINDS, WORDS, outcome, spoilt, write

FEW = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,  # the script takes other inputs every time; here a failure must come again
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
KEYS = st.sampled_from(
    [field.alias or name for name, field in Disclosure.model_fields.items()] + list(WORDS[:16])
)
TEXTS = st.one_of(st.sampled_from(WORDS[:24]), st.text(max_size=5))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(KEYS, below, max_size=4)),
    max_leaves=12,
)


@FEW
@given(sections=st.dictionaries(KEYS, VALUES, max_size=6), whole=st.booleans())
def test_any_structure_is_loaded_or_refused(
    tmp_path: Path, catalogue: Catalogue, sections: dict[str, Any], whole: bool
) -> None:
    tree = (yaml.safe_load(DATA) if whole else {}) | sections
    text = yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "replace")
    write(tmp_path, {"a.yaml": text})
    loaded, findings = load_entity(tmp_path, catalogue, vocabulary())
    assert loaded is not None or any(finding.code.startswith("E") for finding in findings)


@FEW
@given(text=st.text(st.sampled_from("a:-?[]{}&*!|>'\"%@`# \n\t0"), max_size=60))
def test_any_text_is_loaded_or_refused(tmp_path: Path, catalogue: Catalogue, text: str) -> None:
    write(tmp_path, {"a.yaml": text.encode()})
    loaded, findings = load_entity(tmp_path, catalogue, vocabulary())
    assert loaded is None
    assert findings


def chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


def test_what_is_spoilt_was_sound(tmp_path: Path) -> None:
    data, pack = spoilt("data", chance("sound"))
    assert outcome(tmp_path, (data | {"a.yaml": DATA.encode()}, pack)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_spoilt_folders_are_built_or_refused(tmp_path: Path, kind: str) -> None:
    outcomes = [outcome(tmp_path, spoilt(kind, chance(f"{kind}{i}"))) for i in range(25)]
    codes = {code for each in outcomes for code in each}
    assert codes
    if kind == "template":
        assert codes <= {"E302", "E303", "E403", "E404"}
    if kind == "pack":
        assert not [code for code in codes if code[1] not in "1234"]
