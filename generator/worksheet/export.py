"""The worksheet of a data folder, checked to say the same before it is given."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.core.findings import Finding, Location, UnusableInputError
from generator.load.entity_folder import LoadedDisclosure
from generator.load.yaml.changes import is_same
from generator.pack.pack import Pack
from generator.worksheet.cells import LONGEST_TEXT
from generator.worksheet.merge import changes_told
from generator.worksheet.plan import plan_of, sections_of
from generator.worksheet.read import read_worksheet
from generator.worksheet.todo import todos
from generator.worksheet.workbook import WorksheetParticulars, Writer


def worksheet_of(loaded: LoadedDisclosure, pack: Pack, folder: Path) -> bytes:
    """The content of the workbook.

    Raises:
        UnusableInputError: E654 for a section that would not come back as it is.
    """
    data = loaded.source.data
    assert isinstance(data, dict)  # noqa: S101 - it was loaded
    entity = loaded.disclosure.entity
    particulars = WorksheetParticulars(
        f"{entity.name}{entity.year}年度预算公开填报表",
        entity.name,
        entity.pack or "",
        json.dumps(data, ensure_ascii=False, separators=(",", ":")),
    )
    plan = plan_of(loaded, pack, data)
    content = Writer(plan, loaded.vocabulary, todos(loaded.source, folder), particulars).write()
    _verify(content, data, loaded, folder)
    return content


def _verify(
    content: bytes, data: Mapping[str, Any], loaded: LoadedDisclosure, folder: Path
) -> None:
    """Reads the workbook back."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "填报.xlsx"
        file.write_bytes(content)
        read = read_worksheet(file).typed
        faults = list(read.faults)
        typed = sections_of(read, loaded.vocabulary, faults)
    lost = [key for key in {**data, **typed} if not is_same(data.get(key), typed.get(key))]
    if lost or faults:
        told = changes_told(data, typed)
        what = "、".join(f"“{each}”" for each in lost)
        what += f"（{told[0].split(maxsplit=1)[1]}）" if told else ""
        message = f"这些内容写进 Excel 再读回来会不一样：{what or faults[0]}"
        remedy = "在数据里改正或换一种写法，再写出"
        if any(len(text) > LONGEST_TEXT for text, _ in loaded.source.texts()):
            remedy = f"把超过 {LONGEST_TEXT} 字的一段分开，再写出"
        remedy += "；填报表没有写出，数据照旧用 YAML 填"
        raise UnusableInputError([Finding("E654", message, remedy, Location(folder))])
