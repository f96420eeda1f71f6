"""The standard system of indicators: first level, second level, and how their names are clipped."""

from __future__ import annotations

from collections.abc import Mapping

SECONDS: Mapping[str, tuple[str, ...]] = {
    "成本": ("经济成本", "社会成本", "生态环境成本"),
    "产出": ("数量", "质量", "时效", "成本"),
    "效益": ("经济效益", "社会效益", "生态效益", "可持续影响", "可持续性影响"),
    "满意度": ("服务对象满意度",),
}
"""Second-level indicators by the first-level indicator they belong to; names without 指标."""

SUFFIX = "指标"
OUTPUT = "产出"
_FIRSTS = ("产出", "效益", "满意度", "其他")
_SHORTEST_CLIPPED = 4


def is_first(key: str) -> bool:
    """Whether a folded text is a first-level name (成本指标 is one of the second level as well)."""
    return key in {name + SUFFIX for name in _FIRSTS}


def standard(key: str) -> str:
    """The second-level indicator that a folded text names, without 指标; ``""`` if none.

    A name may be clipped where nothing else begins like it (服务对象满, 服务对象满意度指).
    """
    bare = key.removesuffix(SUFFIX)
    known = [name for names in SECONDS.values() for name in names]
    if bare in known:
        return bare
    clipped = [name for name in known if (name + SUFFIX).startswith(key)]
    return clipped[0] if len(clipped) == 1 and len(key) >= _SHORTEST_CLIPPED else ""


def is_whole(key: str) -> bool:
    """Whether a second-level name is printed whole."""
    return bool(standard(key)) and standard(key) == key.removesuffix(SUFFIX)


def first_of(second: str) -> str:
    """The first-level name that a standard second-level indicator belongs to."""
    return next((first + SUFFIX for first, names in SECONDS.items() if second in names), "")
