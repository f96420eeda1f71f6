"""The web page loads nothing from outside and runs nothing, whatever a pack says."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from generator.compose.document.parse import parse_document
from generator.core.findings import UnusableInputError
from generator.printing.html.urls import Target, target
from generator.printing.html.writer import write_html
from tests.conftest import Sample

POLICY = (
    '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'\">"
)
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def page(folder: Path, body: str, css: str = "", head: str = "") -> str:
    """Writes a page; the template that writes it stands in the folder, to be found there."""
    html = (
        f'<html lang="zh-CN"><head><meta charset="utf-8"/><title>页</title>{head}</head>\n'
        f"<body><section>{body}</section></body></html>"
    )
    (folder / "document.html.j2").write_text(html, encoding="utf-8")
    (folder / "document.css.j2").write_text(css, encoding="utf-8")
    return write_html(parse_document(html, folder), css, folder).decode()


def refused(folder: Path, body: str, css: str = "", head: str = "") -> list[str]:
    """Where something is refused: file and line."""
    with pytest.raises(UnusableInputError) as error:
        page(folder, body, css, head)
    assert {finding.code for finding in error.value.findings} == {"E403"}
    places = [finding.place for finding in error.value.findings if finding.place]
    assert len(places) == len(error.value.findings)
    return [f"{place.file.name}:{place.line}" for place in places]


@pytest.mark.parametrize(
    "body",
    [
        '<img src="//evil.example/a.png" alt=""/>',
        r'<img src="\\evil\share\a.png" alt=""/>',
        '<img src="/etc/a.png" alt=""/>',
        '<img src="../outside.png" alt=""/>',
        '<img src="missing.png" alt=""/>',
        '<img src="secret.txt" alt=""/>',
        '<img src="data:text/html,x" alt=""/>',
        '<img SRC="//evil.example/a.png" alt=""/>',
        f'<img src="{PIXEL}" srcset="//evil.example/a.png 2x" alt=""/>',
        '<video poster="a.png"/>',
        '<audio src="a.mp3"/>',
        '<iframe src="a.html"/>',
        '<iframe srcdoc="x"/>',
        '<object data="a.svg"/>',
        '<embed src="a.svg"/>',
        '<script src="a.js"/>',
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        '<form action="//evil.example"><p>甲</p></form>',
        '<p onclick="alert(1)">甲</p>',
        '<p ONCLICK="alert(1)">甲</p>',
        '<p background="a.png">甲</p>',
        '<p><a href="javascript:alert(1)">甲</a></p>',
        '<p><a href=" java&#9;script:alert(1)">甲</a></p>',
        '<p><a href="file:///etc/passwd">甲</a></p>',
        '<p><a href="#a" ping="//evil.example">甲</a></p>',
        '<p style="background: url(//evil.example/a.png)">甲</p>',
        r'<p style="background: u\72l(//evil.example/a.png)">甲</p>',
        "<p style=\"background: image-set('//evil.example/a.png' 1x)\">甲</p>",
        "<style>@import 'a.css';</style>",
        "<style>p { background: url(http://evil.example/a.png) }</style>",
        '<style><![CDATA[<img src="x" onerror="alert(1)"/>]]></style>',
        SVG.format('<image href="http://evil.example/a.png"/>'),
        SVG.format('<image xlink:href="//evil.example/a.png"/>'),
        SVG.format('<use href="a.svg#b"/>'),
        SVG.format('<feImage href="a.png"/>'),
        SVG.format('<rect fill="url(//evil.example/a.svg#b)"/>'),
        SVG.format("<style>rect { fill: url(#a) }</style>"),
        SVG.format("<foreignObject><p>甲</p></foreignObject>"),
        SVG.format('<a xlink:href="javascript:alert(1)"><text>甲</text></a>'),
        SVG.format('<set attributeName="href" to="javascript:alert(1)"/>'),
        SVG.format('<rect onload="alert(1)"/>'),
    ],
)
def test_what_would_load_or_run_is_refused_with_its_place(tmp_path: Path, body: str) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "secret.txt").write_text("秘密", encoding="utf-8")
    (tmp_path / "outside.png").write_bytes(b"png")
    places = refused(tmp_path / "pack", body)
    assert places
    assert set(places) <= {"document.html.j2:2", "pack:0"}  # an escaped address is not found


@pytest.mark.parametrize(
    "head",
    [
        '<base href="http://evil.example/"/>',
        '<link rel="stylesheet" href="a.css"/>',
        '<meta http-equiv="refresh" content="0; url=http://evil.example"/>',
    ],
)
def test_nor_may_the_head_lead_elsewhere(tmp_path: Path, head: str) -> None:
    assert refused(tmp_path, "<p>甲</p>", head=head) == ["document.html.j2:1"]


@pytest.mark.parametrize(
    "css",
    [
        "@import url(a.css);",
        "@import 'a.css';",
        r"@\69mport 'a.css';",
        "p { background: url(http://evil.example/a.png) }",
        "p { background: URL( '//evil.example/a.png' ) }",
        r"p { background: \75rl(//evil.example/a.png) }",
        "p { background: -webkit-image-set('//evil.example/a.png' 1x) }",
        "p { background: image-set(url(//evil.example/a.png) 1x) }",
        "@media screen { p { cursor: url(//evil.example/a.cur), auto } }",
        "p { --later: url(//evil.example/a.png) }",
        "@font-face { font-family: a; src: url(a.woff2) }",
        "@font-face { font-family: a; src: url(data:font/woff2;base64,AAAA) }",
        "p::before { content: '</style><script>alert(1)</script>' }",
    ],
)
def test_the_stylesheet_loads_nothing_either(tmp_path: Path, css: str) -> None:
    (tmp_path / "a.css").write_text("p {}", encoding="utf-8")
    assert set(refused(tmp_path, "<p>甲</p>", css)) <= {"document.css.j2:1", f"{tmp_path.name}:0"}


def test_harmless_things_are_written_as_they_stand(tmp_path: Path) -> None:
    body = (
        '<h2 id="a" style="color: rgb(0 0 0)">甲</h2><p>乙<br/><a href="#a">丙</a>'
        '<a href="https://www.example.com/">丁</a><a href="mailto:a@example.com">戊</a></p>'
        f'<ul><li>己</li></ul><img src="{PIXEL}" alt="章"/>'
        + SVG.format('<g fill="url(#g)" transform="rotate(9)"><use href="#h"/></g>')
    )
    css = "p { color: rgb(0 0 0) } p::before { content: attr(id) '(a)' } p { fill: url(#g) }"
    html = page(tmp_path, body, css)
    assert POLICY in html
    assert css in html
    assert html.count(PIXEL) == 1


def test_pictures_of_the_pack_are_put_into_the_page(tmp_path: Path) -> None:
    content = base64.b64decode(PIXEL.partition(",")[2])
    (tmp_path / "seal.gif").write_bytes(content)
    html = page(
        tmp_path,
        '<img src="./seal.gif" alt="章"/>' + SVG.format('<image href="seal.gif"/>'),
        "p { background: url(seal.gif) } h1 { background: url('seal.gif') }",
    )
    assert html.count(PIXEL) == 4
    assert "seal.gif" not in html


def test_a_link_out_of_the_pack_is_no_picture_of_it(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "secret.png").write_bytes(b"png")
    (tmp_path / "pack" / "seal.png").symlink_to(tmp_path / "secret.png")
    assert refused(tmp_path / "pack", '<img src="seal.png" alt=""/>') == ["document.html.j2:2"]


def test_a_comment_that_ends_early_shows_nothing(tmp_path: Path) -> None:
    html = page(tmp_path, "<p>甲<!--> <script>alert(1)</script> -->乙</p>")
    assert "<p>甲乙</p>" in html
    assert "script" not in html


def test_the_samples_pass_and_may_run_their_own_script_alone(sample: Sample) -> None:
    html = sample.file("html").decode()
    (script,) = re.findall("<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert POLICY.replace("base-uri", f"script-src 'sha256-{digest}'; base-uri") in html
    assert html.count("<script") == 2  # and the figures, which nothing runs
    assert '<script type="application/json" id="trace" data-units=' in html


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", Target.PLACE),
        ("#a", Target.PLACE),
        ("a.png", Target.FILE),
        ("?a", Target.FILE),
        ("a.png#b", Target.FILE),
        ("DATA:IMAGE/PNG;base64,AA", Target.PICTURE),
        ("data:text/html,a", Target.OUTSIDE),
        ("data:,a", Target.OUTSIDE),
        ("https://a.example", Target.LINK),
        ("HTTPS://a.example", Target.LINK),
        ("//a.example", Target.OUTSIDE),
        ("\\\\a\\b", Target.OUTSIDE),
        ("/\\a", Target.OUTSIDE),
        (" \x01//a.example", Target.OUTSIDE),
        ("/\t/a.example", Target.OUTSIDE),
        ("java\nscript:a", Target.OUTSIDE),
        ("C:\\a.png", Target.OUTSIDE),
        ("blob:a", Target.OUTSIDE),
    ],
)
def test_addresses_are_read_as_browsers_read_them(url: str, expected: Target) -> None:
    assert target(url) is expected
