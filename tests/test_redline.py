"""``disclosure diff --format docx``: the draft with comments and tracked changes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from generator.compare.compare import compare_sides
from generator.compare.difference import Comparison, DifferenceKind
from generator.compare.redline.redline import redline
from generator.compare.redline.text import CharacterStretch, stretch
from generator.compare.side import Side, side_of_data, side_of_draft
from generator.drafts.docx.text import AcceptedText, W
from generator.pack.pack import Pack
from tests.conftest import UNIT, Sample

Element = etree._Element
OURS = "预算公开核对"


@dataclass
class Office:
    """Compares drafts of an office with its data and marks them."""

    data: Side
    pack: Pack
    clean: bytes
    folder: Path

    def draft(self, *changes: Callable[[Element], None]) -> Path:
        """A draft that is the generated document with changes of the office."""
        document = docx.Document(io.BytesIO(self.clean))
        for change in changes:
            change(document.element.body)
        path = self.folder / "草稿.docx"
        document.save(str(path))
        return path

    def compare(self, draft: Path | bytes) -> Comparison:
        if isinstance(draft, bytes):
            path = self.folder / "批注.docx"
            path.write_bytes(draft)
            draft = path
        return compare_sides(self.data, side_of_draft(draft, self.pack), self.pack)

    def redline(self, draft: Path) -> bytes:
        return redline(draft, self.compare(draft))


@pytest.fixture(scope="module")
def data(printed: Callable[[str], Sample], pack: Pack) -> Side:
    return side_of_data(printed(UNIT).composed, pack)


@pytest.fixture
def office(data: Side, printed: Callable[[str], Sample], pack: Pack, tmp_path: Path) -> Office:
    return Office(data, pack, printed(UNIT).file("docx"), tmp_path)


# What offices do to a draft


def text_of(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def holding(body: Element, tag: str, *texts: str) -> Element:
    """The first paragraph, row or table that holds these texts."""
    return next(e for e in body.iter(f"{W}{tag}") if all(text in text_of(e) for text in texts))


def table(body: Element, title: str) -> Element:
    """The table that follows a title."""
    heads = (p for p in body.iterchildren(f"{W}p") if text_of(p) == title)
    return next(next(heads).itersiblings(f"{W}tbl"))


def words(tag: str, within: str, old: str, new: str) -> Callable[[Element], None]:
    """Other words in the first paragraph or row that holds a text."""

    def change(body: Element) -> None:
        texts = holding(body, tag, within, old).iter(f"{W}t")
        text = next(text for text in texts if old in (text.text or ""))
        text.text = (text.text or "").replace(old, new, 1)

    return change


def without(tag: str, *texts: str) -> Callable[[Element], None]:
    """A paragraph, row or table less."""

    def change(body: Element) -> None:
        gone = holding(body, tag, *texts)
        gone.getparent().remove(gone)  # type: ignore[union-attr]

    return change


def subject_in_table_two(body: Element) -> None:
    row = holding(table(body, "2024年预算收入总表"), "tr", "208", "社会保障和就业支出")
    text = next(t for t in row.iter(f"{W}t") if t.text == "社会保障和就业支出")
    text.text = "社会保障与就业类支出"


def numbers_in_table_one(body: Element) -> None:
    """A number where none belongs, and none where one belongs."""
    first = table(body, "2024年预算收支总表")
    empty = holding(first, "tr", "三、国有资本经营预算").findall(f"{W}tc")[1].find(f"{W}p")
    assert empty is not None
    empty.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>5.00</w:t></w:r>"))
    cell = holding(first, "tr", "八、社会保障和就业支出").findall(f"{W}tc")[3]
    for run in list(cell.iter(f"{W}r")):
        run.getparent().remove(run)  # type: ignore[union-attr]


def paragraph_more(body: Element) -> None:
    own = holding(body, "p", "为全市退役军人（驻地部队官兵）服务")
    more = deepcopy(own)
    for run in more.findall(f"{W}r")[1:]:
        more.remove(run)
    next(more.iter(f"{W}t")).text = "另外承担局机关交办的其他临时性工作任务。"
    own.addnext(more)


def runs_of_the_office(body: Element) -> None:
    """A sentence in three runs, one bold, one inserted and one deleted by the office itself."""
    paragraph = holding(body, "p", "为副县级事业单位", "编制人数12名")
    properties = paragraph.find(f"{W}pPr")
    before, after = text_of(paragraph).split("12名，", 1)
    other = after.replace("三个", "两个")
    for child in list(paragraph):
        if child is not properties:
            paragraph.remove(child)
    content = parse_xml(
        f"""<w:p {nsdecls("w")}>
        <w:r><w:t>{before}1</w:t></w:r>
        <w:del w:id="900" w:author="甲"><w:r><w:delText>旧话</w:delText></w:r></w:del>
        <w:r><w:rPr><w:b/></w:rPr><w:t>5名，</w:t></w:r>
        <w:ins w:id="901" w:author="甲"><w:r><w:t>{other}</w:t></w:r></w:ins>
        </w:p>"""
    )
    paragraph.extend(list(content))


CHANGES = (
    words("p", "政府采购预算总额", "43.45", "53.45"),
    words("p", "政府采购预算总额", "政府采购工程预算", "政府购买工程类预算"),
    words("p", "单位：万元", "单位：万元", "单位：元"),
    words("tr", "年度资金总额", "771,000", "771,500"),
    words("tr", "慰问部队及干休所数量", "7个/年", "8个/年"),
    subject_in_table_two,
    numbers_in_table_one,
    runs_of_the_office,
    paragraph_more,
    without("p", "九、一般公共预算："),
    without("tbl", "项目名称", "自主就业退役士兵职业教育和技能培训生活补助费", "填报日期"),
)


# What Word makes of it


def body_of(content: bytes | Path) -> Element:
    source = io.BytesIO(content) if isinstance(content, bytes) else str(content)
    body: Element = docx.Document(source).element.body
    return body


def shown(body: Element) -> list[str]:
    """The text of every paragraph with all changes accepted."""
    return [AcceptedText().read(paragraph).text for paragraph in body.iter(f"{W}p")]


def reject(body: Element) -> Element:
    """Rejects our changes, as Word does."""
    for mark in [m for m in body.iter(f"{W}ins") if m.get(f"{W}author") == OURS]:
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    for mark in [m for m in body.iter(f"{W}del") if m.get(f"{W}author") == OURS]:
        for text in mark.iter(f"{W}delText"):
            text.tag = f"{W}t"
        for run in list(mark):
            mark.addprevious(run)
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    return body


def comments(content: bytes) -> list[tuple[str, str]]:
    """Our comments: what each says, and the paragraph it stands at."""
    document = docx.Document(io.BytesIO(content))
    places = {
        sign.get(f"{W}id"): next(sign.iterancestors(f"{W}p"))
        for sign in document.element.body.iter(f"{W}commentReference")
    }
    return [
        (comment.text, text_of(places[str(comment.comment_id)]))
        for comment in document.comments
        if comment.author == OURS
    ]


def comment_with(content: bytes, text: str) -> tuple[str, str]:
    return next(each for each in comments(content) if text in each[0])


# Both answers of the office


def test_accepting_all_changes_leaves_what_only_comments_can_say(office: Office) -> None:
    draft = office.draft(*CHANGES)
    kinds = Counter(each.kind for each in office.compare(draft).differences())
    assert set(kinds) >= {
        DifferenceKind.AMOUNT,
        DifferenceKind.TEXT,
        DifferenceKind.NAME,
        DifferenceKind.MISSING,
        DifferenceKind.ADDED,
    }
    left = Counter(each.kind for each in office.compare(office.redline(draft)).differences())
    assert left == {
        DifferenceKind.MISSING: kinds[DifferenceKind.MISSING],
        DifferenceKind.ADDED: kinds[DifferenceKind.ADDED],
    }


def test_rejecting_all_changes_gives_the_draft_back(office: Office) -> None:
    draft = office.draft(*CHANGES)
    assert shown(reject(body_of(office.redline(draft)))) == shown(body_of(draft))


def test_each_difference_has_one_comment(office: Office) -> None:
    draft = office.draft(*CHANGES)
    said = [text.splitlines()[0] for text, _ in comments(office.redline(draft))]
    assert sorted(said) == sorted(
        f"【{each.severity}·{each.kind}】{each.what}"
        for each in office.compare(draft).differences()
    )


def test_same_draft_same_bytes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = office.draft(*CHANGES)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    undated = office.redline(draft)
    assert office.redline(draft) == undated
    assert not list(body_of(undated).iterfind(f".//{W}ins[@{W}date]"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (first, *_) = body_of(office.redline(draft)).iterfind(f".//{W}ins[@{W}date]")
    assert first.get(f"{W}date") == "2023-11-14T22:13:20Z"


def test_draft_without_differences_stays_as_it_is(office: Office) -> None:
    draft = office.draft()
    assert parts(office.redline(draft)) == parts(draft.read_bytes())


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_other_parts_of_the_package_stay_as_they_are(office: Office) -> None:
    draft = office.draft(*CHANGES)
    before, after = parts(draft.read_bytes()), parts(office.redline(draft))
    changed = {name for name in after if before.get(name) != after[name]}
    assert set(before) <= set(after)
    assert changed == {
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
        "word/document.xml",
    }


# Single places


def test_number_in_a_cell(office: Office) -> None:
    content = office.redline(office.draft(words("tr", "208", "760.42", "706.42")))
    text, _ = comment_with(content, "760.42")
    assert "生成的文本：760.42\n文稿：706.42" in text
    assert "接受即采用生成的文本" in text
    assert tracked(body_of(content)) == [("706.42", "760.42")]


def tracked(body: Element) -> list[tuple[str, str]]:
    """Deleted and inserted words, paragraph by paragraph."""
    return [
        pair
        for paragraph in body.iter(f"{W}p")
        if any(pair := (ours(paragraph, "del", "delText"), ours(paragraph, "ins", "t")))
    ]


def ours(paragraph: Element, mark: str, text: str) -> str:
    marks = (m for m in paragraph.iter(f"{W}{mark}") if m.get(f"{W}author") == OURS)
    return "".join(t.text or "" for m in marks for t in m.iter(f"{W}{text}"))


def test_words_over_several_runs_keep_looks_and_changes_of_the_office(office: Office) -> None:
    body = body_of(office.redline(office.draft(runs_of_the_office)))
    paragraph = holding(body, "p", "为副县级事业单位")
    assert ours(paragraph, "del", "delText") == "15两"
    assert ours(paragraph, "ins", "t") == "12三"
    (bold,) = (r for r in paragraph.iter(f"{W}r") if text_of(r).startswith("名，"))
    assert bold.find(f"{W}rPr/{W}b") is not None
    theirs = [m for m in paragraph.iter(f"{W}ins", f"{W}del") if m.get(f"{W}author") == "甲"]
    assert "旧话" in [text for m in theirs for text in m.itertext()]
    assert all(m.getparent() is paragraph for m in paragraph.iter(f"{W}ins"))


def test_comments_of_the_office_survive(office: Office) -> None:
    draft = office.draft(*CHANGES)
    document = docx.Document(str(draft))
    run = next(p for p in document.paragraphs if "政府采购预算总额" in p.text).runs[0]
    document.add_comment(run, "请复核", author="甲", initials="甲")
    document.save(str(draft))
    content = office.redline(draft)
    found = {c.author: c.text for c in docx.Document(io.BytesIO(content)).comments}
    assert found["甲"] == "请复核"
    ids = [each.get(f"{W}id") for each in body_of(content).iter(f"{W}commentReference")]
    assert len(ids) == len(set(ids)) == len(comments(content)) + 1


def test_missing_row_is_noted_at_the_row_before(office: Office) -> None:
    def change(body: Element) -> None:
        row = holding(table(body, "2024年预算收入总表"), "tr", "20805")
        row.getparent().remove(row)  # type: ignore[union-attr]

    text, place = comment_with(office.redline(office.draft(change)), "缺失")
    assert "表二“20805" in text
    assert "文稿缺少的内容（约在此处之后）：20805" in text
    assert "接受" not in text
    assert place == "208"


def test_missing_form_is_noted_at_the_end_of_the_one_before(office: Office) -> None:
    change = without("tbl", "项目名称", "自主就业退役士兵职业教育和技能培训生活补助费", "填报日期")
    content = office.redline(office.draft(change))
    (number,) = (
        c.comment_id for c in docx.Document(io.BytesIO(content)).comments if "绩效目标表" in c.text
    )
    sign = body_of(content).find(f".//{W}commentReference[@{W}id='{number}']")
    assert sign is not None
    assert "2022年慰问驻军和军队离退休干部" in text_of(next(sign.iterancestors(f"{W}tbl")))


def test_indicator_is_changed_in_its_own_row(office: Office) -> None:
    def change(body: Element) -> None:
        """社保补贴 is named in a sentence of the same form, above the indicators."""
        row = next(r for r in body.iter(f"{W}tr") if "社保补贴" in cells_of(r))
        last = list(row.iter(f"{W}tc"))[-1]
        next(last.iter(f"{W}t")).text = "700元/月/人"

    body = body_of(office.redline(office.draft(change)))
    assert tracked(body) == [("700", "758.53")]


def cells_of(row: Element) -> list[str]:
    return [text_of(cell) for cell in row.iter(f"{W}tc")]


def test_moved_table_has_a_comment(office: Office) -> None:
    def change(body: Element) -> None:
        own = table(body, "2024年政府性基金预算收入表（不含上年结转）")
        head = list(own.itersiblings(f"{W}p", preceding=True))[:3][::-1]
        after = table(body, "2024年政府性基金预算支出表（不含上年结转）")
        note = next(after.itersiblings(f"{W}p"))
        below = next(own.itersiblings())
        for each in reversed([*head, own, below]):
            note.addnext(each)

    draft = office.draft(change)
    content = office.redline(draft)
    assert "位置" in comments(content)[0][0]
    assert not tracked(body_of(content))


def test_looks_are_no_difference(office: Office) -> None:
    draft = office.draft(words("p", "政府采购预算总额", "43.45", "43.45 "))
    assert not comments(office.redline(draft))


def test_text_box_is_changed_but_the_comment_stands_outside(office: Office) -> None:
    def change(body: Element) -> None:
        own = holding(body, "p", "为副县级事业单位", "编制人数12名")
        words("p", "为副县级事业单位", "编制人数12名", "编制人数15名")(body)
        frame = parse_xml(
            f"<w:p {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><w:r><w:pict><v:shape>"
            "<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r></w:p>"
        )
        own.addprevious(frame)
        next(frame.iter(f"{W}txbxContent")).append(own)

    body = body_of(office.redline(office.draft(change)))
    (box,) = body.iter(f"{W}txbxContent")
    assert ours(box, "del", "delText") == "15"
    assert not list(box.iter(f"{W}commentReference"))
    assert len(list(body.iter(f"{W}commentReference"))) == 1


# Which characters are meant


def paragraph(content: str) -> Element:
    element: Element = parse_xml(f"<w:p {nsdecls('w')}>{content}</w:p>")
    return element


def found(content: str, text: str, *, numbered: bool = False) -> list[str] | None:
    """The characters of a text that stand in a paragraph; ``None`` where that is not certain."""
    own = stretch([paragraph(content)], text, numbered=numbered)
    return None if own is None else list(held(own))


def held(own: CharacterStretch) -> Iterator[str]:
    for place in own.at:
        char = None if place is None else own.chars[place]
        yield "·" if char is None else (char.element.text or "")[char.offset]


def test_number_that_word_sets_stands_nowhere() -> None:
    assert found("<w:r><w:t>收入</w:t></w:r>", "一、收入", numbered=True) == list("··收入")
    assert found("<w:r><w:t>收入</w:t></w:r>", "一、收入") is None


def test_fields_and_deletions_are_passed_over() -> None:
    content = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>收</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:del><w:r><w:delText>支</w:delText></w:r></w:del><w:r><w:t>入</w:t></w:r>"
    )
    assert found(content, "收入") == list("收入")


def test_other_text_is_not_certain() -> None:
    assert found("<w:r><w:t>收入</w:t></w:r>", "支出") is None
