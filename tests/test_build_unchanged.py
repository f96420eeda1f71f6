"""What was built before and has not changed is told again, and nothing else ever is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.building import folder as build_folder
from generator.building import record as build_record
from generator.building.options import FORMATS, BuildOptions
from generator.building.record import remembered
from generator.cli.main import cli
from generator.compose.compose import Composed, compose_files
from generator.core.files.store import FOLDER_VARIABLE, Store
from generator.core.records import replace
from generator.core.resources import PACKS
from generator.printing.formats import Format
from tests.conftest import ROOT, UNIT
from tests.test_command import HEAVY, IMPORTS
from tests.two_years import write_years

LARGE = 1 << 30
STEM = "阳泉市退役军人服务中心2024年度单位预算公开"
A_WARNING = '补充科目:\n  功能分类: {"2080505": 养老保险缴费}\n'


@dataclass(frozen=True)
class Place:
    """A data folder, a pack and an output folder in which the data was built."""

    folder: Path
    options: BuildOptions
    store: Store

    @property
    def pack(self) -> str:
        return str(self.options.pack)

    @property
    def known(self) -> bool:
        return remembered(self.folder, self.options, self.store) is not None

    @property
    def output(self) -> Path:
        return self.options.output / f"{STEM}.html"

    def build(self) -> Result:
        options = self.options
        arguments = ["build", str(self.folder), "-o", str(options.output), "--pack", self.pack]
        draft = ["--draft"] * options.draft
        return CliRunner().invoke(cli, [*arguments, "--format", "html", *draft])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Copies of data and pack, built once with a warning."""
    top = tmp_path_factory.mktemp("built") / "now"
    folder = Path(shutil.copytree(ROOT / "data" / UNIT, top / UNIT))
    (folder / "补充.yaml").write_text(A_WARNING, encoding="utf-8")
    pack = Path(shutil.copytree(PACKS / "yangquan", top / "pack"))
    store = Store(top / "cache", LARGE)
    place = Place(folder, BuildOptions(top / "out", ("html",), str(pack)), store)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(store.folder))
        first = place.build()
    assert first.exit_code == 1, first.stderr
    assert "秒" in first.stdout
    shutil.copytree(top, top.with_name("then"))
    return place


