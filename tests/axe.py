"""axe-core, a checker of pages for people with disabilities, run within a page in Chromium.

``npm ci`` brings it (tests/npm); what needs it is skipped where it is not there.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser import Page
from tests.conftest import ROOT

_AXE = ROOT / "tests" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(not _AXE.is_file(), reason="没有 axe-core（npm ci）")


def violations(page: Page) -> list[Any]:
    """What axe finds against a page: rule, gravity and the first elements of each."""
    page.send("Runtime.evaluate", expression=_AXE.read_text(encoding="utf-8"))
    page.run(
        "void axe.run(document, {resultTypes: ['violations']}).then(found =>"
        " (window.axeFound = found.violations.map(each => [each.id, each.impact,"
        " each.nodes.slice(0, 3).map(node => node.html.slice(0, 200))])))"
    )
    page.wait(lambda: page.run("window.axeFound !== undefined"))
    return list(page.run("window.axeFound"))
