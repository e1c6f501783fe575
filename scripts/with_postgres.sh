#!/usr/bin/env bash
# Start a throw-away PostgreSQL, run a command with MINGCHA_DATABASE_URL set to it, and remove it again.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: apt-get install -y postgresql" >&2; exit 1; }
dir=$(mktemp -d "${TMPDIR:-/tmp}/mingcha-pg-XXXXXX")
port=${MINGCHA_TEST_PG_PORT:-54329}
as_owner() { if [ "$(id -u)" = 0 ]; then (cd "$dir" && runuser -u postgres -- "$@"); else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$dir"
cleanup() { as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1 || true; rm -rf "$dir"; }
trap cleanup EXIT
as_owner "$bin/initdb" -D "$dir/data" --auth=trust --username=mingcha --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_owner "$bin/pg_ctl" -D "$dir/data" -s -w -l "$dir/log" \
  -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=150" start
as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U mingcha mingcha
export MINGCHA_DATABASE_URL="postgres://mingcha@127.0.0.1:$port/mingcha"
bash "$(dirname "$0")/with_env.sh" "$@"
