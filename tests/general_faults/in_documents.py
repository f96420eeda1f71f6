"""Faults of a document as a whole."""

from __future__ import annotations

import re
from random import Random

from generator.core.records import replace
from generator.drafts.draft import Paragraph
from tests.general_faults.in_tables import coded_rows, title_of
from tests.general_faults.view import Changes, Fault, Group, Mutator, Planted, View, bare


def _entry(view: View, random: Random) -> Planted | None:
    entries = [at for at in view.contents if len(bare(view.text(at))) > 6]
    if not entries:
        return None
    at = random.choice(sorted(entries))
    line = view.lines[at]
    if not isinstance(line, Paragraph):
        return None
    place = random.choice([m.start() for m in re.finditer("[一-鿿]", line.text)][3:])
    new = line.text[:place] + line.text[place + 1 :]
    fault = Fault("目录与标题字句不同", Group.DOCUMENT, line.text, new)
    return fault, view.changed({at: replace(line, text=new)})


def _page_number(view: View, random: Random) -> Planted | None:
    pages = any(line.spot.kind == "页" for line in view.lines)
    entries = [at for at in view.contents if re.search(r"\D\d{1,3}$", view.text(at))]
    if not entries or not pages:
        return None
    at = random.choice(sorted(entries))
    line = view.lines[at]
    if not isinstance(line, Paragraph):
        return None
    new = re.sub(r"\d{1,3}$", lambda m: str(int(m[0]) + random.choice((1, 2, 3))), line.text)
    fault = Fault("目录页码错", Group.DOCUMENT, line.text[-40:], new[-12:])
    return fault, view.changed({at: replace(line, text=new)})


def _lost_table(view: View, random: Random) -> Planted | None:
    tables: dict[str, list[int]] = {}
    for at, _ in view.tables.items():
        title = title_of(view, at)
        if at not in view.forms and re.search("(总表|支出.*表|经费.*表)", title):
            tables.setdefault(title, []).append(at)
    wanted = {t: rows for t, rows in tables.items() if not re.search("项目|机关运行|绩效", t)}
    if not wanted:
        return None
    title = random.choice(sorted(wanted))
    changes: Changes = dict.fromkeys(wanted[title])
    for at, line in enumerate(view.lines):
        if isinstance(line, Paragraph) and _bare_title(line.text) == _bare_title(title):
            changes[at] = None
        if at in view.contents and _bare_title(bare(view.text(at))) == _bare_title(title):
            changes[at] = None
    return Fault("缺一张规定的报表", Group.DOCUMENT, title, ""), view.changed(changes)


def _bare_title(text: str) -> str:
    return re.sub(r"^(表[一二三四五六七八九十]+|\d{1,2}[.．])|\s", "", text)


def _lost_part(view: View, random: Random) -> Planted | None:
    names = [name for name in ("机构设置", "名词解释", "政府采购") if view.section(name)]
    if not names:
        return None
    name = random.choice(names)
    changes: Changes = dict.fromkeys(view.section(name))
    changes |= {at: None for at in view.contents if name in view.text(at)}
    if name == "政府采购":
        changes |= {at: None for at in view.sentences() if name in view.text(at)}
    return Fault("缺一部分规定的内容", Group.DOCUMENT, name, ""), view.changed(changes)


def _lost_items(view: View, _: Random) -> Planted | None:
    found = [
        at
        for at in coded_rows(view, 7)
        if re.search("一般公共预算支出", title_of(view, at)) and "基本" not in title_of(view, at)
    ]
    if not found:
        return None
    changes: Changes = dict.fromkeys(found)
    return Fault("功能科目没有到项", Group.DOCUMENT, title_of(view, found[0]), ""), view.changed(
        changes
    )


def _lost_note(view: View, random: Random) -> Planted | None:
    notes = [
        at
        for at, text in enumerate(view.texts())
        if re.match("注[:：]", text) and re.search("无数据|空表|没有", text)
    ]
    if not notes:
        return None
    at = random.choice(notes)
    return Fault("空表没有注", Group.DOCUMENT, title_of(view, at), ""), view.changed({at: None})


def _lost_term(view: View, random: Random) -> Planted | None:
    terms = ("机关运行经费", "“三公”经费", "基本支出", "项目支出")
    found = [
        (at, term)
        for at in sorted(view.section("名词解释"))
        for term in terms
        if re.match(rf"\W*[一二三四五六七八九十\d]*\W*{term}(预算)?[：:是指]", view.text(at))
        and any(term in view.text(other) for other in view.sentences())
    ]
    if not found:
        return None
    at, term = random.choice(found)
    return Fault("名词解释缺一个", Group.DOCUMENT, term, ""), view.changed({at: None})


IN_DOCUMENTS: tuple[tuple[str, Mutator], ...] = (
    ("目录与标题字句不同", _entry),
    ("目录页码错", _page_number),
    ("缺一张规定的报表", _lost_table),
    ("缺一部分规定的内容", _lost_part),
    ("功能科目没有到项", _lost_items),
    ("空表没有注", _lost_note),
    ("名词解释缺一个", _lost_term),
)
