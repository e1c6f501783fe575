# 明查 Mingcha. Two commands for a newcomer: `make demo` and `make test`.
SHELL := /bin/bash
PY := .venv/bin/python
HOME_DIR := var
PORT ?= 8000
PYTEST := .venv/bin/pytest

.PHONY: help test-assets demo demo-phone test test-all test-postgres lint bench proof assets setup screenshots docs wheel clean

help:  ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/.ready: pyproject.toml uv.lock scripts/setup.sh
	@bash scripts/setup.sh
	@touch $@

setup: .venv/.ready  ## install everything that running and testing need

assets: .venv/.ready  ## fetch the front-end files that are served
	@$(PY) scripts/assets.py

test-assets: .venv/.ready
	@$(PY) scripts/assets.py --tests

demo: assets  ## install, build, load the demo county, serve on 127.0.0.1:8000; ARGS="--size large" or "--subjects 1000000"
	@bash scripts/demo.sh $(PORT) $(ARGS)

demo-phone: assets  ## the demo county over HTTPS on the local network, for phones; HOST=<address> where it is not found
	@bash scripts/demo_phone.sh "$(HOST)" $(or $(PHONE_PORT),8443) $(ARGS)

test: test-assets  ## the whole suite on SQLite
	@bash scripts/with_env.sh $(PYTEST) -n 2 --dist loadgroup -m "not slow" $(ARGS)

test-all: test-assets  ## with the slow proofs, on SQLite and on PostgreSQL
	@bash scripts/with_env.sh $(PYTEST) -n 2 --dist loadgroup $(ARGS)
	@bash scripts/with_postgres.sh $(PYTEST) -n 2 --dist loadgroup $(ARGS)

# What asks no database says the same on both; what opens pages, a journey in the browser and the walk over every
# URL are made once here, and on both by test-all.
test-postgres: test-assets  ## the suite on a PostgreSQL that is started for it
	@bash scripts/with_postgres.sh $(PYTEST) -n 2 --dist loadgroup -m "database and not slow and not e2e and not page" --ignore=tests/contract $(ARGS)

lint: .venv/.ready  ## house rules: style, types, import order, templates
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	bash scripts/with_env.sh .venv/bin/mypy
	git ls-files '*.html' | xargs -r .venv/bin/djade --target-version 5.2 --check

bench: .venv/.ready  ## measurements beside peers, about 8 minutes; PART=draw, pairing, ledger, imports, registers, phones or results
	@UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --frozen --quiet --inexact --group bench
	@bash scripts/with_env.sh $(PY) -m benchmarks.run $(if $(PART),--part $(PART)) $(ARGS)

proof: .venv/.ready  ## prove the draw again: figures, plots and tables of docs/draw-proof.md (minutes)
	@bash scripts/with_env.sh $(PY) -m scripts.proof

screenshots: assets  ## take the pictures of docs/manual anew (minutes)
	@bash scripts/screenshots.sh

docs: assets  ## regenerate the generated parts of docs/
	@bash scripts/with_env.sh $(PY) -m scripts.generate_docs

wheel: .venv/.ready  ## a wheel that carries its assets
	@.venv/bin/uv build --wheel --out-dir dist

clean:
	rm -rf .venv node_modules dist $(HOME_DIR) src/mingcha/static/vendor
