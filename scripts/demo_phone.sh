#!/usr/bin/env bash
# The demo county on the local network over HTTPS, so that a phone's camera, place and offline page work.
# demo_phone.sh [address of this machine] [port] [what demo.load takes]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/demo_env.sh
host=${1:-}
port=${2:-8443}
shift $(( $# < 2 ? $# : 2 ))
[ -n "$host" ] || host=$(.venv/bin/python -m scripts.phone_certificate --address)
export MINGCHA_HTTPS=1 MINGCHA_HSTS_SECONDS=0
export MINGCHA_HOSTS="$host,127.0.0.1,localhost" MINGCHA_ORIGINS="https://$host:$port"
prepare "$@"
.venv/bin/python -m scripts.phone_certificate --host "$host" --port "$port" --folder "$MINGCHA_HOME/phone"
exec $run serve --host 0.0.0.0 --port "$port" \
  --certificate "$MINGCHA_HOME/phone/server.pem" --key "$MINGCHA_HOME/phone/server.key"
