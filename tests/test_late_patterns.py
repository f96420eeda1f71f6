"""A late pattern does what the expression does, and is compiled no earlier than it is used."""

from __future__ import annotations

import importlib
import re
from pkgutil import walk_packages
from typing import Any

import pytest

import generator
from generator.core.text import patterns as late
from generator.core.text.patterns import late_pattern


def test_it_is_compiled_once_and_only_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compiling = re.compile

    def noted(text: str, flags: int = 0) -> Any:
        compiled.append(text)
        return compiling(text, flags)

    monkeypatch.setattr(re, "compile", noted)
    amount = late_pattern(r"(\d+)元", re.ASCII)
    assert amount.pattern == r"(\d+)元"
    assert compiled == []
    assert amount.findall("1元、２元、30元") == ["1", "30"]
    assert amount.sub(r"\1", "5元") == "5"
    assert amount.fullmatch("5元整") is None
    assert amount.groups == 1
    assert compiled == [r"(\d+)元"]


def test_what_a_pattern_does_not_have_a_late_one_has_not_either() -> None:
    with pytest.raises(AttributeError, match="searched"):
        late_pattern("a").searched  # type: ignore[attr-defined]  # noqa: B018


def test_an_unsound_one_is_told_at_its_first_use() -> None:
    pattern = late_pattern("(")
    with pytest.raises(re.error):
        pattern.search("(")


def test_all_that_modules_hold_are_sound() -> None:
    names = [module.name for module in walk_packages(generator.__path__, "generator.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    values = [value for module in modules for value in vars(module).values()]
    patterns = [value for value in values if isinstance(value, late._LatePattern)]
    assert len(patterns) > 300
    for pattern in patterns:
        re.compile(*pattern._source)
