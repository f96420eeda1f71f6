"""An invented disclosure of another place's format, as text, HTML, Word and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import docx

Content = Sequence[str | list[list[str]]]
"""Headings (beginning with #), paragraphs, and tables as rows of cells."""

INVENTED: Content = (
    "#云台市测绘院2026年度预算信息",
    "预算单位：云台市测绘院",
    "#单位主要职能",
    "云台市测绘院承担本市基础测绘和地理信息服务，是公益一类事业单位。",
    "主要任务如下：",
    "1.负责基础测绘成果的采集、更新和保管。",
    "2.为城市规划和应急救援提供地图保障。",
    "#内设机构",
    "设办公室、测绘科、数据科3个科室。",
    "#2026年预算编制说明",
    "2026年收入预算356.20万元，其中：财政拨款收入320.20万元，比2025年预算增加18.40万元。",
    "支出预算356.20万元，其中：基本支出268.70万元，项目支出87.50万元。",
    "财政拨款收入增加的主要原因是新增地形图更新任务。",
    "#2026年财务收支预算总表",
    "编制单位：云台市测绘院　单位：元",
    [
        ["本年收入", "", "本年支出", ""],
        ["项目", "预算数", "项目", "预算数"],
        ["一、财政拨款收入", "3,202,000", "一、自然资源海洋气象等支出", "3,056,000"],
        ["二、事业收入", "360,000", "二、社会保障和就业支出", "306,000"],
        ["三、其他收入", "", "三、住房保障支出", "200,000"],
        ["收入总计", "3,562,000", "支出总计", "3,562,000"],
    ],
    "#2026年支出预算总表",
    "编制单位：云台市测绘院　单位：元",
    [
        ["类", "款", "项", "功能分类科目名称", "合计", "基本支出", "项目支出"],
        ["220", "", "", "自然资源海洋气象等支出", "3,056,000", "2,181,000", "875,000"],
        ["220", "01", "", "自然资源事务", "3,056,000", "2,181,000", "875,000"],
        ["220", "01", "09", "自然资源调查与确权登记", "875,000", "", "875,000"],
        ["220", "01", "50", "事业运行", "2,181,000", "2,181,000", ""],
        ["208", "", "", "社会保障和就业支出", "306,000", "306,000", ""],
        ["208", "05", "", "行政事业单位养老支出", "306,000", "306,000", ""],
        ["208", "05", "05", "机关事业单位基本养老保险缴费支出", "306,000", "306,000", ""],
        ["221", "", "", "住房保障支出", "200,000", "200,000", ""],
        ["合计", "", "", "", "3,562,000", "2,687,000", "875,000"],
    ],
    "注：本表不含上年结转。",
    "#其他情况",
    "（一）2026年安排出国经费0万元，与2025年持平。",
    "（二）截至2025年12月31日，共有车辆2辆，其中业务用车2辆。",
    "#采购计划表",
    [["品目", "数量", "金额"], ["无人机", "2", "46,000"], ["绘图仪", "1", "18,500"]],
    "本院没有政府性基金预算安排的支出。",
)


def as_text(content: Content = INVENTED) -> str:
    """Lines; the cells of a table with tabs between them."""
    lines: list[str] = []
    for each in content:
        if isinstance(each, str):
            lines.append(each.removeprefix("#"))
        else:
            lines += ["\t".join(row) for row in each]
    return "\n".join(lines) + "\n"


def as_html(content: Content = INVENTED) -> str:
    """Headings, paragraphs and tables with lines."""
    parts = []
    for each in content:
        if isinstance(each, str):
            tag = "h2" if each.startswith("#") else "p"
            parts.append(f"<{tag}>{escape(each.removeprefix('#'))}</{tag}>")
            continue
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in each)
        parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    style = "body{font-family:'Noto Serif CJK SC'} table{border-collapse:collapse}"
    style += " td{border:1px solid;padding:2px 4px;font-size:9px} @page{size:A4 landscape}"
    return f"<html><head><style>{style}</style></head><body>{''.join(parts)}</body></html>"


def write_word(file: Path, content: Content = INVENTED) -> None:
    """The same as a Word document."""
    document = docx.Document()
    for each in content:
        if isinstance(each, str):
            style = "Heading 2" if each.startswith("#") else None
            document.add_paragraph(each.removeprefix("#"), style)
            continue
        table = document.add_table(len(each), len(each[0]), style="Table Grid")
        for row, cells in zip(table.rows, each, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(file))


def write_invented(folder: Path, content: Content = INVENTED, *, pdf: bool = True) -> list[Path]:
    """The document in every format that is read."""
    (folder / "别处.txt").write_text(as_text(content), encoding="utf-8")
    (folder / "别处.html").write_text(as_html(content), encoding="utf-8")
    write_word(folder / "别处.docx", content)
    files = [folder / f"别处.{kind}" for kind in ("txt", "html", "docx")]
    if pdf:
        from weasyprint import HTML

        files.append(folder / "别处.pdf")
        HTML(string=as_html(content)).write_pdf(str(files[-1]))
    return files
