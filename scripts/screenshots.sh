#!/usr/bin/env bash
# Take the pictures of docs/manual anew, from a fresh demo county that is thrown away afterwards (minutes).
# screenshots.sh [port]
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-8765}
MINGCHA_HOME=$(mktemp -d -t mingcha-pictures-XXXXXX)
server=
# shellcheck disable=SC2317
tidy() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$MINGCHA_HOME"
}
trap tidy EXIT
. scripts/demo_env.sh
prepare --subjects 3700
MINGCHA_LOG_LEVEL=WARNING $run serve --host 127.0.0.1 --port "$port" &
server=$!
.venv/bin/python -m scripts.screenshots "http://127.0.0.1:$port" docs/manual/images
