"""Distributions as an installer leaves them: a package beside its metadata, on the path."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

RULES = """
from generator.checks.rule import OwnRule, Passed

def fails(document, pack):
    yield Passed("E9001")
    raise ValueError("x")

def finds(document, pack):
    yield rule("W9002", finds).finding("这里要改", None, group="全文", subjects=("某处",))

def ends(document, pack):
    raise SystemExit(0)

def other(document, pack):
    yield Passed("E701")

def rule(code, check):
    return OwnRule(code, "本省的规则", "比较甲与乙。", "不一致。", "改正。", "本省规定", check)
"""
"""What a rule module of a test may give."""


def install(
    monkeypatch: pytest.MonkeyPatch,
    site: Path,
    name: str,
    points: Mapping[str, Mapping[str, str]],
    code: str = "",
) -> None:
    """Puts a distribution on the path.

    Args:
        monkeypatch: takes it off the path again.
        site: the folder it is installed in.
        name: of the distribution; its module is called the same.
        points: the values of entry points by group and name.
        code: what its module holds.
    """
    module = name.replace("-", "_")
    (site / module).mkdir(parents=True, exist_ok=True)
    (site / module / "__init__.py").write_text(code, encoding="utf-8")
    sys.modules.pop(module, None)
    info = site / f"{module}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    groups = [
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())
        for group, values in points.items()
    ]
    (info / "entry_points.txt").write_text("".join(groups), encoding="utf-8")
    if str(site) not in sys.path:
        monkeypatch.syspath_prepend(str(site))
