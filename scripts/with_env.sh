#!/usr/bin/env bash
# Run a development command with throw-away secrets; a real installation sets its own environment.
set -euo pipefail
export PYTHONPATH="src:.${PYTHONPATH:+:$PYTHONPATH}"
export MINGCHA_SECRET_KEY="${MINGCHA_SECRET_KEY:-only-for-development-0123456789abcdefghijklmnopqrstuvwxyz}"
export MINGCHA_FIELD_KEYS="${MINGCHA_FIELD_KEYS:-1:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=}"
export MINGCHA_INDEX_KEYS="${MINGCHA_INDEX_KEYS:-1:QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=}"
exec "$@"
