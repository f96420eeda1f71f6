#!/usr/bin/env bash
# 准备运行环境：系统库、字体、Python 虚拟环境（.venv）。已经备好的部分直接跳过。
# 用法：bash scripts/setup.sh [requirements.lock]
set -euo pipefail
cd "$(dirname "$0")/.."
lock=${1:-requirements.lock}

fail() { printf '\n无法继续：%s\n' "$*" >&2; exit 2; }

# 1. 系统库与字体（Debian / Ubuntu）
packages=(python3 python3-venv fontconfig libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
          fonts-noto-cjk fonts-lxgw-wenkai)
missing=()
if command -v dpkg-query >/dev/null; then
    for package in "${packages[@]}"; do
        status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
        [ "$status" = "install ok installed" ] || missing+=("$package")
    done
else
    echo "不是 Debian/Ubuntu，请自行安装：Pango、HarfBuzz（含 subset）、fontconfig、" >&2
    echo "Noto Serif/Sans CJK SC 与霞鹜文楷（LXGW WenKai）字体、Python 3.11 以上。" >&2
fi
if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || fail "缺少系统包 ${missing[*]}，请先安装。"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "请以管理员身份执行：apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    echo "安装系统包：${missing[*]}"
    "${as_root[@]}" apt-get update -qq || fail "apt-get update 失败，请检查网络和软件源。"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null \
        || fail "系统包没有装上：${missing[*]}"
fi

# 2. Python 虚拟环境
python=${PYTHON:-python3}
command -v "$python" >/dev/null || fail "没有 Python，请安装 Python 3.11 以上。"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
    || fail "Python 版本过低（$("$python" --version)），需要 3.11 以上；可用 PYTHON=路径 指定。"
[ -x .venv/bin/python ] || "$python" -m venv .venv || fail "建不了虚拟环境，请安装 python3-venv。"

# 3. 锁定版本的 Python 包；锁文件没变就不再安装
stamp=.venv/$(basename "$lock").sha256
current=$(cat "$lock" pyproject.toml | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$current" ]; then
    echo "安装 Python 包（$lock）"
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock" \
        || fail "Python 包没有装上，请检查网络。"
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation \
        -e . || fail "本程序没有装上。"
    printf '%s' "$current" >"$stamp"
fi