@pytest.fixture
def place(built: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Everything in the state in which the build left it."""
    top = built.folder.parent
    shutil.rmtree(top)
    shutil.copytree(top.with_name("then"), top)
    monkeypatch.setenv(FOLDER_VARIABLE, str(built.store.folder))
    assert built.known
    return built


def test_formats_are_those_of_the_printers() -> None:
    assert tuple(each.value for each in Format) == FORMATS


def test_the_same_is_told_again_without_building(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = place.output.stat()
    monkeypatch.delattr(build_folder.Builder, "build")
    again = place.build()
    assert again.exit_code == 1
    assert "没有变化" in again.stdout
    assert "774.48" in again.stdout
    assert str(place.output) in again.stdout
    assert again.stderr.startswith("警告 W210  ")
    assert "共 0 个错误、1 个警告" in again.stderr
    after = place.output.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_findings_not_listed_are_told_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_folder, "_SHOWN", 0)
    monkeypatch.setattr(build_folder, "RULES", {"W210": object()})
    (place.folder / "补充.yaml").write_text(f"{A_WARNING}\n", encoding="utf-8")
    first, again = place.build(), place.build()
    assert "没有变化" not in first.stdout
    assert "没有变化" in again.stdout
    assert first.stderr.strip() == again.stderr.strip()
    assert f"还有 1 个问题没有列出：disclosure check {place.folder}" in again.stderr


def test_nothing_heavy_is_loaded_for_it(tmp_path: Path) -> None:
    arguments = ("build", f"data/{UNIT}", "-o", str(tmp_path), "--format", "html")
    runs = [
        subprocess.run(
            [sys.executable, "-c", IMPORTS, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for _ in range(2)
    ]
    assert "没有变化" not in runs[0]
    assert "没有变化" in runs[1]
    assert "pydantic" in runs[0].splitlines()[-1].split()
    assert set(runs[1].splitlines()[-1].split()).isdisjoint(set(HEAVY) - {"rich"})


def _append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def _rename(path: Path) -> None:
    path.rename(path.with_name("改名.yaml"))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _below(folder: Path) -> Path:
    folder.mkdir()
    return folder / "新.yaml"


def _new_folder(folder: Path) -> None:
    folder.mkdir()


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: dict[str, Callable[[Place], object]] = {
    "data changed": lambda at: _append(at.folder / "收支.yaml"),
    "data renamed": lambda at: _rename(at.folder / "收支.yaml"),
    "data gone": lambda at: (at.folder / "补充.yaml").unlink(),
    "data new": lambda at: (at.folder / "新.yml").write_text(""),
    "data new below": lambda at: _below(at.folder / "下").write_text(""),
    "folder called like a file": lambda at: _new_folder(at.folder / "新.yaml"),
    "link to a folder": lambda at: (at.folder / "下").symlink_to(at.options.output),
    "link to nothing": lambda at: (at.folder / "下.yaml").symlink_to("nothing"),
    "folder gone": lambda at: shutil.rmtree(at.folder),
    "pack changed": lambda at: _append(Path(at.pack) / "theme.yaml"),
    "template new": lambda at: (Path(at.pack) / "新.j2").write_text(""),
    "pack gone": lambda at: shutil.rmtree(at.pack),
    "output gone": lambda at: at.output.unlink(),
    "output changed": lambda at: _append(at.output),
    "output cut": lambda at: _cut(at.output),
    "output a folder": lambda at: _folder_instead(at.output),
    "figures gone": lambda at: (at.options.output / f"{STEM}.figures.json").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_built(change: Callable[[Place], object], place: Place) -> None:
    change(place)
    assert not place.known


@pytest.mark.parametrize(
    "options",
    [
        {"draft": True},
        {"allow_personal_data": True},
        {"formats": ("html", "pdf")},
        {"output": Path("elsewhere")},
        {"pack": "yangquan"},
        {"cache": False},
    ],
    ids=str,
)
def test_other_options_are_built(options: dict[str, object], place: Place) -> None:
    other = replace(place.options, **options)
    assert remembered(place.folder, other, place.store) is None


def test_what_does_not_matter_changes_nothing(place: Place) -> None:
    (place.folder / "备忘.txt").write_text("not read")
    (place.options.output / "other.pdf").write_text("not written")
    os.utime(place.folder / "收支.yaml", (1000, 1000))
    assert place.known


def test_another_program_or_other_fonts_build(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(build_record, "_program", lambda: "another")
        assert not place.known
    with monkeypatch.context() as patch:
        patch.setattr(build_record, "fonts_digest", lambda: "others")
        assert not place.known
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", _no_program)
        assert not place.known
    assert place.known


def _no_program(*_: object, **__: object) -> None:
    raise FileNotFoundError("fc-list")


@pytest.mark.parametrize(
    "record", [b"", b"{", b"[]", b"null", b"{}", b'{"tools": 1, "data": {}}', b"\xff"]
)
def test_an_odd_record_builds(record: bytes, place: Place) -> None:
    key = build_record._key(place.folder, place.options)
    place.store.put(key, record)
    assert not place.known


def test_a_record_that_lacks_anything_builds(place: Place) -> None:
    key = build_record._key(place.folder, place.options)
    content = place.store.get(key)
    assert content is not None
    whole = json.loads(content)
    for part in whole:
        place.store.put(key, json.dumps(whole | {part: None}).encode())
        assert not place.known, part
    for part in whole["outcome"]:
        outcome = {name: value for name, value in whole["outcome"].items() if name != part}
        place.store.put(key, json.dumps(whole | {"outcome": outcome}).encode())
        assert not place.known, part


def test_no_cache_keeps_and_finds_nothing(unit_folder: Path, tmp_path: Path) -> None:
    store = Store(Path(os.environ[FOLDER_VARIABLE]), LARGE)
    arguments = ["build", str(unit_folder), "-o", str(tmp_path / "out"), "--format", "html"]
    assert CliRunner().invoke(cli, [*arguments, "--no-cache"]).exit_code == 0
    assert store.size() == (0, 0)
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert store.size()[0] > 0
    assert "没有变化" not in CliRunner().invoke(cli, [*arguments, "--no-cache"]).stdout


def test_what_could_not_be_built_is_tried_again(place: Place) -> None:
    file = place.folder / "收支.yaml"
    sound = file.read_bytes()
    file.write_bytes(sound + b"\n: [")
    for _ in range(2):
        assert place.build().exit_code == 2
    file.write_bytes(sound)
    assert "没有变化" in place.build().stdout


@pytest.mark.parametrize("changed", ["数据.yaml", "../上年/数据.yaml", "pack"])
def test_a_change_during_the_build_is_not_missed(
    changed: str, pair: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pair.folder / changed
    if changed == "pack":
        file = Path(pair.pack) / "theme.yaml"

    def composed(*arguments: Any, **options: Any) -> Composed:
        result = compose_files(*arguments, **options)
        _append(file)
        return result

    assert pair.build().exit_code == 1
    assert pair.known
    monkeypatch.setattr(build_folder, "compose_files", composed)
    _append(file)
    assert pair.build().exit_code == 1
    assert not pair.known


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Two years, not yet built."""
    folder = write_years(
        tmp_path / "years", {"人员": {"30101": 10}}, {"人员": {"30101": 12}}, "某局"
    )
    pack = Path(shutil.copytree(PACKS / "yangquan", tmp_path / "pack"))
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "cache"))
    # last year's folder counts as unchanged only when it was written long enough before
    monkeypatch.setattr("generator.building.sources._MARGIN", 0)
    options = BuildOptions(tmp_path / "out", ("html",), str(pack), draft=True)
    return Place(folder, options, Store(tmp_path / "cache", LARGE))


def test_last_years_folder_matters(pair: Place) -> None:
    assert pair.build().exit_code == 1
    assert pair.known
    _append(pair.folder / "../上年/数据.yaml")
    assert not pair.known


def test_a_build_of_data_loads_nothing_that_only_drafts_need() -> None:
    script = (
        "import sys, generator.building.folder\n"
        "heavy = {'highspy', 'pypdfium2', 'generator.importing.run'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr
