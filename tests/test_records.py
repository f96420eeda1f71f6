"""Records of both kinds are changed alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.core.findings import Finding, Location
from generator.core.records import replace
from generator.load.yaml.tree import SourceTree


def test_a_struct_and_a_dataclass_are_copied_with_other_values() -> None:
    finding = Finding("E101", "缺少一项", "补上", Location(Path("甲.yaml"), 1, 2))
    changed = replace(finding, code="E102")
    assert (changed.code, changed.message, changed.place) == ("E102", "缺少一项", finding.place)
    assert finding.code == "E101"
    tree = SourceTree(Path("甲.yaml"))
    again = replace(tree, findings=[finding])
    assert (again.file, again.findings, tree.findings) == (Path("甲.yaml"), [finding], [])


def test_a_field_that_there_is_not_is_refused() -> None:
    for record in (Location(Path("甲.yaml")), SourceTree(Path("甲.yaml"))):
        with pytest.raises(TypeError):
            replace(record, there_is_not=1)
