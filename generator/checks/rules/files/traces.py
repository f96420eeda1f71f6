"""What a file must not carry besides its pages when it is made public."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.asks import a_draft, a_file_of_kind
from generator.checks.rule import Check, Outcome, Passed, Rule, quoted_part
from generator.checks.text.person_names import masked_name, names_of_people
from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Trace
from generator.drafts.workbook.named import HIDDEN_KINDS, is_workbook
from generator.load.personal_data import masked, personal_numbers
from generator.pack.pack import Pack
from generator.reading.document import Origin, Passage, ReadDocument
from generator.reading.locations import place_at

_GROUP = "文件"
_PRACTICE = "预算公开审核惯例"
_LAW = "《个人信息保护法》；《政府信息公开条例》第十五条"

CHANGES = Rule(
    "E770",
    "留有修订痕迹",
    "Word 文件里没有还没接受或拒绝的修订（正文、页眉页脚、脚注、格式的修订都算）。",
    "删掉的旧数字、旧说法和修改人的姓名都还在文件里，任何人打开“修订”就能看到。",
    "在“审阅”里接受（或拒绝）所有修订，关掉“修订”，再保存",
    _PRACTICE,
    asks=(a_draft,),
)
REMARKS = Rule(
    "E771",
    "留有批注",
    "Word 文件和 PDF 里没有审阅人的批注、高亮、划线。",
    "批注是内部意见，连同批注人的姓名会一起公开。",
    "在“审阅”里删除文档中的所有批注，再保存；PDF 从没有批注的 Word 文件重新导出",
    _PRACTICE,
    asks=(a_draft,),
)
PROPERTIES = Rule(
    "E772",
    "文件属性里有个人信息",
    "作者、最后保存者、经理、自定义属性等文件属性里没有人名和个人的号码。单位名称和软件名称可以有。",
    "文件属性随文件一起公开，谁都能看到经办人的姓名和电话。",
    "在“文件—信息—检查文档”里删除文档属性和个人信息（WPS：“文件—文档加密—属性”），再保存",
    _LAW,
    asks=(a_draft,),
)
HIDDEN = Rule(
    "W773",
    "有隐藏文字",
    "文件里没有页面上看不见的文字：设为“隐藏”的（样式里设的也算）、与底色同色的、小到看不出的；"
    "PDF 还有页外、被盖住和不画出来的；工作簿还有隐藏的工作表、行、列，和合并单元格盖住的内容。",
    "隐藏文字看不见，但谁都能显示、复制、搜到；核对时不会有人看见它，它也不算文稿的文字。",
    "在 Word 里按 Ctrl+Shift+8 显示隐藏文字；白字、极小的字选中后改成黑色、常用字号就能看见；"
    "删去，或改成看得见的",
    _PRACTICE,
    asks=(a_draft,),
)
OTHER_YEAR = Rule(
    "W774",
    "页眉页脚的年度不对",
    "页眉、页脚里写的年度与文件的预算年度相同。",
    "多半是拿上年的文件改的，页眉页脚忘了改，每一页都印着上年。",
    "双击页眉或页脚，改成本年度；每一节的页眉页脚都要看",
    _PRACTICE,
    asks=(a_draft,),
)
MARGIN_MARK = Rule(
    "W775",
    "页眉页脚有送审的标记",
    "页眉、页脚里没有“送审稿”“征求意见稿”“内部资料”之类的字样。模板包列出的标记由 W746 检查。",
    "带着这些字样公开，等于把没有定稿的文件发了出去。",
    "双击页眉或页脚，删去这些字样；每一节的页眉页脚都要看",
    _PRACTICE,
    asks=(a_draft,),
)
CONTAINED = Rule(
    "W776",
    "文件里夹带别的东西",
    "文件里没有嵌入的文件（如整本的电子表格）、宏和指向别处的模板、链接。"
    "Word 的图自带的数据表，里面只有图上内容的不算。",
    "嵌入的表格常常带着没有公开的明细；宏会让人打不开文件；外部模板会泄露内部的路径，打开时还要去连。",
    "嵌入的表格改贴成普通表格；另存为不带宏的 .docx；在“开发工具—文档模板”里改回 Normal",
    _PRACTICE,
    asks=(a_draft,),
)
UNREAD = Rule(
    "W777",
    "有没能读出的内容",
    "文件里的内容都读得出来。嵌入的另一个文件、别的程序的对象里的文字读不出来，也就没有核对。",
    "没有读的内容对不对，谁也不知道；报告里的“通过”不包括它。",
    "在 Word 里把这部分改成普通的文字和表格，再核对一次",
    _PRACTICE,
    asks=(a_draft,),
)
ENCODING = Rule(
    "N778",
    "文字文件的编码",
    "文字文件（.txt）按 UTF-8 读；不是 UTF-8 而能确定是 UTF-16 或 GB18030 的，照那种编码读，"
    "并在这里说明。",
    "编码认错了，文字会成乱码，核对就没有意义。",
    "看一眼报告里引的文字对不对；另存为 UTF-8 就不再提示",
    _PRACTICE,
    asks=(a_file_of_kind(".txt"),),
)
RULES = (
    CHANGES,
    REMARKS,
    PROPERTIES,
    HIDDEN,
    OTHER_YEAR,
    MARGIN_MARK,
    CONTAINED,
    UNREAD,
    ENCODING,
)
_HIDDEN = ("隐藏文字", *HIDDEN_KINDS)
_CONTAINED = ("嵌入文件", "宏", "外部模板", "外部链接")
_OF_WORKBOOK = {
    "E771": "在“审阅”里删除所有批注，再保存",
    "W773": "在 Excel 里取消隐藏，看一遍；没有用的删去，再保存",
    "W776": "在“数据—编辑链接”里断开链接；删去嵌入的对象；另存为不带宏的 .xlsx",
    "W777": "照这里说的做，再核对一次",
}
_OF_PDF = {
    "E772": "在生成它的 Word 文件里删除文档属性和个人信息，再导出 PDF；"
    "或用 PDF 编辑软件清空“文档属性”",
    "W773": "用 PDF 编辑软件删去这些文字；或在生成它的文件里删去"
    "（隐藏的、白色的、极小的、页面以外的和被图形盖住的文字），再导出 PDF",
    "W774": "在生成它的 Word 文件里改每一节的页眉或页脚，再导出 PDF",
    "W775": "在生成它的 Word 文件里删去每一节页眉或页脚的这些字样，再导出 PDF",
    "W776": "用 PDF 编辑软件删去附件；或不带附件，重新导出 PDF",
}
"""What to do about a PDF; the remedies of the rules are for Word."""
_TITLES = frozenset({"标题", "主题", "关键词", "备注", "类别", "单位", "超链接基础"})
"""Properties that say what a document is about, not who wrote it."""
_YEAR = late_pattern(r"(?<!\d)(20\d\d)(?=年(?!\s*\d+\s*月))")
_MARK = late_pattern(
    r"(送审|征求意见|讨论|审核|审议|初)稿|内部(资料|文件|审核|使用)|仅供\S{0,4}(审核|审阅|参考)|(?<!政府)(绝密|机密)"
)


def _traces(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    if document.origin is Origin.DATA:
        return
    found = {trace.kind: trace for trace in document.facts.traces}
    for kind, rule in (("修订", CHANGES), ("批注", REMARKS), ("隐藏文字", HIDDEN)):
        if kind not in found:
            yield Passed(rule.code)
    told = {"修订": CHANGES, "批注": REMARKS, **dict.fromkeys(_HIDDEN, HIDDEN)}
    for kind, rule in told.items():
        if kind not in found:
            continue
        trace = found[kind]
        yield rule.finding(
            f"有 {trace.count} 处{kind}{_first(trace)}{_authors(trace)}",
            place_at(document.file, trace.spot),
            group=_GROUP,
            subjects=(f"{_GROUP}/{kind}",),
            excerpt=quoted_part(masked(trace.excerpt)),
            remedy=_remedy(document, rule),
        )
    contained = [found[kind] for kind in _CONTAINED if kind in found]
    if not contained:
        yield Passed(CONTAINED.code)
    for trace in contained:
        named = f"：{quoted_part(masked(trace.excerpt))}" if trace.excerpt else ""
        yield CONTAINED.finding(
            f"文件里有{trace.kind}（{trace.count} 个）{named}",
            place_at(document.file, trace.spot),
            group=_GROUP,
            subjects=(f"{_GROUP}/{trace.kind}",),
            remedy=_remedy(document, CONTAINED),
        )


def _remedy(document: ReadDocument, rule: Rule) -> str:
    """What to do about a file of its kind; ``""`` for what the rule says."""
    if document.file.suffix.lower() == ".pdf":
        return _OF_PDF.get(rule.code, "")
    return _OF_WORKBOOK.get(rule.code, "") if is_workbook(document.file) else ""


def _first(trace: Trace) -> str:
    return "" if trace.count == 1 or trace.spot is None else f"，第一处在{trace.spot}"


def _authors(trace: Trace) -> str:
    """Who made the traces; names of people are not spread."""
    shown_names = [
        masked_name(name) if names_of_people(name) else masked(name) for name in trace.authors
    ]
    return f"，作者：{'、'.join(dict.fromkeys(shown_names))}" if shown_names else ""


def _properties(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    if document.origin is Origin.DATA:
        return
    for label, text in document.facts.properties:
        kinds = [f"{number.kind} {number.shown}" for number in personal_numbers(text)]
        if label not in _TITLES:
            kinds += [f"人名 {masked_name(name)}" for name in names_of_people(text)]
        if not kinds:
            yield Passed(PROPERTIES.code)
            continue
        yield PROPERTIES.finding(
            f"文件属性“{label}”里疑似有{'、'.join(kinds)}",
            Location(document.file, spot=f"文件属性“{label}”"),
            group=_GROUP,
            subjects=(f"{_GROUP}/属性/{label}",),
            remedy=_remedy(document, PROPERTIES),
        )


def _margins(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    own = {*filter(None, (pack.settings.texts.get("审核标记", ""), *pack.phrases.review_marks))}
    for line in document.margins:
        years = {int(year) for year in _YEAR.findall(line.text)}
        if document.year and years and document.year not in years:
            message = f"这里写的是 {max(years)} 年，文件是 {document.year} 年度的"
            yield _margin_finding(document, OTHER_YEAR, line, message)
        elif years:
            yield Passed(OTHER_YEAR.code)
        mark = _MARK.search(line.text)
        if mark and not any(each in line.text for each in own):
            yield _margin_finding(document, MARGIN_MARK, line, f"这里印着“{mark[0]}”")
        else:
            yield Passed(MARGIN_MARK.code)


def _margin_finding(document: ReadDocument, rule: Rule, line: Passage, message: str) -> Outcome:
    return rule.finding(
        message,
        line.place,
        group=_GROUP,
        subjects=(f"{_GROUP}/页眉页脚",),
        excerpt=quoted_part(masked(line.text)),
        remedy=_remedy(document, rule),
    )


def _unread(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    if document.origin is not Origin.DATA and not document.unread:
        yield Passed(UNREAD.code)
    for line in document.unread:
        yield UNREAD.finding(
            line.text,
            line.place,
            group=_GROUP,
            subjects=(f"{_GROUP}/没有读的内容",),
            remedy=_remedy(document, UNREAD),
        )


def _encoding(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    if document.file.suffix.lower() == ".txt" and not document.facts.encoding:
        yield Passed(ENCODING.code)
    if document.facts.encoding:
        yield ENCODING.finding(
            f"文件不是 UTF-8，按 {document.facts.encoding} 编码读出",
            Location(document.file),
            group=_GROUP,
            subjects=(f"{_GROUP}/编码",),
        )


CHECKS: tuple[Check, ...] = (_traces, _properties, _margins, _unread, _encoding)
