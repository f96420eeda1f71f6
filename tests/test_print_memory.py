"""A process that prints again and again, each time with a new style, does not grow."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from weasyprint.pdf import fonts as weasyprint_fonts

from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_stylesheet
from generator.core.resources import PACKS
from generator.pack.pack import load_pack
from generator.printing.fragments import faces
from generator.printing.pdf import print_pdf
from tests.conftest import ROOT
from tests.counting import count_calls

MOST = 30_000  # kB in all; one set of fonts that is not given back takes 86,000

PAGES = """
<html lang="zh-CN"><head><title>表</title></head><body>
<section class="part start"><h1>标题</h1><h2>黑体</h2><h3>楷体</h3><p>正文<b>加粗</b></p></section>
<section class="form"><h2 class="form">表</h2><table class="form">
<colgroup><col style="width: 60%"/><col style="width: 40%"/></colgroup>
<tbody><tr><td>甲</td><td class="amount"><data value="1">1</data></td></tr></tbody>
</table></section></body></html>
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_printing_with_new_styles_takes_no_more_memory() -> None:
    printing = "from tests.test_print_memory import print_often; print_often()"
    done = subprocess.run(
        [sys.executable, "-c", printing], cwd=ROOT, capture_output=True, text=True, check=True
    )
    taken = [int(line) for line in done.stdout.split()]
    assert len(taken) == 4
    assert taken[-1] - taken[0] < MOST


def print_often() -> None:
    """Prints in four colours and says after each how many kB the process takes."""
    pack = load_pack(PACKS / "yangquan")
    document, stylesheet = parse_document(PAGES, pack.folder), render_stylesheet(pack)
    for colour in range(4):
        print_pdf(document, f"{stylesheet} p {{ color: #00000{colour} }}", pack.folder)
        gc.collect()
        status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        print(next(line.split()[1] for line in status if line.startswith("VmRSS")))  # noqa: T201


def test_the_file_of_a_font_is_read_once_to_embed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    done: Counter[str] = Counter()
    count_calls(monkeypatch, done, faces.Faces, "embed")
    count_calls(monkeypatch, done, faces, "get_hb_object_data", "read to embed")
    count_calls(monkeypatch, done, weasyprint_fonts, "get_hb_object_data", "what is embedded")
    pack = load_pack(PACKS / "yangquan")
    document = parse_document(PAGES, pack.folder)
    print_pdf(document, render_stylesheet(pack), pack.folder)
    assert done["embed"] > 2
    assert done["read to embed"] == done["what is embedded"] == done["embed"]
