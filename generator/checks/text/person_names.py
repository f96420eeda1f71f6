"""Tells names of people from other names, as the properties of files hold them."""

from __future__ import annotations

from importlib.resources import files

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫"
    "孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童"
    "凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连"
    "芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖"
    "巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强"
)
_DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒")
_HAN = late_pattern(r"[一-鿿]{2,4}")
_LATIN = late_pattern(r"[A-Z][a-z]+ [A-Z][a-z]+")
_ORGANISATION = late_pattern(
    r".*(局|中心|办公室|办|学校|中学|小学|大学|学院|院|委员会|委|单位|科|处|室|股|厅|部|站|所|队|组|社|会|司"
    r"|公司|集团|政府|市|县|区|省|镇|乡|村|街道|馆|园|厂|库|行|网|台|法院|检察院|用户|管理员)"
)
_SEPARATORS = late_pattern(r"[;；,，、/|（）()\[\]【】:：\d\n\t]+")


def names_of_people(text: str) -> list[str]:
    """What in a text of a property looks like the name of a person.

    Two to four ideographs that begin with a usual surname, or two capitalised Latin words; not
    what ends as offices and places do, nor what programs and computers write by themselves.
    """
    pieces = (piece.strip() for piece in _SEPARATORS.split(text))
    return [piece for piece in pieces if _is_chinese_name(piece) or _is_latin_name(piece)]


@memo()
def _no_names() -> frozenset[str]:
    text = (files("generator.checks.text") / "no_names.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def masked_name(name: str) -> str:
    """As much of a name as a message may show."""
    return " ".join(f"{word[0]}…" for word in name.split())


def _is_chinese_name(text: str) -> bool:
    text = text.replace(" ", "").replace("\u3000", "")
    if not _HAN.fullmatch(text) or text in _no_names() or _ORGANISATION.fullmatch(text):
        return False
    double = text.startswith(_DOUBLE_SURNAMES)
    longest = 4 if double else 3
    return len(text) <= longest and (double or text[0] in _SURNAMES)


def _is_latin_name(text: str) -> bool:
    if not _LATIN.fullmatch(text):
        return False
    return not any(word.lower() in _no_names() for word in text.split())
