"""Makes the pictures of the README: `make pictures`, or `.venv/bin/python scripts/pictures.py`.

They are taken of what the program writes from the invented sample in data/示例: pages of its PDF,
its web page with a number opened, and what `diff` and `check` say of a draft with two wrong
amounts. Make them anew when what is printed changes. Chromium opens the web pages
(apt install chromium).
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import CHROMIUM, Browser, Page  # noqa: E402
from tests.conftest import BUREAU  # noqa: E402

TARGET = ROOT / "docs" / "pictures"
LARGEST = 60_000
"""Bytes of a picture: a page that shows five of them opens at once."""
_PAGE_HEIGHT = 800  # dots
_COLOURS = 24
_PROSE, _STATEMENT = "收入预算结构图", "部门收入总表"
_OPENED = "p [data-figure='表三/合计/项目支出']"
_DIFFERENCE = "details:has(.entry:not(.folded))"
_FAULTS = "tr:has(td.no)"
_SLIPS = (
    ("行政单位离退休（项）", "45.26", "42.56"),
    ("财政拨款收支总预算", "2,496.93", "2,469.93"),
)
"""After which words the sample has an amount, and what the draft has: two digits swapped."""


def main() -> int:
    """Writes all pictures; without Chromium says so and writes none."""
    if CHROMIUM is None:
        print("没有装 Chromium（apt install chromium），图没有重做")
        return 2
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = _files(folder)
        pdf = pypdfium2.PdfDocument(files["pdf"].read_bytes())
        _write("page", _page(pdf, _PROSE))
        _write("statement", _page(pdf, _STATEMENT))
        browser = Browser(folder / "profile")
        try:
            _write("web-page", _web_page(browser, files["html"]))
            _write("diff", _seen(browser, files["diff"], _DIFFERENCE, 560))
            _write("check-sheet", _seen(browser, files["sheet"], _FAULTS, 560))
        finally:
            browser.close()
    return 0


def _files(folder: Path) -> Mapping[str, Path]:
    """The sample as it is printed, a draft of it with slips, and what is said of the draft."""
    _run(folder, "build", BUREAU, "-o", ".", "--format", "pdf", "--format", "html")
    _run(folder, "build", BUREAU, "-o", "word", "--format", "docx")
    (pdf,), (html,) = folder.glob("*.pdf"), folder.glob("*.html")
    (docx,) = (folder / "word").glob("*.docx")
    (folder / "报来的草稿.docx").write_bytes(_with_slips(docx.read_bytes()))
    _run(folder, "diff", BUREAU, "报来的草稿.docx", "--format", "html", "-o", "比较.html")
    sheet = ("--format", "sheet", "-o", "检查情况表.html")
    dates = ("--approved", "2026-02-03", "--published", "2026-02-20")
    _run(folder, "check", "报来的草稿.docx", *sheet, *dates)
    return {
        "pdf": pdf,
        "html": html,
        "diff": folder / "比较.html",
        "sheet": folder / "检查情况表.html",
    }


def _run(folder: Path, *arguments: str | Path) -> None:
    """A command of the program in a folder; that it finds something (1) is no failure."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)


def _with_slips(docx: bytes) -> bytes:
    """A DOCX whose text has two amounts with digits in wrong order."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = content.decode()
                for slip in _SLIPS:
                    text = _changed(text, *slip)
                content = text.encode()
            new.writestr(name, content)
    return changed.getvalue()


def _changed(xml: str, words: str, right: str, wrong: str) -> str:
    """The text with another amount after these words, which end a run of their own."""
    found = re.search(f"{words}(<[^>]*>)*(?={re.escape(right)}<)", xml)
    if found is None:
        raise SystemExit(f"示例里没有“{words}{right}”，改 scripts/pictures.py 里的 _SLIPS")
    return xml[: found.end()] + wrong + xml[found.end() + len(right) :]


def _page(pdf: pypdfium2.PdfDocument, words: str) -> Image.Image:
    """The last page with these words: the contents have them earlier."""
    page = [page for page in pdf if words in page.get_textpage().get_text_range()][-1]
    longer = max(page.get_size())
    picture: Image.Image = page.render(scale=_PAGE_HEIGHT / longer).to_pil()
    return picture


def _web_page(browser: Browser, file: Path) -> Image.Image:
    """The page on a screen, with a number opened."""
    page = _opened(browser, file, 1280, 560)
    page.click(_OPENED)
    return _shot(page)


def _seen(browser: Browser, file: Path, element: str, height: int) -> Image.Image:
    """A report, scrolled to an element."""
    page = _opened(browser, file, 960, height)
    page.run(f"document.querySelector('{element}').scrollIntoView({{block: 'center'}})")
    return _shot(page)


def _opened(browser: Browser, file: Path, width: int, height: int) -> Page:
    page = Page(browser, width, height)
    page.send("Emulation.setScrollbarsHidden", hidden=True)
    page.open(file)
    return page


def _shot(page: Page) -> Image.Image:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        page.screenshot(Path(file.name))
        return Image.open(io.BytesIO(Path(file.name).read_bytes()))


def _write(name: str, picture: Image.Image) -> None:
    """A picture with few colours and a thin frame, which white pages need on a white page."""
    framed = Image.new("RGB", (picture.width + 2, picture.height + 2), "#c8c8c8")
    framed.paste(picture.convert("RGB"), (1, 1))
    content = io.BytesIO()
    few = framed.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(content, "PNG", optimize=True)
    size = len(content.getvalue())
    if size > LARGEST:
        raise SystemExit(f"{name}.png 有 {size} 字节，超过 {LARGEST}：少些颜色，或截小一些")
    (TARGET / f"{name}.png").write_bytes(content.getvalue())
    print(f"docs/pictures/{name}.png  {framed.width}×{framed.height}  {size} 字节")


if __name__ == "__main__":
    raise SystemExit(main())
