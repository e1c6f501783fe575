#!/usr/bin/env bash
# Make .venv ready on a fresh Debian 12: system packages (when root; otherwise say which), uv, locked packages.
set -euo pipefail
cd "$(dirname "$0")/.."

# command or file that proves the package → Debian package
wanted=()
need() { [ -e "$1" ] || command -v "$1" >/dev/null 2>&1 || wanted+=("$2"); }
need node nodejs
need npm npm
need git git
need chromium chromium
need /usr/lib/postgresql/15/bin/initdb postgresql
need msgfmt gettext
# The browser tests' driver brings its own Node, which needs this library.
/sbin/ldconfig -p | grep -q libatomic.so.1 || wanted+=(libatomic1)
python3 -c 'import ensurepip' 2>/dev/null || wanted+=(python3-venv)
# WeasyPrint sets PDFs with these.
for library in libpango-1.0 libpangoft2-1.0; do
  /sbin/ldconfig -p | grep -q "$library.so.0" || wanted+=("$library-0")
done
fc-list :lang=zh-cn 2>/dev/null | grep -q . || wanted+=(fontconfig fonts-noto-cjk)

if [ "${#wanted[@]}" -gt 0 ]; then
  line="apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold ${wanted[*]}"
  if [ "$(id -u)" = 0 ]; then
    echo "· 安装系统软件包：${wanted[*]}"
    apt-get update -qq
    # The cluster that the postgresql package would create and start is not wanted.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
    DEBIAN_FRONTEND=noninteractive $line >/dev/null
  else
    echo "缺少系统软件包。请先以管理员身份运行下面这一行，再重新执行刚才的命令："
    echo "  sudo $line"
    exit 1
  fi
fi

if [ ! -x .venv/bin/python ]; then
  python3 -m venv .venv
fi
.venv/bin/python -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 or newer is needed"'
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.8"
echo "· 安装锁定版本的 Python 依赖"
UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --frozen --quiet --inexact
