"""Writes a clean, consistent data folder of an invented entity: nothing in it is to be found.

Basic expenditure is made from economic subjects, and functional items are their sums; project
expenditure is the sum of projects; prior years lie a step beside this year's amounts. Every
amount ends in odd 元, so that each printed cell is rounded on its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.generated_words import (
    CAPITAL,
    CITIES,
    ENTITY,
    FIELDS,
    FUND,
    GENERAL,
    REASONS,
    Field,
    Work,
)

RUNNING, INSTITUTION = "行政运行", "事业"
_PENSION, _ANNUITY, _HOUSING = "2080505", "2080506", "2210201"
_RETIRED = {RUNNING: "2080501", INSTITUTION: "2080502"}
_MEDICAL = {RUNNING: "2101101", INSTITUTION: "2101102"}

ADMINISTRATIVE = (  # department subject, government subject, functional item, 元 in thousands
    ("30101", "50101", RUNNING, (700, 1500)),
    ("30102", "50101", RUNNING, (400, 900)),
    ("30103", "50101", RUNNING, (100, 400)),
    ("30108", "50102", _PENSION, (200, 420)),
    ("30109", "50102", _ANNUITY, (100, 210)),
    ("30110", "50102", "医疗", (90, 190)),
    ("30113", "50103", _HOUSING, (160, 330)),
    ("30201", "50201", RUNNING, (30, 90)),
    ("30202", "50201", RUNNING, (8, 20)),
    ("30207", "50201", RUNNING, (9, 30)),
    ("30211", "50201", RUNNING, (20, 60)),
    ("30215", "50202", RUNNING, (5, 12)),
    ("30216", "50203", RUNNING, (6, 15)),
    ("30217", "50206", RUNNING, (9, 20)),
    ("30228", "50201", RUNNING, (18, 36)),
    ("30231", "50208", RUNNING, (40, 90)),
    ("30239", "50201", RUNNING, (90, 200)),
    ("30299", "50299", RUNNING, (12, 40)),
    ("30302", "50905", "离退休", (60, 150)),
)
INSTITUTIONAL = (
    ("30101", "50501", INSTITUTION, (600, 1200)),
    ("30107", "50501", INSTITUTION, (500, 900)),
    ("30108", "50501", _PENSION, (170, 330)),
    ("30109", "50501", _ANNUITY, (85, 165)),
    ("30110", "50501", "医疗", (80, 150)),
    ("30113", "50501", _HOUSING, (130, 260)),
    ("30201", "50502", INSTITUTION, (20, 70)),
    ("30206", "50502", INSTITUTION, (15, 60)),
    ("30211", "50502", INSTITUTION, (8, 30)),
    ("30217", "50502", INSTITUTION, (2, 8)),
    ("30228", "50502", INSTITUTION, (12, 30)),
    ("30231", "50502", INSTITUTION, (20, 45)),
    ("30299", "50502", INSTITUTION, (9, 30)),
    ("30302", "50905", "离退休", (50, 120)),
    ("31002", "50601", INSTITUTION, (10, 30)),
)
_PURCHASE = {RUNNING: ("31013", "50303"), INSTITUTION: ("31013", "50601")}
_VEHICLE_RUNNING, _RECEPTION, _VEHICLE_PURCHASE = "30231", "30217", "31013"
_LEVELS = {"中央": "中央财政资金", "省级": "省级财政资金", "市级": "市县（区）财政资金"}
_NATURES = {1: ("一次性项目（1年结束）", "1年"), 3: ("延续性项目（阶段开展）", "3年")}


@dataclass(frozen=True)
class _Task:
    """A project of one unit."""

    unit: str
    work: Work
    name: str
    amount: int
    carry_over: bool = False

    @property
    def level(self) -> str:
        """Who pays, as the name states it; the city where it states nothing."""
        return next((_LEVELS[k] for k in _LEVELS if f"（{k}）" in self.name), _LEVELS["市级"])


class _Entity:
    """Everything decided about one entity, and the sections of its data made from it."""

    def __init__(self, seed: int, units: int, projects: int, forms: bool) -> None:
        self.random = Random(seed)  # noqa: S311 - decides nothing secret
        self.year = 2025
        self.field: Field = FIELDS[seed % len(FIELDS)]
        self.city = CITIES[seed % len(CITIES)]
        self.department = self.city + self.field.department
        self.is_department = units > 0
        self.administrative = self.is_department or bool(seed % 2)
        self.forms = forms
        self.buys_vehicle = seed % 3 == 0
        self.units = self._unit_names(units)
        self.lines = self._basic_lines()
        self.tasks = [task for unit in self.units for task in self._tasks(unit, projects)]
        self.tasks.append(
            _Task(
                self.units[-1], self.field.carried, self.field.carried.name, self.odd(90, 400), True
            )
        )
        self.entity_basic = self.odd(30, 90)

    @property
    def name(self) -> str:
        """The publisher's full name."""
        return self.department if self.is_department or self.administrative else self.units[0]

    def odd(self, low: int, high: int) -> int:
        """An amount between so many thousand 元, with odd 元."""
        return self.random.randrange(low * 1000, high * 1000) | 1

    def _unit_names(self, units: int) -> list[str]:
        if not units:
            return [self.department if self.administrative else self.city + self.field.units[0]]
        known = self.field.units
        names = [known[n] if n < len(known) else f"城乡服务第{n}所" for n in range(units - 1)]
        return [f"{self.department}本级", *(self.city + name for name in names)]

    # money

    def _basic_lines(self) -> list[tuple[str, str, str, int]]:
        """Department subject, government subject, functional item, amount."""
        institutions = len(self.units) - self.administrative
        lines = self._scaled(ADMINISTRATIVE, RUNNING, int(self.administrative))
        lines += self._scaled(INSTITUTIONAL, INSTITUTION, institutions)
        if self.buys_vehicle:
            kind = RUNNING if self.administrative else INSTITUTION
            lines.append((*_PURCHASE[kind], self._item(kind, kind), self.odd(150, 180)))
        return lines

    def _scaled(
        self, table: Iterable[tuple[str, str, str, tuple[int, int]]], kind: str, units: int
    ) -> list[tuple[str, str, str, int]]:
        return [
            (department, government, self._item(item, kind), self.odd(low * units, high * units))
            for department, government, item, (low, high) in table
            if units
        ]

    def _item(self, item: str, kind: str) -> str:
        named = {
            RUNNING: self.field.administration,
            INSTITUTION: self.field.institution,
            "医疗": _MEDICAL[kind],
            "离退休": _RETIRED[kind],
        }
        return named.get(item, item)

    def _tasks(self, unit: str, projects: int) -> list[_Task]:
        works = self.field.works
        start = 0 if not self.is_department else self.units.index(unit) * projects
        tasks = []
        for n in range(projects):
            work = works[(start + n) % len(works)]
            batch = n // len(works)
            name = (
                work.name.replace("（", f"第{batch + 1}批（")
                if "（" in work.name
                else (f"{work.name}第{batch + 1}批")
            )
            tasks.append(_Task(unit, work, name if batch else work.name, self.odd(60, 1600)))
        return tasks

    def basic_of(self, *subjects: str) -> int:
        """Basic expenditure of the general public budget under department subjects."""
        return sum(line[3] for line in self.lines if line[0] in subjects)

    @cached_property
    def subjects(self) -> dict[str, dict[str, dict[str, Counter[str]]]]:
        """Functional item → budget year → basic or project → source → amount."""
        books: dict[str, dict[str, dict[str, Counter[str]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(Counter))
        )
        for _, _, item, amount in self.lines:
            books[item]["当年预算"]["基本支出"][GENERAL] += amount
        home = self.field.institution if len(self.units) > 1 else self.lines[0][2]
        books[home]["当年预算"]["基本支出"][ENTITY] += self.entity_basic
        if self.is_department:  # a unit's projects carry their item, and post to it by themselves
            for task in self.tasks:
                year = "上年结转" if task.carry_over else "当年预算"
                source = GENERAL if task.carry_over else task.work.source
                books[task.work.code][year]["项目支出"][source] += task.amount
        return books

    def project_sum(self, source: str) -> int:
        """This year's projects paid from a source."""
        return sum(t.amount for t in self.tasks if t.work.source == source and not t.carry_over)

    @property
    def total(self) -> int:
        """Income, and expenditure, of the year with what was carried over."""
        return self.basic_total + self.entity_basic + sum(task.amount for task in self.tasks)

    @property
    def basic_total(self) -> int:
        """Basic expenditure of the general public budget."""
        return sum(line[3] for line in self.lines)

    @property
    def operating_funds(self) -> int:
        """机关运行经费: 公用经费 of the administration, without running and buying vehicles."""
        return sum(
            amount
            for department, government, _, amount in self.lines
            if government.startswith("502") and department != _VEHICLE_RUNNING
        )

    @cached_property
    def prior(self) -> dict[str, Any]:
        """Last year's amounts, a step above or below this year's."""
        step = self.odd(60, 300) * self.random.choice((1, -1))
        running, reception = self.basic_of(_VEHICLE_RUNNING), self.basic_of(_RECEPTION)
        prior: dict[str, Any] = {
            "收入总计": self.total - step,
            "支出总计": self.total - step,
            "一般公共预算当年支出": self.basic_total
            + self.project_sum(GENERAL)
            - self.odd(50, 400),
            "三公经费": {
                "公务接待费": reception + self.odd(1, 4),
                "公务用车运行维护费": running + self.odd(2, 9),
            },
        }
        if self.administrative:
            step = self.odd(6, 20) * self.random.choice((1, -1))
            prior["机关运行经费"] = self.operating_funds - step
        return prior

    # sections

    def sections(self) -> dict[str, dict[str, Any]]:
        """The sections by file name."""
        files: dict[str, dict[str, Any]] = {
            "单位信息": self.entity_section(),
            "收支": {"收支": self.subject_section()},
            "基本支出经济科目": {"基本支出经济科目": self.economic_section()},
            "项目": {"项目": self.project_section()},
            "情况说明": self.explanation_section(),
        }
        if self.is_department:
            files["整体绩效目标表"] = {"整体绩效目标表": self.overall_section()}
        if self.forms:
            files["项目绩效目标表"] = {
                "项目绩效目标表": [self.form(t) for t in self.tasks if not t.carry_over]
            }
        return files

    def entity_section(self) -> dict[str, Any]:
        kind = "部门" if self.is_department else "单位"
        entity: dict[str, Any] = {"名称": self.name, "类型": kind, "年度": self.year}
        overview: dict[str, Any] = {"职责": list(self.field.duties)}
        if self.is_department:
            entity["二级预算单位"] = self.units
        else:
            staff = self.random.randrange(18, 40)
            overview["机构设置"] = [
                f"{self.name}内设{self.random.randrange(3, 8)}个科室，"
                f"核定编制{staff}名，现有在职人员{staff - 2}名。"
            ]
        position = "附录" if self.is_department else "正文"
        return {"单位信息": entity, "概况": overview, "公开方式": {"绩效目标表位置": position}}

    def subject_section(self) -> list[dict[str, Any]]:
        return [
            {
                "科目": code,
                **{y: {k: dict(funds) for k, funds in kinds.items()} for y, kinds in years.items()},
            }
            for code, years in sorted(self.subjects.items())
        ]

    def economic_section(self) -> list[dict[str, Any]]:
        pairs: Counter[tuple[str, str]] = Counter()
        for department, government, _, amount in self.lines:
            pairs[department, government] += amount
        return [
            {"部门经济科目": department, "政府经济科目": government, "金额": amount}
            for (department, government), amount in sorted(pairs.items())
        ]

    def project_section(self) -> list[dict[str, Any]]:
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for task in self.tasks:
            groups[task.unit].append(self._project(task))
        return [{"单位": unit, "项目": projects} for unit, projects in groups.items()]

    def _project(self, task: _Task) -> dict[str, Any]:
        project: dict[str, Any] = {"名称": task.name}
        if task.work.operation:
            project["类别"] = "其他运转类"
        if not self.is_department:
            project["科目"] = task.work.code
        year, source = ("上年结转", GENERAL) if task.carry_over else ("当年预算", task.work.source)
        project[year] = {source: task.amount}
        if not self.forms:
            project["公开绩效目标"] = "否"
        return project

    def explanation_section(self) -> dict[str, Any]:
        expenses = {
            "公务接待费": self.basic_of(_RECEPTION),
            "公务用车购置费": self.basic_of(_VEHICLE_PURCHASE),
            "公务用车运行维护费": self.basic_of(_VEHICLE_RUNNING),
        }
        sections: dict[str, Any] = {
            "上年预算数": self.prior,
            "变动原因": self.reasons(expenses),
            "三公经费": {name: {GENERAL: amount} for name, amount in expenses.items() if amount},
            "政府采购": {
                "货物": self.odd(80, 600),
                "工程": self.odd(90, 900),
                "服务": self.odd(60, 500),
            },
            "国有资产": self.assets(),
            "其他说明": {
                "政府购买服务指导性目录": f"{self.own_word}无政府购买服务预算。",
                "其他": f"{self.own_word}无其他需要说明的情况。",
            },
            "附件": [self.letter()],
        }
        if self.administrative:
            funds = {"单位": self.units[0], "金额": {GENERAL: self.operating_funds}}
            sections["机关运行经费"] = [funds]
        revenue = (
            ("政府性基金收入", FUND, "1030148", "国有土地使用权出让收入"),
            ("国有资本经营收入", CAPITAL, "1030601", "利润收入"),
        )
        for section, source, code, name in revenue:
            if amount := self.project_sum(source):
                sections[section] = [{"科目": code, "名称": name, "金额": amount}]
        return sections

    @property
    def own_word(self) -> str:
        """本部门 or 本单位."""
        return "本部门" if self.is_department else "本单位"

    def reasons(self, expenses: dict[str, int]) -> dict[str, str]:
        past = self.prior["三公经费"]
        vehicles = expenses["公务用车购置费"] + expenses["公务用车运行维护费"]
        changes = {
            "收入总计": self.total - self.prior["收入总计"],
            "支出总计": self.total - self.prior["支出总计"],
            "三公经费": sum(expenses.values()) - sum(past.values()),
            "公务接待费": expenses["公务接待费"] - past["公务接待费"],
            "公务用车购置及运行费": vehicles - past["公务用车运行维护费"],
            "公务用车运行维护费": expenses["公务用车运行维护费"] - past["公务用车运行维护费"],
            "公务用车购置费": expenses["公务用车购置费"],
        }
        if self.administrative:
            changes["机关运行经费"] = self.operating_funds - self.prior["机关运行经费"]
        words = {"project": self.tasks[0].name, "people": self.random.randrange(2, 6)}
        return {
            name: REASONS[name, change > 0].format(**words)
            for name, change in changes.items()
            if change
        }

    def assets(self) -> dict[str, Any]:
        held = {"机要通信用车": 1, "应急保障用车": 1, "事业单位业务用车": len(self.units)}
        return {
            "公务用车编制数": sum(held.values()) + 2,
            "实有车辆": held,
            "办公用房建筑面积": f"{self.random.randrange(90000, 990000) / 100:.2f}",
            "50万元以上通用设备": self.random.randrange(2, 9),
            "100万元以上通用设备": self.random.randrange(0, 2),
        }

    def letter(self) -> dict[str, Any]:
        return {
            "标题": "关于预算公开有关情况的说明",
            "主送": "市财政局",
            "正文": [f"{self.name}{self.year}年度预算已经批准，公开内容与批复一致。", "特此说明。"],
            "落款": self.name,
            "日期": f"{self.year}年2月{self.random.randrange(10, 21)}日",
        }

    # performance

    def overall_section(self) -> dict[str, Any]:
        staff = self.random.randrange(20, 40) * len(self.units)
        return {
            "部门名称": f"0{self.random.randrange(31, 89)}-{self.department}",
            "内设职能部门数": f"{self.random.randrange(8, 14)}个",
            "所属预算单位数": f"{len(self.units)}个",
            "核定的人员编制数": f"{staff}人",
            "实际在职人员总数": f"{staff - 3}人",
            "在编人员数": f"{staff - 4}人",
            "其他人员数": "1人",
            "部门职责": "".join(self.field.duties),
            "部门战略目标": self.field.strategy,
            "年度重点任务": [
                {"核心职能": f"职能{n}", "重点任务": f"{task.work.does}。"}
                for n, task in enumerate(self.tasks[:3], 1)
            ],
            "年度绩效目标": "按时足额拨付预算资金，完成年度重点任务，提高公共服务水平。",
            "年度绩效指标": {
                "产出指标": {
                    "数量指标": [{"指标": "项目执行数", "指标值": f"≥{len(self.tasks) - 1}个"}],
                    "质量指标": [{"指标": "重点任务完成率", "指标值": "100%"}],
                    "时效指标": [{"指标": "任务完成时间", "指标值": f"{self.year}年12月底前"}],
                    "成本指标": [{"指标": "预算执行偏差率", "指标值": "≤5%"}],
                },
                "效益指标": {
                    "社会效益指标": [{"指标": "公共服务水平", "指标值": "有效提升"}],
                    "可持续影响指标": [{"指标": "长效管理机制", "指标值": "持续健全"}],
                },
                "满意度指标": {
                    "服务对象满意度指标": [{"指标": "群众满意度", "指标值": "≥90%"}],
                },
            },
        }

    def form(self, task: _Task) -> dict[str, Any]:
        nature, term = _NATURES[task.work.years]
        yearly = {task.level: task.amount}
        whole = {task.level: task.amount * task.work.years}
        does, name, year = task.work.does, task.name, self.year
        last = year + task.work.years - 1
        return {
            "项目名称": name,
            "主管部门及代码": f"{self.code}-{self.department}",
            "实施单位": task.unit,
            "项目属性": nature,
            "项目期": term,
            "资金": {"实施期": whole, "年度": yearly},
            "项目概况": f"{task.unit}{does}，项目名称为{name}。",
            "立项依据": f"《{self.department}关于实施{name}的通知》"
            f"（{self.city[:2]}发〔{year - 1}〕{self.random.randrange(11, 99)}号）",
            "项目设立必要性": f"{task.work.benefit}与群众生活密切相关，需要安排专项资金。",
            "保证项目实施的制度、措施": f"执行《{task.unit}专项资金管理办法》，专款专用。",
            "项目实施计划": "一季度制定方案，二、三季度组织实施，四季度验收并开展自评。",
            "总体目标": {
                "实施期": f"到{last}年底完成{name}确定的任务，{task.work.benefit}得到改善。",
                "年度": f"{year}年{does}，按期完成年度任务。",
            },
            "绩效指标": self.indicators(task, last),
            "填报日期": f"{year}01{self.random.randrange(10, 29)}"
            f"{self.random.randrange(10, 18)}{self.random.randrange(10, 60)}"
            f"{self.random.randrange(10, 60)}",
        }

    @cached_property
    def code(self) -> str:
        """The number of the department in charge, as forms state it."""
        return f"0{self.random.randrange(31, 89)}"

    def indicators(self, task: _Task, last: int) -> dict[str, Any]:
        counted, unit = task.work.quantity
        number = self.random.randrange(12, 480)
        end = (
            {"指标值": f"{self.year}年12月底前"}
            if last == self.year
            else {"实施期": f"{last}年12月底前", "年度": f"{self.year}年12月底前"}
        )
        return {
            "产出指标": {
                "数量指标": [{"指标": counted, "指标值": f"≥{number}{unit}"}],
                "质量指标": [
                    {"指标": "验收合格率", "指标值": f"≥{self.random.randrange(90, 99)}%"}
                ],
                "时效指标": [{"指标": "任务完成时间", **end}],
                "成本指标": [
                    {"指标": "预算执行偏差率", "指标值": f"≤{self.random.randrange(2, 9)}%"}
                ],
            },
            "效益指标": {
                "社会效益指标": [{"指标": task.work.benefit, "指标值": "有效改善"}],
                "可持续影响指标": [{"指标": "长效管理机制", "指标值": "逐步健全"}],
            },
            "满意度指标": {
                "服务对象满意度指标": [
                    {"指标": "服务对象满意度", "指标值": f"≥{self.random.randrange(85, 96)}%"}
                ],
            },
        }


class _Dumper(yaml.SafeDumper):
    """Writes without anchors, which the data format does not allow."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def write_entity(
    folder: Path, *, seed: int = 1, units: int = 0, projects: int = 4, forms: bool = True
) -> Path:
    """Writes the data of an invented entity and returns the folder.

    Args:
        folder: where the YAML files go; made where it does not exist.
        seed: decides names and amounts; the same seed writes the same files.
        units: how many 二级预算单位 a 部门 has, the 本级 included; none makes a 单位.
        projects: how many projects each unit has this year; one more is carried over.
        forms: whether every project has its 绩效目标表.
    """
    return write_sections(folder, _Entity(seed, units, projects, forms).sections())


def write_sections(folder: Path, files: Mapping[str, Mapping[str, Any]]) -> Path:
    """Writes sections by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        text = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
