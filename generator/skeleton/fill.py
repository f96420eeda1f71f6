"""Fills a new folder with what was read of a document: the hook for whatever can be imported."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.importing.reading import Doubt, ImportResult
from generator.importing.verify_import import NOT_COMPOSED
from generator.load.entity_folder import SPLITTABLE
from generator.load.section_files import HOMES, WORDS
from generator.load.yaml.changes import is_same, overlaid, path_text, texts_with_paths, value_at
from generator.load.yaml.content import plain_content
from generator.load.yaml.marks import FILL
from generator.load.yaml.patch import patched_folder
from generator.model.disclosure import EntityKind

_OWN = "单位信息"
"""What was typed counts before what was read."""
_UNITS = "二级预算单位"
_TYPED = ("名称", "类型", "年度")


def filled_files(
    files: Mapping[str, bytes], sections: Mapping[str, Any], doubts: Sequence[Doubt] = ()
) -> dict[str, bytes]:
    """The files of a new folder with sections of the data format laid over them.

    What was read settles the marks (待填) beside it; comments and examples stay. Doubts stand as
    marks (待核) at the head of the file of the words.

    Args:
        files: the new folder, by name.
        sections: what an import has read.
        doubts: what of it is not certain.
    """
    before = _content(files)
    told = {key: _said(value) for key, value in sections.items() if key != _OWN}
    read = {key: value for key, value in told.items() if value}
    if "项目" in read and value_at(before, (_OWN, "类型")) == EntityKind.UNIT:
        read["项目"] = _of_unit(read["项目"], value_at(before, (_OWN, "名称")))
    if units := _units(before, sections):
        read[_OWN] = {"二级预算单位": units}
    after = overlaid(before, read)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in files.items():
            (folder / file).write_bytes(text)
        changed = patched_folder(
            folder,
            before,
            after,
            homes=HOMES,
            splittable=SPLITTABLE,
            confirmed=[
                path
                for path, value in texts_with_paths(read)
                if isinstance(value, str) and is_same(value_at(before, path), value)
            ],
        )
    made = {
        name: content
        for name in [*files, *(each for each in changed if each not in files)]
        if (content := changed.get(name, files.get(name))) is not None
    }
    if doubts:
        lines = "".join(f"# 待核：{_told(doubt)}\n" for doubt in doubts)
        words = next((name for name in made if name == WORDS), next(iter(made)))
        made[words] = lines.encode() + made[words]
    return made


def _of_unit(projects: Sequence[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    """The projects of a unit that publishes: those of nobody are its own."""
    return [{**each, "单位": name} if each["单位"] == FILL else each for each in projects]


def doubts_left(files: Mapping[str, bytes], reading: ImportResult) -> list[Doubt]:
    """The doubts of an import that are left in a new folder, with those about whose it is.

    What was typed is certain, whatever a document tells of it. What was not read at all stands in
    the folder as work to be done (待填): nobody is asked for it twice.
    """
    told = dict(reading.sections.get(_OWN, {}))
    guessed = any(doubt.path == (_OWN, "类型") for doubt in reading.doubts)
    if guessed and told.get("类型") == EntityKind.UNIT:
        del told["类型"]  # a department may have one budget unit only
    own = [doubt for doubt in reading.doubts if not _is_settled(doubt, reading.sections)]
    if not told.get(_UNITS) and _units(_content(files), reading.sections):
        own.insert(0, Doubt((_OWN, _UNITS), "按项目表里的单位写的：补上没有项目的单位"))
    return [*doubts_whose(files, {_OWN: told}), *own]


def _content(files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        key: value for text in files.values() for key, value in plain_content(text.decode()).items()
    }


def _units(before: Mapping[str, Any], sections: Mapping[str, Any]) -> list[str]:
    """The budget units of a department, as it lists them, or else those that have projects."""
    if value_at(before, (_OWN, "类型")) != EntityKind.DEPARTMENT:
        return []
    return sections.get(_OWN, {}).get(_UNITS) or _of_projects(sections)


def _of_projects(sections: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(each["单位"] for each in sections.get("项目") or ()))


def _is_settled(doubt: Doubt, read: Mapping[str, Any]) -> bool:
    section, *rest = doubt.path or ("",)
    if doubt.message.startswith(NOT_COMPOSED):  # the new folder has what was lacking
        return True
    if section == _OWN:
        return not rest or rest[0] in _TYPED
    return not doubt.spot and section in HOMES and not _said(read.get(str(section)))


def doubts_whose(files: Mapping[str, bytes], sections: Mapping[str, Any]) -> list[Doubt]:
    """A doubt for name, kind and year, if a document has another than the new folder."""
    own: dict[str, Any] = {}
    for text in files.values():
        own |= plain_content(text.decode()).get(_OWN) or {}
    told = sections.get(_OWN, {})
    return [
        Doubt((_OWN, key), f"文件里是“{told[key]}”，不是“{own.get(key)}”：看看是不是拿错了文件")
        for key in _TYPED
        if told.get(key) not in (None, "", FILL) and not is_same(str(told[key]), str(own.get(key)))
    ]


def _said(value: Any) -> Any:
    """What a document says of a section: what it leaves empty is still to be filled in."""
    if isinstance(value, list):
        return [item for item in value if item != FILL]
    if not isinstance(value, Mapping):
        return value
    said = {key: _said(item) for key, item in value.items()}
    return {key: item for key, item in said.items() if item or not isinstance(item, Mapping | list)}


def _told(doubt: Doubt) -> str:
    where = path_text(doubt.path)
    told = " ".join(doubt.message.split())
    return f"{where}：{told}（{doubt.spot}）" if doubt.spot else f"{where}：{told}"
