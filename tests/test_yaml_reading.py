"""YAML of users is read anew in each run: what a file costs, and what must not be missed."""

from __future__ import annotations

import string
from collections import Counter
from pathlib import Path

import pytest
import yaml

from generator.load.yaml import errors, tree
from generator.load.yaml.tree import parse_yaml
from tests.conftest import DEPARTMENT, ROOT
from tests.counting import count_calls

FILES = sorted((ROOT / "data" / DEPARTMENT).rglob("*.yaml"))
BEFORE = [*string.printable.replace("\r", ""), "甲", "：", "\u3000", "\u00a0", "\ufeff", "\u2028"]
"""Characters that may stand before what begins an anchor, an alias or a tag."""
PLACES = (
    "{}", "- {}", "- x{}", "k: {}", "k: x{}", "k: [{}]", "k: [a, x{}]", 'k: {{"a"{}}}', "{}: a"
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("written", ["&x b", "*x", "!x b", "!<x> b"])
def test_no_anchor_alias_or_tag_is_overlooked(place: str, written: str) -> None:
    noticed = 0
    for character in BEFORE:
        text = place.format(character + written) + "\n"
        try:
            events = list(yaml.parse(text, Loader=errors.LOADER))
        except yaml.YAMLError:
            continue
        if any(getattr(event, "anchor", None) or _tag(event) for event in events):
            noticed += 1
            assert tree._needs_scan(text), text
    assert noticed or place in ("- x{}", "k: x{}")


def _tag(event: yaml.Event) -> str:
    return getattr(event, "tag", None) or ""


def test_a_product_is_no_alias(tmp_path: Path) -> None:
    text = "说明: 3*5元，甲&乙，好!\n"
    assert not tree._needs_scan(text)
    assert parse_yaml(tmp_path / "a.yaml", text.encode()).data == {"说明": "3*5元，甲&乙，好!"}


def test_the_files_of_a_department_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done: Counter[str] = Counter()
    for name in ("compose", "parse", "scan"):
        count_calls(monkeypatch, done, yaml, name)
    for file in FILES:
        tree._parsed(file, file.read_bytes())
    assert done == {"compose": len(FILES)}


@pytest.mark.parametrize(
    "written",
    ["~", "null", "Null", "NULL", "", '""', "'null'", "nul", "是", "no", "1", "1.50", "2025-01-01",
     "<<", "=", "0x1f", "!!str null", "!!int 5"],
)  # fmt: skip
def test_a_scalar_is_text_or_nothing_as_it_was(written: str) -> None:
    text = f"a: {written}\n"
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    ((_, usual),) = root.value
    root = yaml.compose(text, Loader=errors.LOADER)
    assert isinstance(root, yaml.MappingNode)
    ((_, ours),) = root.value
    assert ours.value == usual.value
    null = "tag:yaml.org,2002:null"
    assert (ours.tag == null) == (usual.tag == null)
    assert ours.tag.startswith("tag:yaml.org,2002:")
