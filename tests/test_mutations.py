"""The checks find most planted mistakes and nothing where none was planted (docs/check-rates.md).

A small run with fixed seeds: the bounds lie a little below what was measured, so that a rule
that stops working is noticed. scripts/mutations.py measures more, in every format.
"""

from __future__ import annotations

from random import Random

import pytest

from generator.compose.document.tree import html_text
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from tests.mutation_rates import Subject, rate, subject, trials
from tests.mutations import TREE_MUTATORS, Kind, Page, names_part

LEAST = {"data": 0.85, "html": 0.9}
"""The least part of the findable mistakes that must be found, by format."""


@pytest.fixture(scope="module")
def clean(pack: Pack, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return subject("small", 1, pack, catalogue, tmp_path_factory.mktemp("mutations"))


@pytest.mark.parametrize("fmt", LEAST)
def test_most_planted_mistakes_are_found_and_nothing_else(clean: Subject, fmt: str) -> None:
    assert clean.clean(fmt).findings == ()
    planted = list(trials(clean, fmt, count=1, seed=7))
    missed = [str(trial.mutation) for trial in planted if not trial.is_found]
    assert rate(planted).of_findable >= LEAST[fmt], missed


@pytest.mark.parametrize("kind", list(Kind))
def test_a_mutator_changes_the_document_and_leaves_the_original_alone(
    clean: Subject, kind: Kind
) -> None:
    original = html_text(clean.composed.document.root)
    page = Page(clean.composed.document, clean.composed.disclosure)
    mutation = TREE_MUTATORS[kind](page, Random(3))  # noqa: S311 - a choice that repeats
    assert mutation is not None
    assert mutation.before != mutation.after
    assert html_text(page.document.root) != original
    assert html_text(clean.composed.document.root) == original


def test_a_part_is_not_mistaken_for_one_with_a_longer_name() -> None:
    assert names_part("表十 合计", ["表十"])
    assert not names_part("表十一 合计", ["表十"])
    assert not names_part("绩效目标表 12 道路养护", ["绩效目标表 1"])
