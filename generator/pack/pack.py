"""Loads a template pack from its folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from msgspec import Struct, field
from pydantic import Field

from generator.compute.ledger.entries import Book
from generator.compute.statements.definition import ConditionDefinition, StatementDefinition
from generator.compute.statements.lint import lint
from generator.core.dates import USUAL_DATE, read_any_date, written_date
from generator.core.findings import Finding, Location, UnusableInputError, has_errors
from generator.core.memo import Memory
from generator.core.text.patterns import late_pattern
from generator.load.validation import validate
from generator.load.yaml.tree import SourceTree
from generator.model.base import DatePattern, Flag, Model, Text
from generator.model.disclosure import FormPosition, Term
from generator.model.vocabulary import Vocabulary
from generator.pack.checks.key_figures import Places, check_places
from generator.pack.checks.phrases import Phrases
from generator.pack.checks.relations import Relation, RelationFile, RuleDefinition, read_relations
from generator.pack.complete import STATEMENTS, missing_files
from generator.pack.forms import MODELS, FormDefinition, FormFile, Forms
from generator.pack.levels import LevelDefinition
from generator.pack.numbers import NumberSettings
from generator.pack.outline import Outline
from generator.pack.sheet import SheetDefinition, check_sheet
from generator.pack.sources import PackFiles, WasRead, validated
from generator.pack.text_style import TextStyle, text_style
from generator.pack.theme import Theme

_STAMP = late_pattern(r"\d{14}")
Percentage = Annotated[Decimal, Field(ge=0, le=100)]


class YearComparison(Model):
    """A figure that the text compares with last year's, by their addresses."""

    current: Text = Field(alias="本年")
    prior: Text = Field(alias="上年")
    reasoned: Flag = Field(default=True, alias="写原因", description="增减后面印不印原因")
    part_of: Text | None = Field(
        default=None, alias="属于", description="所属的总数：两者增减相同的，写一处原因即可"
    )
    economic: ConditionDefinition = Field(
        default_factory=dict,
        alias="经济科目",
        description="基本支出经济科目中构成这个数的明细（条件），用来说明增减",
    )


class ReasonSettings(Model):
    """How automatic reasons choose what they name (变动说明)."""

    covered: Percentage = Field(
        default=Decimal(80), alias="说明到", description="点名的变动占全部变动的百分比，到此为止"
    )
    most: Annotated[int, Field(ge=1, le=8)] = Field(
        default=3, alias="最多", description="最多点名几项"
    )
    smallest: Percentage = Field(
        default=Decimal(5), alias="最小", description="占全部变动不足这个百分比的不点名"
    )
    by_part: Flag = Field(
        default=False,
        alias="收入支出分项",
        description="情况说明 二 至 四 也写各项来源、各类支出比上年的增减",
    )


class ChartSettings(Model):
    """Which charts are drawn besides those of the structure of income and expenditure."""

    waterfall: Flag = Field(
        default=False, alias="变动瀑布图", description="从上年到本年，由各项变动逐步相加"
    )
    single: Flag = Field(
        default=False, alias="单条图", description="只有一条的条形图也画；一条什么也比不出来"
    )


class Attached(StrEnum):
    """A file that travels in the PDF."""

    STATEMENTS = "报表"
    FIGURES = "数字"


class TotalDefinition(Model):
    """A sum of leaves that no statement prints and the text needs; 合计数 of pack.yaml."""

    book: Book = Field(alias="账")
    condition: ConditionDefinition = Field(default_factory=dict, alias="条件")


class PackSettings(Model):
    """pack.yaml of a pack."""

    name: Text = Field(alias="名称")
    statements: Text = Field(default=STATEMENTS, alias="报表", description="报表定义所在的子目录")
    form_position: FormPosition = Field(default=FormPosition.APPENDIX, alias="绩效目标表位置")
    form_index: Flag = Field(default=True, alias="绩效目标表索引")
    texts: dict[Text, Text] = Field(default_factory=dict, alias="文字")
    summary: dict[Text, Text] = Field(
        default_factory=dict, alias="摘要", description="名称: 数字地址"
    )
    totals: dict[Text, TotalDefinition] = Field(
        default_factory=dict, alias="合计数", description="数字地址: 报表里没有、文字要用的合计"
    )
    comparisons: dict[Text, YearComparison] = Field(default_factory=dict, alias="比较")
    levels: tuple[LevelDefinition, ...] = Field(default=(), alias="分级比较")
    reasons: ReasonSettings = Field(default_factory=ReasonSettings, alias="变动说明")
    charts: ChartSettings = Field(default_factory=ChartSettings, alias="图")
    attached: tuple[Attached, ...] = Field(
        default=(),
        alias="PDF附带",
        description="PDF 里附带的文件：报表（电子表格）、数字（.figures.json，含元级明细）",
    )
    date: DatePattern | None = Field(
        default=None,
        alias="日期",
        description="全文日期的 CLDR 格式，如 y年M月d日、y.MM.dd；不写的照数据里所写的印",
    )
    numbers: NumberSettings = Field(default_factory=NumberSettings, alias="数字")

    @property
    def date_pattern(self) -> str:
        """How dates are printed and read."""
        return self.date or USUAL_DATE

    def dated(self, text: str) -> str:
        """A date of the data as the document prints it; other words stay as they are.

        Of a stamp with hours, minutes and seconds (14 digits) the day is printed.
        """
        if self.date is None:
            return text
        day = read_any_date(text[:8] if _STAMP.fullmatch(text) else text, self.date)
        return written_date(day, self.date) if day else text


