"""What an amount of a sentence is spoken of: a subject by its path, a kind of money, a total."""

from __future__ import annotations

from msgspec import Struct

from generator.checks.general.sentences.claims import ClaimedAmount
from generator.checks.general.tables.understood.kinds import ColumnKind
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded

_LEVELS = late_pattern(r"[（(]([类款项])[）)]")
_PATH_MARK = late_pattern(r"\s*[-—－–]+\s*|\s*[（(][类款项][）)]\s*")
_CODE = late_pattern(r"(?<!\d)(\d{7}|\d{5})(?!\d|\.\d|年)")
_QUOTES = late_pattern(r"[“”\"‘’'「」]")
_SUBJECT_END = late_pattern(r"(?:科目|预算数?|支出预算|安排|当年|合计|共计|为|是|共)+$")
_KIND_END = late_pattern(r"(?:预算数?|安排|当年|合计|共计|为|是|共)+$")
_SAID_AT_END = late_pattern(r"(?:为|是|共计?|合计|数)+$")
_YEARS = late_pattern(r"20\d\d\s*年度?|本年度?")

_KINDS = (
    (ColumnKind.VEHICLES, r"公务用车购置[及和与]运行(?:维护)?(?:费|经费|支出)?"),
    (ColumnKind.VEHICLES_BOUGHT, r"公务用车购置(?:费|经费|支出)?"),
    (ColumnKind.VEHICLES_RUN, r"公务用车运行(?:维护)?(?:费|经费|支出)?"),
    (ColumnKind.ABROAD, r"因公出国(?:[（(]境[）)])?(?:费用?|经费|支出)?"),
    (ColumnKind.RECEPTION, r"公务接待(?:费|经费|支出)?"),
    (ColumnKind.AGENCY, r"机关运行经费"),
    (ColumnKind.GENERAL, r"一般公共预算(?:(?:财政)?拨款(?:收入|支出)?|当年支出|支出)"),
    (ColumnKind.FUND, r"政府性基金(?:预算)?(?:(?:财政)?拨款(?:收入|支出)?|支出)"),
    (ColumnKind.STATE_CAPITAL, r"国有资本经营预算(?:(?:财政)?拨款(?:收入|支出)?|支出)"),
    (ColumnKind.APPROPRIATION, r"财政拨款(?:收入|支出|收支总)(?:预算)?"),
    (ColumnKind.TRADING, r"事业单位经营收入"),
    (ColumnKind.BUSINESS, r"事业收入"),
    (ColumnKind.OTHER_INCOME, r"其他收入"),
    (ColumnKind.BASIC, r"(?:一般公共预算)?(?:财政拨款|拨款)?(?:安排的?)?基本支出"),
    (ColumnKind.PROJECT, r"项目支出"),
    (ColumnKind.PERSONNEL, r"人员经费"),
    (ColumnKind.PUBLIC, r"(?:日常)?公用经费"),
)
_DISTINCT = frozenset({kind for kind, _ in _KINDS[:6]})
"""三公 and its parts, 机关运行经费: nothing else is called so, whoever's they are."""
_NOT_ALL = late_pattern("压减|压缩|节约|减少|增加|采购|其中|项目|用于|人均|每")
_WHOLE_KINDS = tuple(
    (kind, late_pattern(rf"(?:安排的?)?(?:{words})(?:支出|收入)?(?:当年)?(?:财政拨款)?"))
    for kind, words in _KINDS
)
_PUBLISHER = late_pattern(
    r"[^，。；]{2,40}?(?:局|委|委员会|办|办公室|院|中心|部|会|处|室|校|学|馆|站|所|队|厅|[本我]单位|[本我]部门)"
    r"(?=一般公共|政府性|国有资本|财政拨款|基本支出|项目支出)"
)
_OFFICIAL = late_pattern(r".{0,40}?(?:财政拨款安排的)?三公经费(?:财政拨款)?(?:支出)?")
_TOTALS = {
    "收入": late_pattern(r".{0,40}?(?:收入(?:总?预算|总计|预算总计)|预算总?收入|总收入)"),
    "支出": late_pattern(r".{0,40}?(?:支出(?:总?预算|总计|预算总计)|预算总?支出|总支出)"),
    "收支": late_pattern(r".{0,40}?(?:收支总预算|收支预算总计|预算收支总计)"),
}
_NOT_TOTAL = late_pattern(
    r"财政|拨款|基金|国有|公共|三公|采购|绩效|项目|基本|购买|事业|经营|结转|其他|[（(]|专户|资金|下属|所属"
)


class Spoken(Struct, frozen=True):
    """What an amount is spoken of.

    Attributes:
        names: the names of a subject from the upper ones down; its own is the last.
        code: its code, if the sentence gives it.
        kind: a kind of money that tables have a column or a row for.
        total: 收入, 支出 or 收支 for a total of the document; ``""`` for none.
        explicit: whether the words say that it is a subject: （项）, a path, a code.
    """

    names: tuple[str, ...] = ()
    code: str = ""
    kind: ColumnKind | None = None
    official: bool = False
    total: str = ""
    explicit: bool = False

    @property
    def is_distinct(self) -> bool:
        """Whether nothing else is called so, whoever's it is."""
        return self.official or self.kind in _DISTINCT


def spoken_of(amount: ClaimedAmount) -> Spoken | None:
    """What an amount is of, if its words say so by themselves."""
    return _spoken(amount.subject)


@memo(1 << 12)  # that an amount is in a list is asked of each of its amounts
def _spoken(subject: str) -> Spoken | None:
    words = _QUOTES.sub("", _YEARS.sub("", subject)).strip("，,、：: ")
    if code := _CODE.search(words):
        return Spoken(code=code[1], names=_names(words), explicit=True)
    if _LEVELS.search(words) or len(_PATH_MARK.split(words)) > 2:  # noqa: PLR2004
        names = _names(words)
        return Spoken(names=names, explicit=True) if names else None
    bare = _SUBJECT_END.sub("", words)
    if _OFFICIAL.fullmatch(bare) and not _NOT_ALL.search(bare):
        return Spoken(official=True)
    for part in (bare, words, _KIND_END.sub("", words)):  # 项目支出预算为 is 项目支出
        if kind := _kind(_PUBLISHER.sub("", part, count=1)):
            return Spoken(kind=kind)
    whole = _SAID_AT_END.sub("", words)
    for total, pattern in _TOTALS.items():
        if pattern.fullmatch(whole) and not _NOT_TOTAL.search(whole):
            return Spoken(total=total)
    return Spoken(names=(folded(bare),)) if bare.endswith("支出") else None


def _kind(words: str) -> ColumnKind | None:
    for kind, pattern in _WHOLE_KINDS:
        found = list(pattern.finditer(words))
        if not found or found[-1].end() != len(words):
            continue
        before = words[: found[-1].start()]
        if not before or (kind in _DISTINCT and not _NOT_ALL.search(before)):
            return kind
    return None


def without_kind(name: str) -> str:
    """A folded name of a subject without 支出, which sentences leave out: 社会保障和就业（类）."""
    return name.removesuffix("支出") or name


def _names(words: str) -> tuple[str, ...]:
    """The names of a path: 教育支出（类）普通教育（款）小学教育（项）."""
    last = list(_LEVELS.finditer(words))
    path = words[: last[-1].end()] if last else _SUBJECT_END.sub("", words)
    names = (folded(_CODE.sub("", name)).strip() for name in _PATH_MARK.split(path))
    return tuple(name for name in names if name)
