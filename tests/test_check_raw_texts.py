"""The raw texts of both samples: every finding is a slip that was published, noise is noise.

The data accepts what the documents publish as it stands (按实公布说明); a raw text must
show the same and nothing else, but for two slips that the data does not keep.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.run import run_checks
from generator.checks.selection import ALL
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import load_entity
from generator.pack.pack import Pack
from tests.conftest import DEPARTMENT, ROOT, UNIT

DRAFTS = ROOT / "tests" / "drafts"
SLIPS = {
    UNIT: {("W745", "情况说明/一")},  # 。；
    DEPARTMENT: {("W727", "科目/2050701")},  # one subject, three names
}
"""Published slips that the data mends: punctuation is the pack's, names the catalogue's."""


@pytest.mark.parametrize("name", SLIPS)
def test_each_finding_is_a_published_slip(
    name: str, pack: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    loaded, _ = load_entity(ROOT / "data" / name, catalogue, pack.vocabulary)
    assert loaded is not None
    parts = sorted(DRAFTS.glob(f"{name}*.txt"), key=lambda part: len(part.name))
    text = tmp_path / f"{name}.txt"
    text.write_text("\n".join(part.read_text("utf-8") for part in parts), "utf-8")
    report = run_checks(presented_draft(text, pack, catalogue), pack, ALL)
    accepted = [(each.rule, each.subject) for each in loaded.disclosure.acceptances]
    unexplained = {
        (finding.code, finding.subjects[0])
        for finding in report.findings
        if not any(
            finding.code == rule and f"{subject}/".startswith(f"{prefix}/")
            for rule, prefix in accepted
            for subject in finding.subjects
        )
    }
    assert unexplained == SLIPS[name]
    assert report.noise
