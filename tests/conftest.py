"""Fixtures: the sample disclosures composed and printed once, and a small copy to break."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from generator.building.trees import fonts_digest, program
from generator.compose.compose import Composed, compose
from generator.core.files.store import FOLDER_VARIABLE, USUAL_LIMIT, Store, no_store
from generator.core.process import CORES_VARIABLE
from generator.core.resources import CATALOGUE, PACKS
from generator.importing.run import Imported, read_disclosure
from generator.load.catalogue import Catalogue, load_catalogue
from generator.load.yaml import kept as kept_yaml
from generator.model.vocabulary import Vocabulary
from generator.pack.pack import Pack, load_pack
from generator.pack.templates import compiled
from generator.printing import kept_specimens
from generator.printing.formats import Format, print_formats
from generator.printing.kept import KeptPieces
from generator.reading.document import ReadDocument
from generator.reading.from_data import presented_data
from tests import workers

# what one process compiles the next ones find compiled: tests start many that run the program
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# one process does all the work of one: the tests themselves are run by several
os.environ[CORES_VARIABLE] = "1"

# the same examples in every run, and no deadline: machines differ in speed
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent
DRAFTS = ROOT / "tests" / "drafts"
DEPARTMENT = "阳泉市教育局-2025"
UNIT = "阳泉市退役军人服务中心-2024"
SAMPLES = (DEPARTMENT, UNIT)
EXAMPLES = ROOT / "data" / "示例"
"""Invented data of the packs of other places."""
BUREAU = EXAMPLES / "示例市示例局-2026"
"""By the pack ``national``."""
OFFICE = EXAMPLES / "示例区示例办公室-2026"
"""By the pack ``shanghai-district``."""
LONGEST = (
    "test_check_text",
    "test_check_wording",
    "test_import",
    "test_painted_grids",
    "test_department_forms",
    "test_worksheet",
    "test_findings",
    "test_every_pack",
    "test_build_several",
    "test_draft_unruled",
    "test_mutations",
    "test_pages",
    "test_import_statements",
    "test_build_kept",
    "test_build_watch",
    "test_generated",
    "test_build",
    "test_packs",
    "test_diff_mutations",
    "test_redline",
    "test_guard",
    "test_conservation",
    "test_workbook_tables",
    "test_diff_command",
    "test_text_of_packs",
    "test_build_cluster",
    "test_build_unchanged",
    "test_import_narrative",
    "test_remembered",
    "test_docx_looks",
    "test_kept_pieces",
    "test_drafts",
    "test_packs_said_otherwise",
    "test_wheel",
    "test_check_raw_texts",
    "test_golden_pictures",
    "test_published_tables",
    "test_publishable",
    "test_new_year",
    "test_rule_states",
    "test_change_sentences",
    "test_check_statements",
    "test_template_sandbox",
    "test_print_memory",
    "test_columns",
    "test_libreoffice",
    "test_web_page",
)
"""The modules that take longest, the longest first: so no worker is left with one at the end."""


@dataclass(frozen=True)
class Sample:
    """A sample entity, composed, and printed in the formats that tests ask for."""

    name: str
    composed: Composed
    pack: Pack
    pieces: KeptPieces
    files: dict[str, bytes] = field(default_factory=dict)

    def file(self, extension: str) -> bytes:
        """The document in a format, printed once."""
        if extension not in self.files:
            form = [] if extension == "figures.json" else [Format(extension)]
            files = print_formats(self.composed, self.pack, form, lambda _: None, self.pieces).files
            (printed,) = (data for name, data in files.items() if name.endswith(f".{extension}"))
            self.files[extension] = printed
        return self.files[extension]


@pytest.fixture(scope="session", autouse=True)
def _nothing_beside_the_program() -> Iterator[None]:
    """Tests keep nothing there; those that do say where."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "_beside_the_program", no_store)
        patch.setattr(kept_yaml, "_beside_the_program", no_store)
        patch.setattr(kept_specimens, "_beside_the_program", no_store)
        yield


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
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the program keeps, the same for all tests and all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared-cache"


@pytest.fixture(scope="session")
def pieces(shared_cache: Path) -> KeptPieces:
    """Pieces of PDFs that any test of the run has printed, or a command with ``warm_cache``.

    That they print the same bytes as pieces made anew is shown by test_kept_pieces.py and
    test_build_kept.py.
    """
    return KeptPieces(Store(shared_cache, USUAL_LIMIT), program() + fonts_digest())


@pytest.fixture(scope="session")
def printed(
    pack: Pack, catalogue: Catalogue, pieces: KeptPieces, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Sample]:
    """Composes a sample by name, and prints it when it is asked for its files, once in a session.

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
            done[name] = Sample(name, compose(folder, pack, catalogue), pack, pieces)
        return done[name]

    return get


@pytest.fixture(scope="session")
def of_data(pack: Pack, catalogue: Catalogue) -> Callable[[str], ReadDocument]:
    """What a sample's data presents, all its forms included, by name, once in a session."""
    done: dict[str, ReadDocument] = {}

    def get(name: str) -> ReadDocument:
        if name not in done:
            done[name] = presented_data(compose(ROOT / "data" / name, pack, catalogue), pack)
        return done[name]

    return get


@pytest.fixture(scope="session")
def imported(
    printed: Callable[[str], Sample],
    pack: Pack,
    catalogue: Catalogue,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, str], Imported]:
    """What is read of a sample: of a file that is printed, or of the text published ("txt").

    Once in a session: nobody may change it.
    """
    folder = tmp_path_factory.mktemp("samples")

    @cache
    def get(name: str, extension: str) -> Imported:
        file = DRAFTS / f"{name}.txt"
        if extension != "txt":
            file = folder / f"{name}.{extension}"
            file.write_bytes(printed(name).file(extension))
        return read_disclosure(file, pack, catalogue)

    return get


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest, printed: Callable[[str], Sample]) -> Sample:
    """Each of the two samples in turn."""
    return printed(str(request.param))


@pytest.fixture(scope="module")
def _place_of_module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("module") / "same"


@pytest.fixture
def same_path(_place_of_module: Path) -> Path:
    """An empty folder, in the same place for every test of a module.

    Of files that one test leaves as another one found them, the process remembers by place and
    content what was read in them: tests with copies of a whole pack are several times as fast.
    That nothing else is remembered is shown by test_remembered.py.
    """
    if _place_of_module.exists():
        shutil.rmtree(_place_of_module)
    _place_of_module.mkdir()
    return _place_of_module


@pytest.fixture
def unit_folder(same_path: Path) -> Path:
    """A copy of the small sample's data, free to be broken."""
    return Path(shutil.copytree(ROOT / "data" / UNIT, same_path / UNIT))


@pytest.fixture(autouse=True, scope="session")
def _session_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program keeps between runs stays out of the user's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that are new; pytest looks through all others to find the name of each of its own."""
    folder = tmp_path_factory.mktemp("caches")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, _caches: Iterator[Path]) -> None:
    """No test finds what another one has left there."""
    folder = next(_caches)
    folder.mkdir()
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))


@pytest.fixture
def warm_cache(_own_cache: None, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what commands do beside printing: commands find pieces that others printed."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(shared_cache))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long modules first."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


def pytest_configure(config: pytest.Config) -> None:
    """One worker runs all tests of a module, which share much, and the modules in that order."""
    if config.pluginmanager.hasplugin("xdist"):  # scripts/mutants.py goes without
        config.pluginmanager.register(workers)
        config.option.loadscopereorder = False


def pytest_collection_finish() -> None:
    """Most objects are of the libraries and stay: looking for garbage among them takes long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