class Glossary(Model):
    """glossary.yaml of a pack; the file is a plain list."""

    terms: tuple[Term, ...] = Field(alias="名词解释")


class Pack(Struct, frozen=True):
    """A template pack, loaded and checked.

    ``rules`` are its own, with their words, and ``relations`` is what they ask for.
    ``distribution`` is the name of the installed distribution that brings it, and more rules.
    """

    folder: Path
    settings: PackSettings
    theme: Theme
    theme_source: SourceTree
    vocabulary: Vocabulary
    outline: Outline
    statements: tuple[StatementDefinition, ...]
    glossary: tuple[Term, ...]
    phrases: Phrases = field(default_factory=Phrases)
    rules: tuple[RuleDefinition, ...] = ()
    relations: tuple[Relation, ...] = ()
    places: Places = field(default_factory=Places)
    forms: Forms = field(default_factory=Forms)
    distribution: str = ""
    sheet: SheetDefinition = field(default_factory=SheetDefinition)

    @property
    def format(self) -> str:
        """What reports call its format: its own name, and that of its folder."""
        return f"{self.settings.name}（{self.folder.name}）"

    @property
    def text_style(self) -> TextStyle:
        """How its sentences print money and say changes."""
        return text_style(
            self.settings.numbers.money,
            self.vocabulary.change_words,
            self.statements,
            self.settings.date_pattern,
        )


_LOADED = Memory[tuple[Path, str], tuple[Pack, WasRead]](__name__, most=16)
"""The last packs, by folder and distribution, with what they were loaded from."""


def load_pack(folder: Path, distribution: str = "") -> Pack:
    """Loads a pack; of one whose files are as they were, the same pack as before.

    Args:
        folder: where it is.
        distribution: the installed distribution that brings it, if one does.

    Raises:
        UnusableInputError: with every file that it lacks, and every problem of the others.
    """
    known = _LOADED.get((folder, distribution))
    if known is not None and known[1].still_in(folder):
        return known[0]
    files = PackFiles(folder, list(missing_files(folder)))
    pack = _loaded(files, distribution)
    if not files.told:
        read = WasRead(files.read, pack.settings.statements, files.listed(pack.settings.statements))
        _LOADED.put((folder, distribution), (pack, read))
    return pack


def _loaded(files: PackFiles, distribution: str) -> Pack:
    folder, findings = files.folder, files.findings
    if not folder.is_dir():
        raise UnusableInputError(findings)
    settings = files.model("pack.yaml", PackSettings)
    theme_source = files.source("theme.yaml")
    theme = validated(theme_source, Theme, findings)
    glossary = files.model("glossary.yaml", Glossary)
    vocabulary = files.model("vocabulary.yaml", Vocabulary)
    outline = files.model("outline.yaml", Outline)
    below = settings.statements if settings else STATEMENTS
    statements = [
        _statement(files.source(file.relative_to(folder)), vocabulary, findings)
        for file in files.statements(below)
    ]
    findings.extend(_same_numbers(folder / below, statements))
    forms = _forms(files)
    phrases = files.model("checks/phrases.yaml", Phrases)
    loaded = tuple(statement for statement in statements if statement is not None)
    rules, relations = _relations(files.source("checks/relations.yaml"), loaded, findings)
    places = _places(files.source("checks/places.yaml"), loaded, findings)
    if outline:
        findings.extend(_no_sections(folder, outline, phrases or Phrases(), places))
    sheet = _sheet(files.source("checks/sheet.yaml"), outline, loaded, findings)
    if not (settings and theme and glossary and vocabulary and outline) or has_errors(findings):
        raise UnusableInputError(findings)
    return Pack(
        folder,
        settings,
        theme,
        theme_source,
        _with_comparisons(vocabulary, settings.comparisons).with_forms(forms.names),
        outline,
        tuple(map(settings.numbers.completed, loaded)),
        glossary.terms,
        phrases=phrases or Phrases(),
        rules=rules,
        relations=relations,
        places=places,
        forms=forms,
        distribution=distribution,
        sheet=sheet,
    )


