"""A pack and a catalogue whose files are as they were are the same objects as before.

So everything that is remembered of them is found again, by one command after another in a process.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from generator.compose.compose import compose
from generator.compose.document.render import render_stylesheet
from generator.compute.statements.evaluate import Evaluator
from generator.core.findings import UnusableInputError
from generator.core.resources import CATALOGUE, PACKS
from generator.load.catalogue import Catalogue, load_catalogue
from generator.pack.pack import Pack, load_pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a pack, free to be changed; nothing of it is remembered yet."""
    return _copied(tmp_path / "pack")


def _copied(folder: Path) -> Path:
    return Path(shutil.copytree(PACKS / "national", folder))


def test_a_pack_is_loaded_once(folder: Path) -> None:
    first = load_pack(folder)
    assert load_pack(folder) is first
    assert load_pack(folder, "某发行包").distribution == "某发行包"
    outline = folder / "outline.yaml"
    outline.write_text(f"{outline.read_text('utf-8')}# 改\n", "utf-8")
    second = load_pack(folder)
    assert second is not first
    assert load_pack(folder) is second


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("checks/sheet.yaml", "部分: [", "YAML 格式错误"),  # a file that a pack may do without
        ("forms/又一种.yaml", "表: 又一种\n", "“表”只能是"),
        ("statements/99.yaml", "表号: 表九十九\n", "缺少“标题”"),
    ],
)
def test_a_file_that_comes_later_is_looked_at(
    folder: Path, name: str, content: str, told: str
) -> None:
    load_pack(folder)
    (folder / name).write_text(content, "utf-8")
    for _ in range(2):
        assert told in _refusal(folder)


@pytest.mark.parametrize("name", ["glossary.yaml", "document.css.j2"])
def test_a_file_that_goes_is_missed(folder: Path, name: str) -> None:
    load_pack(folder)
    (folder / name).unlink()
    assert f"模板包缺少 {name}" in _refusal(folder)


def test_a_link_in_the_place_of_a_file_leads_nowhere(folder: Path, tmp_path: Path) -> None:
    load_pack(folder)
    outside = (folder / "glossary.yaml").rename(tmp_path / "别处.yaml")
    (folder / "glossary.yaml").symlink_to(outside)
    assert "在模板包以外" in _refusal(folder)


def _refusal(folder: Path) -> str:
    with pytest.raises(UnusableInputError) as error:
        load_pack(folder)
    return error.value.findings[0].message


def test_a_catalogue_is_loaded_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))
    first, _ = load_catalogue(folder)
    assert load_catalogue(folder)[0] is first
    file = min(folder.glob("*.yaml"))
    text = file.read_text("utf-8")
    file.write_text(f"{text}多出的: 键\n", "utf-8")
    for _ in range(2):
        assert "多出的" in load_catalogue(folder)[1][0].message
    file.write_text(text, "utf-8")
    assert load_catalogue(folder) == (first, [])


def test_a_copied_template_is_not_compiled_again_and_its_faults_are_told_of_the_copy(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = folder / "document.css.j2"
    template.write_text(f"{template.read_text('utf-8')}\n{{{{ 1 // 0 }}}}\n", "utf-8")
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    lines = len(template.read_text("utf-8").splitlines())
    compiled: list[str] = []
    compiling = Environment.compile

    def noted(self: Environment, source: str, *rest: Any, **options: Any) -> Any:
        compiled.append(str(rest[0]))
        return compiling(self, source, *rest, **options)

    monkeypatch.setattr(Environment, "compile", noted)
    for pack in (folder, copy, folder):
        with pytest.raises(UnusableInputError) as error:
            render_stylesheet(load_pack(pack))
        (finding,) = error.value.findings
        assert finding.place is not None
        assert (finding.place.file, finding.place.line) == (pack / "document.css.j2", lines)
    assert compiled == ["document.css.j2"]


def test_statements_with_classes_of_the_data_are_not_evaluated_again(
    unit_folder: Path, pack: Pack, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A definition that the data adds to is the same one in every run."""
    file = unit_folder / "单位信息.yaml"
    publication = "公开方式:\n"
    listed = f"{publication}  无数据科目类: ['205']\n"
    file.write_text(file.read_text("utf-8").replace(publication, listed), "utf-8")
    first = compose(unit_folder, pack, catalogue)
    assert first.disclosure.publication.blank_classes == ("205",)

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("evaluated again")

    monkeypatch.setattr(Evaluator, "evaluate", never)
    second = compose(unit_folder, pack, catalogue)
    assert all(second.statements[number] is each for number, each in first.statements.items())


def test_a_copy_with_other_values_keeps_nothing_derived_from_the_first(folder: Path) -> None:
    outline = load_pack(folder).outline
    assert outline.by_id
    assert not outline.model_copy(update={"parts": ()}).by_id
    assert outline.by_id
