"""Generated data is clean: it composes, adds up, prints, and the checks find nothing in it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from generator.compose.compose import Composed, compose
from generator.compose.narrative.context import Narrative
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from tests.generated import write_entity
from tests.mutation_rates import Subject

ENTITIES = [(1, 0, 4), (2, 0, 3), (3, 0, 14), (1, 3, 4), (2, 6, 2), (3, 2, 5)]
"""Seed, units, projects of each unit."""

SAME_AMOUNT = [
    ("表一/收入/收入总计/金额", "表一/支出/支出总计/合计"),
    ("表五/合计/基本支出", "表六/合计/合计"),
    ("表五/合计/项目支出", "表十二/合计/一般公共预算"),
    ("表八/合计/合计", "表一/收入/政府性基金预算/金额"),
    ("表一/收入/上年结转/金额", "表十三/合计/合计"),
]


@pytest.fixture(scope="module", params=ENTITIES, ids=lambda each: "-".join(map(str, each)))
def entity(
    request: pytest.FixtureRequest,
    pack: Pack,
    catalogue: Catalogue,
    tmp_path_factory: pytest.TempPathFactory,
) -> Subject:
    """Each of the entities, composed once."""
    seed, units, projects = request.param
    folder = tmp_path_factory.mktemp("entity")
    write_entity(folder / "data", seed=seed, units=units, projects=projects)
    return Subject(folder / "data", pack, catalogue, folder)


def _amounts(folder: Path, pack: Pack, catalogue: Catalogue) -> Callable[[str], Decimal]:
    return _figures(compose(folder, pack, catalogue))


def _figures(composed: Composed) -> Callable[[str], Decimal]:
    assert composed.findings == ()
    narrative = Narrative(composed.statements, composed.figures)
    return lambda address: narrative.figure(address).value


def test_generated_data_composes_and_adds_up(entity: Subject) -> None:
    amount = _figures(entity.composed)
    for one, other in SAME_AMOUNT:
        assert amount(one) == amount(other), (one, other)
    projects_spend = amount("表十二/合计/合计") + amount("表十三/合计/合计")
    assert amount("表三/合计/项目支出") == projects_spend
    assert amount("国有资产/实有车辆") <= amount("国有资产/公务用车编制数")
    projects = list(entity.composed.disclosure.keyed_projects())
    assert amount("绩效/公开/合计/个数") == len(projects) - 1  # what is carried over has no form


def test_amounts_end_in_odd_yuan_so_that_cells_are_rounded(
    pack: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    amount = _amounts(write_entity(tmp_path, seed=1), pack, catalogue)
    assert amount("表十二/合计/一般公共预算") % 100


def test_the_same_seed_writes_the_same_files(tmp_path: Path) -> None:
    one, other = (write_entity(tmp_path / name, seed=5, units=2) for name in ("one", "other"))
    assert _texts(one) == _texts(other)
    assert _texts(one) != _texts(write_entity(tmp_path / "third", seed=6, units=2))


def _texts(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


@pytest.mark.parametrize("fmt", ["data", "html"])
def test_checks_find_nothing_in_it(entity: Subject, fmt: str) -> None:
    assert entity.clean(fmt).findings == ()


@pytest.fixture(scope="module")
def department(
    pack: Pack, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Subject:
    """One that is printed; the DOCX has the page numbers of the PDF, so that is laid out once."""
    folder = tmp_path_factory.mktemp("department")
    data = write_entity(folder / "data", seed=2, units=3, projects=2)
    return Subject(data, pack, catalogue, folder)


@pytest.mark.parametrize("fmt", ["docx", "pdf"])
def test_checks_find_nothing_in_what_is_printed(fmt: str, department: Subject) -> None:
    assert department.clean(fmt).findings == ()


def test_projects_without_forms_are_not_published(
    pack: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    amount = _amounts(write_entity(tmp_path, units=2, forms=False), pack, catalogue)
    assert amount("绩效/公开/合计/个数") == 0
