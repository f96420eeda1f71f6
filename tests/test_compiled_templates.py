"""Templates are compiled once for all runs; what they say is computed in every run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from generator.core.files.store import Store
from generator.core.memo import forget_all
from generator.pack.templates import compiled
from generator.pack.templates.environment import sandbox

Written = Callable[[str], str]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Stands for the place beside the program."""
    store = Store(tmp_path / "kept", 100_000)
    monkeypatch.setattr(compiled, "_beside_the_program", lambda: store)
    return store


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were compiled."""
    texts: list[str] = []
    compiling = Environment.compile

    def noted(self: Environment, source: str, *rest: Any, **options: Any) -> Any:
        texts.append(source)
        return compiling(self, source, *rest, **options)

    monkeypatch.setattr(Environment, "compile", noted)
    return texts


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Renders a template as a process does that has just begun."""

    def write(text: str, title: Callable[[str], str] = str.upper) -> str:
        (tmp_path / "t.j2").write_text(text, "utf-8")
        forget_all()
        environment = sandbox(tmp_path, autoescape=True)
        environment.filters["title"] = title
        return str(environment.get_template("t.j2").render())

    return write


def test_a_template_is_compiled_again_when_its_text_has_changed(
    store: Store, compilations: list[str], written: Written
) -> None:
    assert [written(text) for text in ("{{ 1 }}", "{{ 1 }}", "{{ 2 }}", "{{ 1 }}")] == [*"1121"]
    assert compilations == ["{{ 1 }}", "{{ 2 }}"]
    assert store.size()[0] == 2


@pytest.mark.parametrize("content", [b"", b"\0damaged", b"i\1\0\0\0"], ids=["none", "bad", "int"])
def test_what_is_no_code_is_compiled_anew(
    content: bytes, store: Store, compilations: list[str], written: Written
) -> None:
    assert written("{{ 1 }}") == "1"
    (file,) = store.folder.iterdir()
    store.put(file.name, content)
    assert written("{{ 1 }}") == "1"
    assert len(compilations) == 2


def test_nothing_is_kept_where_python_writes_no_compiled_code(
    store: Store, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert written("{{ 1 }}") == "1"
    assert store.size() == (0, 0)


def test_a_filter_says_of_constant_text_what_it_says_now(
    store: Store, compilations: list[str], written: Callable[..., str]
) -> None:
    text = '{{ "Day"|title }}{% set day = "Day"|title %}{{ day }}'
    assert written(text) == "DAYDAY"
    assert written(text, str.lower) == "dayday"
    assert len(compilations) == store.size()[0] == 1
