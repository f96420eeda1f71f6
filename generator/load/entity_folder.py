"""Loads the data folder of one entity and year into a :class:`Disclosure`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from os.path import normpath
from pathlib import Path

from msgspec import Struct
from pydantic import ValidationError

from generator.core.findings import Finding, Location, has_errors
from generator.core.memo import Same, memo
from generator.core.records import replace
from generator.load.catalogue import Catalogue, Subject
from generator.load.names import Names, nearest_code, with_parents
from generator.load.personal_data import personal_data
from generator.load.validation import validate
from generator.load.yaml.folder import FolderFiles, merged, read_folder
from generator.load.yaml.tree import Path_, SourceTree, Tree, parse_yaml
from generator.model.disclosure import Disclosure
from generator.model.performance import ProjectForm
from generator.model.vocabulary import Vocabulary

SPLITTABLE = ("项目", "项目绩效目标表")
"""Sections that may be spread over several files."""

_PRIOR = "上年数据"
"""The section that names last year's folder."""

_UNREAD = frozenset({"E102", "E103", "E105", "E107"})
"""Findings after which sections may be missing that are written all the same."""


class EntityFiles(Struct, frozen=True):
    """All that is read of an entity and year, not parsed yet; ``prior`` are last year's files."""

    own: FolderFiles
    prior: FolderFiles | None


class LoadedDisclosure(Struct, frozen=True):
    """A disclosure, the tree it came from (for places) and the names of its subjects.

    ``vocabulary`` is that of the pack it was read with; ``prior`` is last year's disclosure, if
    the data refers to one (上年数据).
    """

    disclosure: Disclosure
    source: SourceTree
    names: Names
    vocabulary: Vocabulary
    prior: LoadedDisclosure | None = None


class _Reader(Struct, frozen=True):
    """Reads one year's folder with the names that subjects and money have."""

    catalogue: Catalogue
    vocabulary: Vocabulary
    allow_personal_data: bool

    def read(self, files: FolderFiles) -> tuple[LoadedDisclosure | None, list[Finding]]:
        """The disclosure in a folder with all findings; ``None`` if it cannot be used."""
        return self.read_tree(merged(files, splittable=SPLITTABLE))

    def read_tree(self, source: SourceTree) -> tuple[LoadedDisclosure | None, list[Finding]]:
        """The disclosure in a tree of all sections, as that in a folder."""
        folder = source.file
        if not source.data:
            if not has_errors(source.findings):  # an empty mapping in every file
                remedy = "填写“单位信息”等栏目"
                source.findings.append(Finding("E104", "没有写任何栏目", remedy, Location(folder)))
            return None, source.findings
        unread = any(finding.code in _UNREAD for finding in source.findings)
        data = _with_known_forms(source.data, self.vocabulary)
        disclosure = validate(Disclosure, data, source, self.vocabulary)
        if disclosure is None:
            return None, _without_missing(source.findings, folder) if unread else source.findings
        names = Names(self.catalogue, disclosure)
        source.findings.extend(personal_data(disclosure, source, allowed=self.allow_personal_data))
        source.findings.extend(_duplicates(disclosure, source))
        if unread:  # what lacks may stand there, such as the names of subjects
            return None, _without_missing(source.findings, folder)
        source.findings.extend(_unknown_codes(disclosure, source, names))
        source.findings.extend(_extra_subjects(disclosure, source, names))
        if has_errors(source.findings):
            return None, source.findings
        return LoadedDisclosure(disclosure, source, names, self.vocabulary), source.findings


def load_entity(
    folder: Path, catalogue: Catalogue, vocabulary: Vocabulary, *, allow_personal_data: bool = False
) -> tuple[LoadedDisclosure | None, list[Finding]]:
    """Reads and validates a data folder, and last year's that it refers to.

    All problems found come back together, each with its place; what last year's folder refers to
    in turn is not read.
    """
    files = read_entity(folder)
    return load_files(files, catalogue, vocabulary, allow_personal_data=allow_personal_data)


def load_files(
    files: EntityFiles,
    catalogue: Catalogue,
    vocabulary: Vocabulary,
    *,
    allow_personal_data: bool = False,
) -> tuple[LoadedDisclosure | None, list[Finding]]:
    """The same of files that were read before, perhaps on another computer."""
    reader = _Reader(catalogue, vocabulary, allow_personal_data=allow_personal_data)
    loaded, findings = reader.read(files.own)
    if loaded is None:
        return loaded, findings
    findings = [*findings, *_other_year(loaded, files.own)]
    if loaded.disclosure.prior_data is None:
        return loaded, findings
    prior, of_prior = _load_prior(loaded, files, reader)
    findings = [*findings, *of_prior]
    return (None, findings) if prior is None else (replace(loaded, prior=prior), findings)


