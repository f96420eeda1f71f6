"""Fixtures: the sample disclosures composed and printed once, and a small copy to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from generator.compose.compose import Composed, compose
from generator.core.resources import CATALOGUE, PACKS
from generator.core.store import FOLDER_VARIABLE
from generator.load.catalogue import Catalogue, load_catalogue
from generator.model.vocabulary import Vocabulary
from generator.pack.pack import Pack, load_pack
from generator.printing.formats import Format, print_formats
from generator.reading.document import Presented
from generator.reading.from_data import presented_data

# the same examples in every run, and no deadline: machines differ in speed
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent
DEPARTMENT = "阳泉市教育局-2025"
UNIT = "阳泉市退役军人服务中心-2024"
SAMPLES = (DEPARTMENT, UNIT)


@dataclass(frozen=True)
class Sample:
    """A sample entity, composed and printed in every format."""

    name: str
    composed: Composed
    files: dict[str, bytes]

    def file(self, extension: str) -> bytes:
        return next(data for name, data in self.files.items() if name.endswith(f".{extension}"))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    loaded, findings = load_catalogue(CATALOGUE)
    assert loaded is not None
    assert not findings
    return loaded


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(PACKS / "yangquan")


@cache
def vocabulary() -> Vocabulary:
    """The names that the samples are written with."""
    return load_pack(PACKS / "yangquan").vocabulary


@pytest.fixture(scope="session")
def printed(
    pack: Pack, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Sample]:
    """Composes and prints a sample by name, once in a session.

    The 223 project forms of the department are left out: they have tests of
    their own (test_department_forms.py), and nothing else depends on them.
    """
    done: dict[str, Sample] = {}
    data = tmp_path_factory.mktemp("data")

    def get(name: str) -> Sample:
        if name not in done:
            folder = shutil.copytree(
                ROOT / "data" / name, data / name, ignore=shutil.ignore_patterns("绩效目标表")
            )
            composed = compose(folder, pack, catalogue)
            files = print_formats(composed, pack, list(Format), lambda _: None).files
            done[name] = Sample(name, composed, files)
        return done[name]

    return get


@pytest.fixture(scope="session")
def of_data(pack: Pack, catalogue: Catalogue) -> Callable[[str], Presented]:
    """What a sample's data presents, all its forms included, by name, once in a session."""
    done: dict[str, Presented] = {}

    def get(name: str) -> Presented:
        if name not in done:
            done[name] = presented_data(compose(ROOT / "data" / name, pack, catalogue), pack)
        return done[name]

    return get


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest, printed: Callable[[str], Sample]) -> Sample:
    """Each of the two samples in turn."""
    return printed(str(request.param))


@pytest.fixture
def unit_folder(tmp_path: Path) -> Path:
    """A copy of the small sample's data, free to be broken."""
    return Path(shutil.copytree(ROOT / "data" / UNIT, tmp_path / UNIT))


@pytest.fixture(autouse=True, scope="session")
def _session_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program keeps between runs stays out of the user's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test finds what another one has left there."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.mktemp("cache")))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
