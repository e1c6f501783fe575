#!/usr/bin/env bash
# The demo county: made-up data, its own secrets and database under var/, served on this machine only.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-8000}
export MINGCHA_HOME="${MINGCHA_HOME:-$PWD/var/demo}"
mkdir -p "$MINGCHA_HOME"
keys="$MINGCHA_HOME/keys.env"
[ -s "$keys" ] || (umask 077 && .venv/bin/python -m mingcha.base.crypto.make_keys > "$keys")
set -a
# shellcheck disable=SC1090
. "$keys"
set +a
export MINGCHA_DEMO=1 MINGCHA_TOTP_ROLES="" PYTHONPATH="src:."
run=.venv/bin/mingcha
echo "· 准备数据库和静态文件"
$run migrate --verbosity 0
$run load-initial >/dev/null
$run collectstatic --noinput --verbosity 0
.venv/bin/python -m demo.load
exec $run serve --host 127.0.0.1 --port "$port"
