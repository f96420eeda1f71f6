"""Changes that give the same reason: each is told with its own sentence and place."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.checks.rules import reasons
from generator.checks.text.texts import running_texts
from generator.compose.compose import compose
from generator.core.findings import Finding
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.pack.pack import load_pack
from generator.reading.from_data import presented_data
from tests.conftest import ROOT

KEYS = ("收入总计", "支出总计", "一般公共预算当年支出")
NATIONAL = ROOT / "data" / "示例" / "示例市示例局-2026"


def test_equal_reasons_are_told_apart(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / NATIONAL.name
    shutil.copytree(NATIONAL, folder)
    file = folder / "情况说明.yaml"
    text = file.read_text("utf-8")
    head, _, rest = text.partition("变动原因:")
    rest = rest[rest.index("\n\n") :]
    same = "".join(f"\n  {key}: 工作需要" for key in KEYS)
    file.write_text(f"{head}变动原因:{same}{rest}", "utf-8")

    pack = load_pack(PACKS / "national")
    document = presented_data(compose(folder, pack, catalogue), pack)
    found = [
        each
        for check in reasons.CHECKS
        for each in check(document, pack)
        if isinstance(each, Finding) and each.code == "W739"
    ]
    lines = file.read_text("utf-8").split("\n")
    written = [lines[each.place.line - 1].partition(":")[0] for each in found if each.place]
    assert [key.strip() for key in written] == list(KEYS)
    assert len({each.excerpt for each in found}) == len(KEYS)


def test_a_phrase_is_told_at_the_sentence_that_prints_it(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    """Of several sentences with the same phrase, not the first in the files but its own."""
    folder = tmp_path / NATIONAL.name
    shutil.copytree(NATIONAL, folder)
    file = folder / "单位信息.yaml"
    text = file.read_text("utf-8")
    first, second = "    - 管理档案，，并利用。\n", "    - 承办会务，，并记录。\n"
    file.write_text(text.replace("  职责:\n", f"  职责:\n{first}{second}", 1), "utf-8")
    pack = load_pack(PACKS / "national")
    document = presented_data(compose(folder, pack, catalogue), pack)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    texts = [each for each in running_texts(document) if "，，" in each.text]
    assert [lines[each.place("，，").line - 1] for each in texts] == [first, second]
