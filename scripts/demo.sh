#!/usr/bin/env bash
# The demo county: made-up data, its own secrets and database under var/, served on this machine only.
# demo.sh [port] [what demo.load takes: --size large, --subjects 1000000]
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-8000}
shift || true
. scripts/demo_env.sh
prepare "$@"
exec $run serve --host 127.0.0.1 --port "$port"
