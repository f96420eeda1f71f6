"""Formats for tests of what reads drafts."""

from __future__ import annotations

from generator.core.resources import PACKS
from generator.drafts.parts.draft_format import DraftFormat
from generator.pack.outline import Outline
from generator.pack.pack import load_pack

YANGQUAN = load_pack(PACKS / "yangquan")
NO_OUTLINE = Outline.model_validate({"部分": [{"名": "甲", "标题": "第一部分　甲"}]})
NO_FORMAT = DraftFormat(NO_OUTLINE, ())
"""One that knows nothing of any place."""
FORMS_FORMAT = DraftFormat(NO_OUTLINE, (), YANGQUAN.forms)
"""One that knows the forms of 阳泉 and nothing else."""


def with_titles(**titles: str) -> DraftFormat:
    """The headings of 阳泉, and statements by number with these titles."""
    return DraftFormat(YANGQUAN.outline, titles.items(), YANGQUAN.forms)
