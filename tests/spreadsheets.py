"""Workbooks in tests: recomputed by LibreOffice, where that is installed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from tests.soffice import converted

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
_KEPT_VALUE = re.compile(rb"(</f>)<v>[^<]*</v>")


def recomputed(workbook: bytes, folder: Path, extension: str) -> Path:
    """A workbook converted by LibreOffice, which computes every formula anew.

    The values that were written beside the formulas are taken out first, so that what the result
    shows can only come of the formulas.
    """
    folder.mkdir(exist_ok=True)
    source = folder / "工作簿.xlsx"
    source.write_bytes(_without_values(workbook, folder))
    return converted(source, extension, folder, _ALWAYS)


def _without_values(workbook: bytes, folder: Path) -> bytes:
    given, stripped = folder / "given.xlsx", folder / "stripped.xlsx"
    given.write_bytes(workbook)
    with zipfile.ZipFile(given) as old, zipfile.ZipFile(stripped, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = _KEPT_VALUE.sub(rb"\1", content)
            new.writestr(name, content)
    return stripped.read_bytes()
