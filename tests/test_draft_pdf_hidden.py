"""Text of a PDF that nobody sees is no text; it is told apart, as no public file may have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.drafts.draft import Paragraph
from generator.drafts.read import read_draft
from tests.pdf_pages import page, stream

SEEN = "BT /F 10 Tf 1 0 0 1 20 150 Tm (Seen) Tj ET "
PICTURE = stream(
    b"\x80", b"/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
)


def told(content: bytes, folder: Path) -> list[tuple[str, str]]:
    path = folder / "a.pdf"
    path.write_bytes(content)
    lines = read_draft(path).lines()
    return [(line.aside, line.text) for line in lines if isinstance(line, Paragraph)]


def text(words: str, x: int = 20, y: int = 100, more: str = "") -> str:
    return f"BT /F 10 Tf {more} 1 0 0 1 {x} {y} Tm ({words}) Tj ET "


@pytest.mark.parametrize(
    "drawn",
    [
        "q 0 0 300 50 re W n " + text("Gone") + "Q",
        "q 0 0 300 200 re W n q 200 0 50 200 re W n " + text("Gone") + "Q Q",
        text("Gone", x=320),
        text("Gone", y=-40),
        text("Gone", more="3 Tr"),
        "q 1 g " + text("Gone") + "Q",
        "q 0 0 1 rg 10 90 100 30 re f " + text("Gone") + "Q",
        text("Gone") + "q 1 g 10 90 100 30 re f Q",
        "BT /F 0.1 Tf 1 0 0 1 20 100 Tm (Gone) Tj ET",
        "q 1 0 0 1 400 0 cm /X Do Q",
    ],
    ids=[
        "剪去",
        "两次剪去",
        "页右",
        "页下",
        "不画",
        "白字",
        "同色底",
        "盖住",
        "极小",
        "页外的表单",
    ],
)
def test_not_seen(drawn: str, tmp_path: Path) -> None:
    form = stream(text("Gone").encode(), b"/Subtype /Form /BBox [0 0 300 200]")
    content = page((SEEN + drawn).encode(), others={10: form})
    assert told(content, tmp_path) == [("", "Seen"), ("隐藏文字", "Gone")]


@pytest.mark.parametrize(
    "drawn",
    [
        "q 0 90 300 50 re W n " + text("Shown") + "Q",
        "q 0 0 1 rg 10 90 100 30 re f 1 g " + text("Shown") + "Q",
        "q 1 g 10 90 100 30 re f 0 g " + text("Shown") + "Q",
        "q .9 g " + text("Shown") + "Q",
        "q 200 0 0 60 10 80 cm /X Do Q q 1 g " + text("Shown") + "Q",
        text("Shown") + "q 1 g 20 20 50 30 re f Q",
        text("Shown", more="2 Tr"),
    ],
    ids=["剪口里", "深底白字", "白底黑字", "浅色", "图上白字", "旁边的底", "描边"],
)
def test_seen(drawn: str, tmp_path: Path) -> None:
    content = page((SEEN + drawn).encode(), others={10: PICTURE})
    assert told(content, tmp_path) == [("", "Seen"), ("", "Shown")]


def test_outside_the_crop_box(tmp_path: Path) -> None:
    content = page((SEEN + text("Gone", y=20)).encode(), b"/CropBox [0 60 300 200]")
    assert told(content, tmp_path) == [("", "Seen"), ("隐藏文字", "Gone")]


@pytest.mark.parametrize("below", [False, True], ids=["图上不画的字", "图下的字"])
def test_text_recognised_in_a_scan_is_read_and_said_to_be(tmp_path: Path, *, below: bool) -> None:
    scan = "q 300 0 0 200 0 0 cm /X Do Q "
    layer = text("Recognised", more="" if below else "3 Tr")
    content = page((layer + scan if below else scan + layer).encode(), others={10: PICTURE})
    said = [("", "Recognised"), ("扫描页", "第1页是扫描的图片，文字是识别出来的，可能有错")]
    assert told(content, tmp_path) == said


@pytest.mark.parametrize("aside", [0, 0.2, 0.4, 3])
def test_letters_printed_again_to_look_bold(aside: float, tmp_path: Path) -> None:
    letters = (("Total 11.00", 0), ("Total 11.00", aside))
    drawn = "".join(
        f"BT /F 20 Tf 1 0 0 1 {20 + shift} 100 Tm ({words}) Tj ET " for words, shift in letters
    )
    assert told(page(drawn.encode()), tmp_path) == [("", "Total 11.00")]


def test_lines_drawn_in_any_order(tmp_path: Path) -> None:
    drawn = (
        text("third", y=40) + text("first", y=120) + text("word", x=60, y=80) + text("2nd", y=80)
    )
    words = [words for _, words in told(page(drawn.encode()), tmp_path)]
    assert " ".join(words).split() == ["first", "2nd", "word", "third"]


def test_a_mark_across_the_page_is_whole_though_something_lies_on_it(tmp_path: Path) -> None:
    mark = "BT /F 40 Tf .8 .6 -.6 .8 60 20 Tm (MARK) Tj ET "
    covered = page((SEEN + mark + "q 0 0 1 rg 120 70 40 45 re f Q").encode())
    assert told(covered, tmp_path) == [("", "Seen"), ("水印", "MARK")]
    all_of_it = page((SEEN + mark + "q 1 g 0 0 300 145 re f Q").encode())
    assert told(all_of_it, tmp_path) == [("", "Seen"), ("隐藏文字", "MARK")]
