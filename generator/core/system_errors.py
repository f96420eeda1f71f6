"""Says in Chinese what YAML, Jinja, libxml2, WeasyPrint and the system complain about.

Whoever fills in a budget reads no English. A complaint that is not in the
table is told in general words, or quoted and marked as a quotation where it
is for the author of a template.
"""

from __future__ import annotations

import errno
import re

_WORDINGS: tuple[tuple[str, str], ...] = (
    (r"outline\.yaml 里(.+)", "{0}"),  # our own, of templates
    # YAML
    (r"mapping values are not allowed.*", "这里不该有冒号（文字里有“: ”时，整段加引号）"),
    (r"found a tab character.*", "缩进用了制表符（Tab），应当用空格"),
    (r"found character .*cannot start any token", "不能以这个符号开头（文字以符号开头时，加引号）"),
    (r"did not find expected alphabetic or numeric character", "不能以 & 或 * 开头（文字加引号）"),
    (r".*found another document.*", "一个文件里有两段（“---” 分开），只能有一段"),
    (r".*expected ',' or '\]'.*", "方括号 [ ] 没有配对，或两项之间缺逗号"),
    (r".*expected ',' or '\}'.*", "花括号 { } 没有配对，或两项之间缺逗号"),
    (r"found unexpected (end of stream|document indicator)", "引号没有配对"),
    (r"could not find expected ':'", "缺少冒号"),
    (r"(did not find )?expected (key|'-' indicator|<block end>).*", "缩进与上面不齐"),
    (r"block sequence entries are not allowed.*", "“- ”写在了不该写的地方"),
    (r"found (unknown escape character|invalid Unicode).*", "双引号里的反斜杠 \\ 写法不对"),
    (r"nested too deep", "层次太深"),
    (
        r"a template nested too deep",
        "一层套一层，套得太深（如括号、if、for），应当少套几层",
    ),
    # Jinja
    (r"Unexpected end of template.*to be closed is '([^']*)'.*", "到模板末尾“{1}”还没有结束"),
    (r"Encountered unknown tag '([^']*)'.*", "这里不该有标签“{1}”"),
    (r"No filter named '([^']*)'.*", "没有过滤器“{1}”"),
    (r"No test named '([^']*)'.*", "没有判断词“{1}”"),
    (r"expected token '([^']*)', got '([^']*)'", "应当是“{1}”，却是“{2}”"),
    (r"Expected an expression, got '([^']*)'", "应当是表达式，却是“{1}”"),
    (r"unexpected (?:char )?'([^']*)'.*", "不该有“{1}”"),
    (r"unexpected end of template.*|Missing end of .*", "到模板末尾还没有结束"),
    (r"'([^']*)' is undefined", "没有变量“{1}”"),
    (r"'?[^']*'? has no (?:attribute|element) '?([^']*)'?", "没有“{1}”这一项"),
    (r"'([^']*)' not found in search path.*", "没有模板文件“{1}”"),
    (r"'utf-8' codec can't decode.*", "模板文件不是 UTF-8 编码"),
    (r"'utf-8' codec can't encode.*", "写出了不成字的半个字符"),
    (r"kept part hides.*", "kept 里不能有 include、import、extends、block"),
    (r"maximum recursion depth exceeded.*", "模板互相引用，没有尽头"),
    (r"access to attribute '([^']*)' .*is unsafe.*", "模板不能用“{1}”，只能用列出的字段和函数"),
    (r"not callable: (.*)", "模板不能调用“{1}”，只能用列出的函数"),
    (r"neither text nor number", "要印的不是文字或数字（是一组内容，或一个函数）"),
    (r"more than (\d+) steps|Range too big.*", "循环太多，远远超出一份文本所需"),
    (r"more than (\d+) tags", "写出的标签太多，超过 {1} 个"),
    (r"more than (\d+) seconds", "运行了 {1} 秒还没有完"),
    (r"(?:a )?texts? of more than (\d+) characters", "写出的文字太长，超过 {1} 个字"),
    (r"(?:a list of )?more than (\d+) (?:items|pieces)", "一组内容太多，超过 {1} 项"),
    (r"a width of more than (\d+)", "宽度超过 {1}"),
    (r"a field whose name is odd", "“%(…)”里的名称没有写完，或太长，或带括号"),
    (r"a number of more than .*", "算出的数太大"),
    (r"the template is larger than (\d+) bytes", "模板文件太大，超过 {1} 字节"),
    (r"'([^']*)'", "没有“{1}”"),  # a KeyError
    # libxml2
    (r"Excessive depth in document.*", "标签一层套一层，套得太深"),
    (r"Opening and ending tag mismatch: (\S+) .*and ([^\s,]+).*", "标签 {1} 没有闭合，却遇到 /{2}"),
    (r"Premature end of data in tag (\S+).*", "标签 {1} 没有闭合"),
    (r"Entity '([^']*)' not defined.*", "不能用 &{1};，直接写这个字符"),
    (r"(?:xmlParseEntityRef: no name|EntityRef: expecting ';').*", "单独的 & 应当写成 &amp;"),
    (r"StartTag: invalid element name.*|Unescaped '<'.*", "单独的 < 应当写成 &lt;"),
    (r"Document is empty.*", "模板什么也没有写出"),
    (r"Start tag expected.*", "开头不是标签"),
    (r"Extra content at the end of the document.*", "</html> 之后还有内容"),
    (r"Attribute (\S+) redefined.*", "属性 {1} 写了两次"),
    (r"(?:AttValue: |Specification mandates? value).*", "属性没有写值，或值没有加引号"),
    (r"Namespace prefix (\S+) .*", "前缀 {1} 没有声明"),
    # WeasyPrint
    (r"Ignored `(.*)` at .*, unknown property.*", "没有这个样式属性：{1}"),
    (r"Ignored `(.*)` at .*", "样式的值不对：{1}"),
    (r"Parse error at (\d+):.*", "写出的样式表第 {1} 行有误"),
    (r"Failed to load (?:image|stylesheet) at '?([^' ]*)'? ?:.*", "读不出文件 {1}"),
    (r"Failed to render SVG image.*", "SVG 图形画不出来"),
    (r"Missing required \"lang\" attribute.*", "<html> 没有写 lang"),
    (r"Image \"(.*)\" has no required alt description", "图片 {1} 没有写 alt（说明文字）"),
    (r".*target points to undefined anchor (.*)|No anchor (\S+) .*", "引用的锚点不存在"),
    (r"Anchor defined twice: (.*)", "锚点 {1} 写了两次"),
    (r"This row has more columns than the table, ignored (\d+).*", "有一行多出 {1} 个单元格"),
)

