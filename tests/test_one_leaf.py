"""Changing one leaf amount changes what depends on it, and nothing else."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from generator.compose.compose import Composed, compose
from generator.compose.document.tree import text_of_element
from generator.core.figures import Figure
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from tests.conftest import ROOT, SAMPLES, Sample


def _dependants(composed: Composed, leaf: str) -> set[str]:
    """The addresses of all figures that a leaf reaches, directly or through other figures."""
    reached = {leaf}
    grew = True
    while grew:
        found = {f.address for f in composed.figures if reached & set(f.sources)}
        grew = not found <= reached
        reached |= found
    return reached - {leaf}


def _paragraphs(composed: Composed) -> Iterator[tuple[str, set[str]]]:
    """Each paragraph and table row of the document with the figures that stand in it."""
    for element in composed.document.body.iter("p", "tr"):
        yield (
            text_of_element(element),
            {data.get("data-figure", "") for data in element.iter("data")},
        )


def _is_linear(figure: Figure) -> bool:
    """Whether a figure is a plain sum of leaves."""
    return figure.unit == "元" and not re.search("[÷−]", figure.address)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", SAMPLES)
def test_one_leaf_changes_its_dependants_only(
    name: str,
    seed: int,
    printed: Callable[[str], Sample],
    pack: Pack,
    catalogue: Catalogue,
    same_path: Path,
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - which leaf, not a secret
    before = printed(name).composed
    leaves = list(before.ledger.entries())
    leaf, added = chosen.choice(leaves), chosen.randint(100, 9_000_000)
    without_forms = shutil.ignore_patterns("绩效目标表")  # as the printed sample
    target = same_path / name
    folder = Path(shutil.copytree(ROOT / "data" / name, target, ignore=without_forms))
    _add(folder / leaf.place.file.name, leaf.place.line, leaf.place.column, leaf.amount, added)
    after = compose(folder, pack, catalogue)

    posted = {entry.address for entry in leaves if entry.place == leaf.place}
    dependants = set().union(*(_dependants(before, address) for address in posted))
    for figure in before.figures:
        now = after.figures[figure.address]
        if figure.address not in dependants:
            assert now == figure
        elif _is_linear(figure):
            assert now.value == figure.value + added
    changed = {f.address for f in before.figures if after.figures[f.address].text != f.text}
    assert changed <= dependants
    for (old, figures), (new, _) in zip(_paragraphs(before), _paragraphs(after), strict=True):
        if not figures & dependants:
            assert new == old
        elif figures & changed:
            assert new != old


def _add(file: Path, line: int, column: int, amount: Decimal, added: int) -> None:
    """Rewrites the amount that stands at a place of a YAML file."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    text = lines[line - 1]
    written = f"{amount:f}"
    assert text[column - 1 :].startswith(written)
    rest = text[column - 1 + len(written) :]
    lines[line - 1] = f"{text[: column - 1]}{amount + added:f}{rest}"
    file.write_text("".join(lines), encoding="utf-8")