def load_tree(
    source: SourceTree, catalogue: Catalogue, vocabulary: Vocabulary
) -> tuple[LoadedDisclosure | None, list[Finding]]:
    """Validates data that stands in no folder; it may hold personal data, and no earlier year."""
    return _Reader(catalogue, vocabulary, allow_personal_data=True).read_tree(source)


def read_entity(folder: Path) -> EntityFiles:
    """Reads the files of a data folder, and of last year's that it names, if that is a folder."""
    own = read_folder(folder)
    named = _prior_named(own)
    prior = _prior_folder(folder, named) if named is not None else None
    return EntityFiles(own, read_folder(prior) if prior is not None and prior.is_dir() else None)


def _prior_named(files: FolderFiles) -> str | None:
    """Last year's folder as the data writes it; only files that may speak of it are parsed."""
    for file, content in files.files:
        # a quoted key may be written by escapes
        if isinstance(content, bytes) and (_PRIOR.encode() in content or b"\\" in content):
            data = parse_yaml(file, content).data
            written = data.get(_PRIOR) if isinstance(data, dict) else None
            if written is not None:  # of two, the first counts
                return written.strip() if isinstance(written, str) else None
    return None


def _prior_folder(folder: Path, written: str) -> Path:
    return Path(normpath(folder / written))


def _other_year(loaded: LoadedDisclosure, files: FolderFiles) -> Iterator[Finding]:
    """W227 where the folder is named after another year than its data states."""
    named = _years_in(files.name)
    year = loaded.disclosure.entity.year
    if named and year not in named:
        message = f"目录名“{files.name}”里的年份不是“年度”写的 {year}"
        remedy = "改正“年度”，或给目录改名；复制上年目录的，用 disclosure new-year 更稳妥"
        yield Finding("W227", message, remedy, loaded.source.place(("单位信息", "年度")))


def years_named(folder: Path) -> list[int]:
    """The years in the name of a data folder."""
    return _years_in(folder.resolve().name)


def _years_in(name: str) -> list[int]:
    return [int(each) for each in re.findall(r"(?<!\d)20\d\d(?!\d)", name)]


def _load_prior(
    loaded: LoadedDisclosure, files: EntityFiles, reader: _Reader
) -> tuple[LoadedDisclosure | None, list[Finding]]:
    place = loaded.source.place((_PRIOR,))
    if files.prior is None:
        folder = _prior_folder(files.own.folder, loaded.disclosure.prior_data or "")
        message = f"没有上年数据目录“{folder}”"
        remedy = "写上年数据目录相对于本目录的路径，如 ../某某局-2024；没有上年数据就删去这一行"
        return None, [Finding("E216", message, remedy, place)]
    prior, findings = reader.read(files.prior)
    year = loaded.disclosure.entity.year
    if prior is not None and prior.disclosure.entity.year != year - 1:
        message = f"上年数据的年度是 {prior.disclosure.entity.year}，应当是 {year - 1}"
        remedy = "“上年数据”指向上一年度的目录，并核对两处“年度”"
        return None, [*findings, Finding("E209", message, remedy, place)]
    return prior, findings


def _with_known_forms(data: Tree, vocabulary: Vocabulary) -> object:
    """The data with its valid forms as models: most are those of an earlier run, read once."""
    forms = data.get(_FORMS) if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(forms, list):
        return data
    return data | {_FORMS: [_form(Same(form), Same(vocabulary)) or form for form in forms]}


_FORMS = "项目绩效目标表"


@memo(1000)
def _form(form: Same[Tree], vocabulary: Same[Vocabulary]) -> ProjectForm | None:
    """A form as a model; ``None`` if it is not valid."""
    try:
        return ProjectForm.model_validate(form.it, context=vocabulary.it)
    except ValidationError:
        return None


def _without_missing(findings: Iterable[Finding], folder: Path) -> list[Finding]:
    """The findings that do not come of files that could not be read; the first of those says so."""
    kept = [finding for finding in findings if not _whole(finding, folder)]
    first = next(at for at, each in enumerate(kept) if each.code in _UNREAD)
    remedy = f"{kept[first].remedy}；改好这个文件后，再核对有没有缺项、前后是否一致"
    return [*kept[:first], replace(kept[first], remedy=remedy), *kept[first + 1 :]]