def _with_comparisons(vocabulary: Vocabulary, compared: Mapping[str, YearComparison]) -> Vocabulary:
    """The vocabulary with the names that 比较 gives to reasons and to last year's amounts."""
    prior = tuple(name for name, each in compared.items() if each.prior == f"上年/{name}")
    return vocabulary.model_copy(update={"comparisons": tuple(compared), "prior_amounts": prior})


def _relations(
    source: SourceTree, statements: Sequence[StatementDefinition], findings: list[Finding]
) -> tuple[tuple[RuleDefinition, ...], tuple[Relation, ...]]:
    """The rules and their reconciliations; not read if a statement that they need could not be."""
    if has_errors(findings):
        return (), ()
    loaded = validate(RelationFile, source.data, source) if source.data is not None else None
    relations = read_relations(loaded, statements, source) if loaded is not None else ()
    findings.extend(source.findings)
    return loaded.rules if loaded is not None else (), relations


def _no_sections(
    folder: Path, outline: Outline, phrases: Phrases, places: Places
) -> Iterator[Finding]:
    """What the checks of a pack name as a section and its outline does not have."""
    named = {
        "checks/phrases.yaml": (*phrases.reasons.required, *phrases.reasons.nested),
        "checks/places.yaml": tuple(each.section for each in places.nothing),
    }
    for file, names in named.items():
        for name in dict.fromkeys(names):
            if name not in outline.by_id:
                message = f"outline.yaml 里没有“{name}”"
                remedy = f"写情况说明里一节的“名”：{'、'.join(outline.composed)}"
                yield Finding("E304", message, remedy, Location(folder / file))


def _places(
    source: SourceTree, statements: Sequence[StatementDefinition], findings: list[Finding]
) -> Places:
    """Where the statements hold what the text speaks of; nothing if no file says so."""
    if has_errors(findings):
        return Places()
    loaded = validate(Places, source.data, source) if source.data is not None else None
    if loaded is not None:
        check_places(loaded, statements, source)
    findings.extend(source.findings)
    return loaded or Places()


def _sheet(
    source: SourceTree,
    outline: Outline | None,
    statements: Sequence[StatementDefinition],
    findings: list[Finding],
) -> SheetDefinition:
    """What the check sheet is like; without a file everything follows from the outline."""
    if outline is None or has_errors(findings):
        return SheetDefinition()
    loaded = validate(SheetDefinition, source.data, source) if source.data is not None else None
    if loaded is not None:
        check_sheet(loaded, outline, statements, source)
    findings.extend(source.findings)
    return loaded or SheetDefinition()


def _forms(files: PackFiles) -> Forms:
    found: dict[str, FormDefinition] = {}
    for file in files.forms():
        form = _form(files.source(file.relative_to(files.folder)), files.findings)
        if form is not None and form.kind in found:
            message = f"有两个文件都是“{form.kind}”的表"
            files.findings.append(Finding("E304", message, "每种表写一个文件", Location(file)))
        elif form is not None:
            found[form.kind] = form
    return Forms.of(found.values())


def _form(source: SourceTree, findings: list[Finding]) -> FormDefinition | None:
    kind = source.data.get("表") if isinstance(source.data, dict) else None
    model = MODELS.get(kind) if isinstance(kind, str) else None
    if model is None:  # it is told which forms there are
        known = {"表": kind} if kind is not None else {}
        _ = validate(FormFile, known, source) if source.data is not None else None
        findings.extend(source.findings)
        return None
    return validated(source, model, findings)


def _same_numbers(
    folder: Path, statements: Sequence[StatementDefinition | None]
) -> Iterator[Finding]:
    numbers = Counter(statement.number for statement in statements if statement is not None)
    for number, times in numbers.items():
        if times > 1:
            message = f"有 {times} 个报表定义的表号都是“{number}”"
            yield Finding("E304", message, "给每张表不同的表号", Location(folder))


def _statement(
    source: SourceTree, vocabulary: Vocabulary | None, findings: list[Finding]
) -> StatementDefinition | None:
    """A statement; what it speaks of is held against the vocabulary, if that could be read."""
    loaded = validated(source, StatementDefinition, findings)
    if loaded is not None and vocabulary is not None:
        findings.extend(lint(loaded, source, vocabulary))
    return loaded
