"""Writes the files of a new data folder: what must be filled in is marked 待填.

Whatever stands in them outside comments is valid data, so that a check gives the list of what is
to be done, and no errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct

from generator.compute.ledger.entries import Book
from generator.load.catalogue import Catalogue, SubjectList
from generator.load.section_files import WORDS
from generator.load.yaml.marks import COMMENT
from generator.load.yaml.write import scalar_text
from generator.model.disclosure import EntityKind
from generator.model.form_names import HALVES, FormNames
from generator.model.vocabulary import SaidSection
from generator.pack.pack import Pack

_ITEM = 7
_SECTION = 5
"""Digits of codes of 项 and 款."""


class Beginning(Struct, frozen=True):
    """Who begins: name, year and kind, and the pack as it is named in the data."""

    name: str
    year: int
    kind: EntityKind
    pack_name: str


def skeleton(begin: Beginning, pack: Pack, catalogue: Catalogue) -> dict[str, bytes]:
    """The files of the folder by their names."""
    texts = _Texts(begin, pack, catalogue)
    files: dict[str, Iterable[str]] = {
        "单位信息.yaml": texts.entity(),
        "收支.yaml": texts.money(),
        "基本支出经济科目.yaml": texts.economic(),
        "项目.yaml": texts.projects(),
        WORDS: texts.words(),
    }
    if pack.vocabulary.forms.project is not None:
        files["项目绩效目标表.yaml"] = texts.project_forms()
    if pack.vocabulary.forms.overall is not None:
        if begin.kind is EntityKind.DEPARTMENT:
            files["整体绩效目标表.yaml"] = texts.overall_form()
        else:  # an example alone would be a file without content
            files["单位信息.yaml"] = chain(files["单位信息.yaml"], [""], texts.overall_form())
    return {name: "".join(f"{line}\n" for line in lines).encode() for name, lines in files.items()}


class _Texts:
    """The lines of each file."""

    def __init__(self, begin: Beginning, pack: Pack, catalogue: Catalogue) -> None:
        self._begin = begin
        self._pack = pack
        self._words = pack.vocabulary
        self._catalogue = catalogue
        self._general = self._words.general
        self._department = begin.kind is EntityKind.DEPARTMENT

    def entity(self) -> Iterator[str]:
        """单位信息, 概况, and what is seldom needed."""
        begin = self._begin
        yield "# 单位信息：谁公开、公开哪一年、按哪个模板包（disclosure packs 列出）。"
        yield "单位信息:"
        yield f"  名称: {scalar_text(begin.name)}"
        yield f"  类型: {begin.kind}      # 部门 或 单位"
        yield f"  年度: {begin.year}"
        yield f"  模板包: {scalar_text(begin.pack_name)}"
        if self._department:
            yield "  # 二级预算单位：含本级，按公开的次序，一行一个。"
            yield f"  二级预算单位:{COMMENT}待填"
            yield f"    - {scalar_text(begin.name + '本级')}"
        yield ""
        yield "# 概况：一段一条。例："
        yield "#   职责:"
        yield "#     - 1.贯彻执行……的方针政策和法律法规。"
        yield "#     - 2.承办……交办的其他任务。"
        yield "概况:"
        yield "  职责:"
        yield "    - 待填"
        if self._department:
            yield "  # 机构设置：可以不写，由二级预算单位名单生成；要写的，删去下面两行的 #。"
            yield "  # 机构设置:"
            yield "  #   - 本部门内设……"
        else:
            yield "  机构设置:"
            yield "    - 待填"
        yield ""
        yield "# 公开方式（可以不写）：公开为“本表无数据”的表。例："
        yield f"# 公开方式: {{无数据表: [{self._pack.statements[-1].number}]}}"
        yield ""
        yield "# 补充科目（可以不写）：科目目录没有收录的编码和名称。例："
        yield '# 补充科目: {功能分类: {"2019998": 某某支出}}'
        if self._words.own_texts:
            yield ""
            yield "# 补充文字：本地的文本要印、别处没有的文字。"
            yield "补充文字:"
            for name in self._words.own_texts:
                yield f"  {name}: 待填"

    def money(self) -> Iterator[str]:
        """收支 and the income of the funds."""
        code, name = _first(self._catalogue.functional, _ITEM)
        source = self._general
        yield "# 金额单位：元，只填明细；合计、占比、增减由程序计算。没有的金额不写。"
        yield f"# 资金来源：{'、'.join(self._words.sources)}"
        yield ""
        yield "# 收支：每个功能科目（项）一条。写了“科目”的项目计入该科目的项目支出，这里不填。例："
        yield "# 收支:"
        yield f'#   - 科目: "{code}"{COMMENT}{name}'
        yield "#     当年预算:"
        if self._divides:
            yield f"#       人员经费: {{{source}: 1932000}}"
            yield f"#       公用经费: {{{source}: 265000}}"
        else:
            yield f"#       基本支出: {{{source}: 1932000}}"
        yield f"#       项目支出: {{{source}: 500000}}"
        yield "#     上年结转:"
        yield f"#       项目支出: {{{source}: 120000}}"
        yield f"收支: []{COMMENT}待填（每个功能科目的项一条）"
        yield ""
        yield "# 政府性基金收入、国有资本经营收入（可以不写）：报表要分科目列的才写。例："
        for section in ("政府性基金收入", "国有资本经营收入"):
            yield f'# {section}: [{{科目: "1030148", 名称: 某某收入, 金额: 100000}}]'

    @property
    def _divides(self) -> bool:
        kind = self._begin.kind
        return any(
            statement.of(kind).asks(Book.BUDGET, "经费类型") for statement in self._pack.statements
        )

    def economic(self) -> Iterator[str]:
        """基本支出经济科目."""
        department, name = _first(self._catalogue.department_economic, _SECTION)
        government, other = _first(self._catalogue.government_economic, _SECTION)
        pairs = any(statement.shows("政府经济科目") for statement in self._pack.statements)
        pair = f', 政府经济科目: "{government}"' if pairs else ""
        names = f"{name} / {other}" if pairs else name
        yield f"# 基本支出经济科目：{self._general}安排的基本支出，到款；合计与收支里的相等。例："
        yield "# 基本支出经济科目:"
        yield f'#   - {{部门经济科目: "{department}"{pair}, 金额: 326400}}{COMMENT}{names}'
        what = "每对科目一条" if pairs else "每个科目一条"
        yield f"基本支出经济科目: []{COMMENT}待填（{what}，到款，没有基本支出的删去待填）"

    def projects(self) -> Iterator[str]:
        """项目."""
        code, name = _first(self._catalogue.functional, _ITEM)
        unit = self._begin.name
        classes = self._words.project_classes
        yield "# 项目：按单位列。类别可以不写，不写是" + classes.usual + "。例："
        yield "# 项目:"
        yield f"#   - 单位: {unit}"
        yield "#     项目:"
        yield "#       - 名称: 某某专项经费"
        yield f"#         类别: {classes.names[0]}"
        yield f'#         科目: "{code}"{COMMENT}{name}'
        yield f"#         当年预算: {{{self._general}: 500000}}"
        yield f"#         上年结转: {{{self._general}: 120000}}"
        yield "#         公开绩效目标: 否      # 不公开目标的才写"
        yield f"项目: []{COMMENT}待填（没有项目的删去这一行的待填）"

    def words(self) -> Iterator[str]:
        """三公经费 to 附件: what the text of the document needs."""
        yield from self._expenses()
        yield from self._last_year()
        yield from self._said()
        yield from self._optional()

    def _expenses(self) -> Iterator[str]:
        source = self._general
        yield "# 三公经费：四项，单位元。全都没有的，整栏写成 三公经费: 无"
        yield "三公经费:"
        for item in ("因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行维护费"):
            yield f"  {item}: {{{source}: 0}}{COMMENT}待填"
        yield ""
        yield "# 机关运行经费：按单位列；没有的写成 机关运行经费: 无。例："
        yield f"# 机关运行经费: [{{单位: {self._begin.name}, 金额: {{{source}: 985000}}}}]"
        yield f"机关运行经费: 无{COMMENT}待填（有的按单位填，没有的留“无”）"

    def _last_year(self) -> Iterator[str]:
        prior = [name for name in self._words.prior_amounts if name != "三公经费"]
        yield ""
        yield f"# 上年预算数（{self._begin.year - 1}年，元）：情况说明与它比较。"
        yield "# 有上年数据目录的不用填，改写："
        yield f"# 上年数据: ../{self._begin.name}-{self._begin.year - 1}"
        yield "上年预算数:"
        for name in prior:
            yield f"  {name}: 0{COMMENT}待填"
        yield "  三公经费:"
        for item in ("因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行维护费"):
            yield f"    {item}: 0{COMMENT}待填"
        yield ""
        lead = self._words.change_words.reason[0]
        yield f"# 变动原因：与上年相比有增减的才写，不写“{lead}”，不写句号。可写的名称："
        yield f"# {'、'.join(self._words.comparisons)}。例："
        yield "# 变动原因:"
        first = next(iter(self._words.comparisons), "收入总计")
        yield f"#   {first}: 新增某某专项经费50万元"

    def _said(self) -> Iterator[str]:
        asked = self._words.to_be_said
        yield ""
        yield "# 政府采购：货物、工程、服务，单位元。没有的整栏写成 政府采购: 无"
        yield from _marked("政府采购", ("货物", "工程", "服务"), SaidSection.PROCUREMENT in asked)
        yield ""
        yield f"# 国有资产：截至上年{self._words.asset_days[0]}。全都没有的整栏写成 国有资产: 无"
        yield "国有资产:"
        for kinds in filter(None, ["、".join(self._words.vehicles)]):
            example = f"实有车辆: {{{self._words.vehicles[0]}: 1}}"
            yield f"  # 实有车辆：分种类写辆数，如 {example}；种类：{kinds}"
        yield f"  实有车辆: 无{COMMENT}待填（有车辆的分类填写）"
        for asset in self._words.assets:
            yield f"  {asset.name}: 0{COMMENT}单位：{asset.unit}；待填"
        if SaidSection.SERVICES in asked:
            yield ""
            yield "# 其他说明：没有政府购买服务的写“无”。“其他”可以不写。"
            yield "其他说明:"
            yield f"  政府购买服务指导性目录: 无{COMMENT}待填"
            yield "  其他: 无"

    def _optional(self) -> Iterator[str]:
        if self._words.own_numbers:
            yield ""
            yield "# 补充数字（可以不写，那一句就不印）：文中要印、报表里没有的数。可写的名称："
            for number in self._words.own_numbers:
                yield f"#   {number.name}（{number.unit}）"
            yield f"# 例：补充数字: {{{self._words.own_numbers[0].name}: 1}}"
        if self._department:
            yield ""
            yield "# 绩效管理（可以不写，则等于二级预算单位数）。例："
            yield "# 绩效管理: {编报整体绩效目标单位数: 3}"
        yield ""
        yield "# 名词解释（可以不写，则印模板包的）。例："
        yield "# 名词解释: [{名词: 某某收入, 解释: 指……}]"
        yield ""
        yield "# 附件（可以不写）：附在后面的说明。例："
        yield "# 附件:"
        yield "#   - 标题: 情况说明"
        yield "#     正文: [我单位无……。]"
        yield f"#     落款: {self._begin.name}"
        yield ""
        yield "# 核对数（可以不写）：数字地址: 印出的文字，只用来核对。例："
        address = next(iter(self._pack.settings.summary.values()), "表一/合计/合计")
        yield f'# 核对数: {{{address}: "1234.56"}}'

    def project_forms(self) -> Iterator[str]:
        """项目绩效目标表, one for each project whose goals are published."""
        names = self._words.forms.project or FormNames(())
        yield "# 项目绩效目标表：公开绩效目标的项目每个一张，资金单位元。例："
        yield "# 项目绩效目标表:"
        dash = "- "
        for key in names.fields:
            value = _form_example(key, names, self._unit)
            if value is not None:
                first, *rest = value
                yield f"#   {dash}{key}:{' ' + first if first else ''}"
                yield from (f"#     {line}" for line in rest)
                dash = "  "
        yield f"项目绩效目标表: []{COMMENT}待填（没有的删去这一行的待填）"

    @property
    def _unit(self) -> str:
        return self._begin.name

    def overall_form(self) -> Iterator[str]:
        """整体绩效目标表: 待填 for a department; for a unit, an example only."""
        names = self._words.forms.overall or FormNames(())
        lead = "" if self._department else "# "
        yield "# 整体绩效目标表：预算情况由数据计算，不填写。" + (
            "" if self._department else "要公开的，删去下面各行的 #。"
        )
        yield f"{lead}整体绩效目标表:"
        for key in names.fields:
            if key == "部门名称":
                yield f"{lead}  {key}: {scalar_text(self._begin.name)}"
            elif key == "年度重点任务":
                yield f"{lead}  {key}:"
                yield f"{lead}    - {{核心职能: 待填, 重点任务: 待填}}"
            elif key == "年度绩效指标":
                yield f"{lead}  {key}:"
                yield from (f"{lead}    {line}" for line in _indicators(names, "指标值"))
            else:
                yield f"{lead}  {key}: 待填"


def _marked(section: str, keys: tuple[str, ...], asked: bool) -> Iterator[str]:
    note = f"{COMMENT}待填" if asked else ""
    yield f"{section}:"
    yield from (f"  {key}: 0{note}" for key in keys)


def _first(subjects: SubjectList, digits: int) -> tuple[str, str]:
    """A code and its name for an example: the first that was read in a text."""
    read = ((code, name) for code, name in subjects.names.items() if code not in subjects.unread)
    return next(((code, name) for code, name in read if len(code) == digits), ("", ""))


def _form_example(key: str, names: FormNames, unit: str) -> list[str] | None:
    """What stands behind the key of a form in the example; the lines below it further on."""
    if key == "资金":
        fund = names.funds[0] if names.funds else ""
        return ["", *(f"  {half}: {{{fund}: 500000}}" for half in HALVES if half in names.halves)]
    if key == "总体目标":
        return ["", *(f"  {half}: 完成……" for half in HALVES if half in names.halves)]
    if key == "绩效指标":
        return ["", *(f"  {line}" for line in _indicators(names, _value_key(names)))]
    plain = {"项目名称": "某某专项经费", "实施单位": unit, "主管部门及代码": unit}
    return [plain.get(key, "……")]


def _value_key(names: FormNames) -> str:
    return "指标值" if set(HALVES) <= set(names.halves) else names.halves[-1]


def _indicators(names: FormNames, value: str) -> Iterator[str]:
    system = names.indicators or (("一级指标", ("二级指标",)),)
    for first, seconds in system:
        if seconds:
            yield f"{first}:"
            yield f"  {seconds[0]}:"
            yield f"    - {{指标: 待填, {value}: 待填}}"