def _whole(finding: Finding, folder: Path) -> bool:
    """Whether a whole section is missing: it may stand in the file that could not be read."""
    return finding.code == "E202" and finding.place == Location(folder)


def _coded(disclosure: Disclosure) -> Iterator[tuple[str, str, Path_]]:
    """Every subject code in the data: classification, code and where it is written."""
    for i, line in enumerate(disclosure.subjects):
        yield "功能分类", line.code, ("收支", i, "科目")
    for i, pair in enumerate(disclosure.economic):
        path = ("基本支出经济科目", i)
        yield "部门预算支出经济分类", pair.department, (*path, "部门经济科目")
        if pair.government is not None:
            yield "政府预算支出经济分类", pair.government, (*path, "政府经济科目")
    for i, code in enumerate(disclosure.publication.blank_classes):
        yield "功能分类", code, ("公开方式", "无数据科目类", i)
    for entry in disclosure.keyed_projects():
        if entry.project.code is not None:
            yield "功能分类", entry.project.code, (*entry.path, "科目")


def _unknown_codes(disclosure: Disclosure, source: SourceTree, names: Names) -> Iterator[Finding]:
    for classification, code, path in _coded(disclosure):
        unknown = [
            parent for parent in with_parents(code) if not names.subject(classification, parent)
        ]
        if not unknown:
            continue
        *above, last = unknown
        message = f"{classification}目录中没有科目 {last}" + (f"（{code} 的上级）" * (last != code))
        message += f"，也没有它的上级 {'、'.join(above)}" if above else ""
        subjects = names.catalogue.list_of(classification)
        message += "".join(_ended(each) for each in subjects.of(last)[-1:])
        near = nearest_code(last, subjects.confirmed_last())
        known = f"{near}（{names.subject(classification, near)}）" if near else ""
        hint = f"是不是 {known}？" if near else _no_code_near(last, names, classification)
        names_of = "它和上级的名称" if above else "它的名称"
        remedy = f"{hint}确有此科目时，在“补充科目”的“{classification}”里写上{names_of}"
        yield Finding("E205", message, remedy, source.place(path))


def _ended(subject: Subject) -> str:
    return f"；目录记着它（{subject.name}）只到 {subject.until} 年，没有见到原文"


def _no_code_near(code: str, names: Names, classification: str) -> str:
    above = with_parents(code)[:-1]
    name = names.subject(classification, above[-1]) if above else None
    within = f" {above[-1]}（{name}）下" if name else ""
    return f"目录里{within}没有相近的编码，先核对编码。"


def _extra_subjects(disclosure: Disclosure, source: SourceTree, names: Names) -> Iterator[Finding]:
    extra = disclosure.extra_subjects
    for classification, subjects in (
        ("功能分类", extra.functional),
        ("部门预算支出经济分类", extra.department_economic),
        ("政府预算支出经济分类", extra.government_economic),
    ):
        for code, name in subjects.items():
            known = names.catalogue_name(classification, code)
            place = source.place(("补充科目", classification, code))
            if known is None:
                message = f"科目 {code}（{name}）目录未收录，按数据打印"
                yield Finding("W211", message, "核对编码和名称", place)
            elif known != name:
                message = f"科目 {code} 写作“{name}”，目录为“{known}”"
                if code in names.catalogue.list_of(classification).unread:
                    yield Finding("N228", f"{message}（目录未见原文）", "与批复核对名称", place)
                else:
                    yield Finding("W210", message, "核对名称；与目录相同时不必填写", place)


def _duplicates(disclosure: Disclosure, source: SourceTree) -> Iterator[Finding]:
    lists: dict[str, list[str]] = {
        "收支": [line.code for line in disclosure.subjects],
        "基本支出经济科目": [
            "/".join(filter(None, (pair.department, pair.government)))
            for pair in disclosure.economic
        ],
        "政府性基金收入": [line.code for line in disclosure.fund_revenue],
        "国有资本经营收入": [line.code for line in disclosure.capital_revenue],
        "机关运行经费": [line.unit for line in disclosure.operating_funds],
        "项目": [line.unit for line in disclosure.projects],
    }
    for section, keys in lists.items():
        first: dict[str, int] = {}
        for i, key in enumerate(keys):
            if key in first:
                met = source.place((section, first[key]))
                where = met.spot or f"{met.file.name} 第 {met.line} 行"
                message = f"“{section}”里 {key} 重复，第一次在{'' if met.spot else ' '}{where}"
                place = source.place((section, i))
                yield Finding("E206", message, "合并成一条，或改正写错的一条", place)
            first.setdefault(key, i)
