# Sourced by what runs the demo county: its keys under MINGCHA_HOME, its people, no second factor.
export MINGCHA_HOME="${MINGCHA_HOME:-$PWD/var/demo}"
mkdir -p "$MINGCHA_HOME"
keys="$MINGCHA_HOME/keys.env"
[ -s "$keys" ] || (umask 077 && .venv/bin/python -m mingcha.base.crypto.make_keys > "$keys")
set -a
# shellcheck disable=SC1090
. "$keys"
set +a
export MINGCHA_DEMO=1 MINGCHA_TOTP_ROLES="" MINGCHA_PASSWORD_DAYS=0 PYTHONPATH="src:."
# Whom the demo's pages offer for changing roles at one click, and the password that they show.
MINGCHA_DEMO_PEOPLE=$(.venv/bin/python -m demo.people)
MINGCHA_DEMO_PASSWORD=$(.venv/bin/python -c 'from demo.people import PASSWORD; print(PASSWORD)')
export MINGCHA_DEMO_PEOPLE MINGCHA_DEMO_PASSWORD
run=.venv/bin/mingcha

prepare() {
  echo "· 准备数据库和静态文件"
  $run migrate --verbosity 0
  $run load-initial >/dev/null
  $run collectstatic --noinput --verbosity 0
  echo "· 装入示范县（第一次约一分钟；已经装好的不动）"
  MINGCHA_LOG_LEVEL=WARNING .venv/bin/python -m demo.load "$@"
}