_CAUSES = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读，不能写",
    errno.ENOENT: "不存在",
    errno.ENOTDIR: "路径中间有一段是文件，不是目录",
    errno.EEXIST: "已有同名的文件",
    errno.EISDIR: "它是目录，不是文件",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "正被占用",
    errno.EIO: "磁盘出错",
    errno.ENODEV: "不是普通文件（是管道、设备之类）",
    errno.ENXIO: "不是普通文件（是管道、设备之类）",
    errno.EFBIG: "文件太大",
    errno.ELOOP: "链接绕成了一圈",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
}


def in_chinese(complaint: str, otherwise: str | None = None) -> str:
    """Returns a complaint of a library in Chinese.

    Args:
        complaint: the words of the library.
        otherwise: what to say where the complaint is unknown; without it the complaint is quoted.
    """
    for pattern, wording in _WORDINGS:
        if match := re.fullmatch(pattern, complaint, re.DOTALL):
            return wording.format(complaint, *match.groups()) if match.groups() else wording
    return otherwise or f"原文是 {complaint}"


_OPEN_ELSEWHERE = (32, 33)
"""What Windows says of a file that another program has open, or holds a part of."""


def system_cause(error: OSError) -> str:
    """Returns in Chinese why the system refused."""
    if getattr(error, "winerror", None) in _OPEN_ELSEWHERE:
        return "正被别的程序打开着（如 WPS、PDF 阅读器），先关掉"
    return _CAUSES.get(error.errno or 0, f"系统错误 {error.errno or error}")
