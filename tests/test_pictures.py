"""The pictures of the README: there, small, and told in words to those who do not see them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from PIL import Image

from scripts import pictures
from tests.conftest import ROOT

SHOWN = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))


def test_every_picture_that_is_made_is_shown_and_no_other() -> None:
    made = {file.relative_to(ROOT).as_posix() for file in pictures.TARGET.iterdir()}
    assert {file for _, file in SHOWN} == made


def test_every_picture_is_told_in_words() -> None:
    words = [text for text, _ in SHOWN]
    assert len(set(words)) == len(words)
    assert min(len(text) for text in words) > 20


@pytest.mark.parametrize("file", [file for _, file in SHOWN])
def test_a_picture_is_small(file: str) -> None:
    content = (ROOT / file).read_bytes()
    assert len(content) <= pictures.LARGEST
    assert Image.open(BytesIO(content)).mode == "P"


def _docx(xml: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", xml)
        archive.writestr("word/styles.xml", xml)
    return file.getvalue()


def test_a_draft_differs_in_its_two_amounts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_SLIPS", (("甲", "1.20", "2.10"), ("乙", "3.00", "0.30")))
    xml = "<t>1.20</t><t>甲</t><t>1.20</t><t>和1.20</t><t>乙</t><t>3.00</t><t>乙</t><t>3.00</t>"
    with zipfile.ZipFile(BytesIO(pictures._with_slips(_docx(xml)))) as draft:
        assert draft.read("word/document.xml").decode() == (
            "<t>1.20</t><t>甲</t><t>2.10</t><t>和1.20</t><t>乙</t><t>0.30</t><t>乙</t><t>3.00</t>"
        )
        assert draft.read("word/styles.xml").decode() == xml


def test_a_sample_that_no_longer_says_so_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_SLIPS", (("甲", "1.20", "2.10"),))
    with pytest.raises(SystemExit, match=r"示例里没有“甲1\.20”"):
        pictures._with_slips(_docx("<t>甲</t><t>1.21</t>"))
