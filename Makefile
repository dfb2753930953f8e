# make demo    sample feeds, no network needed        make serve   the feeds of config/feeds.toml
# make test    the tests                              make check   format, lint, types, architecture, tests
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: serve demo test lint check fix bench gate lock screenshots clean
.DEFAULT_GOAL := help

help:
	@sed -n '1,2s/^# //p' Makefile

serve: .venv/runtime
	$(BIN)/python -m tracker serve

demo: .venv/runtime
	$(BIN)/python -m tracker demo

test: .venv/tools
	$(BIN)/python -m pytest -n 4 --dist worksteal

lint: .venv/tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m tracker languages check

check: lint test

fix: .venv/tools
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/tools
	$(BIN)/python -m benchmarks

gate: .venv/tools
	$(BIN)/python -m benchmarks.gate

screenshots: .venv/tools
	$(BIN)/python -m benchmarks.screenshots

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: .venv/tools
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) config/scale-requirements.in -o config/scale-requirements.txt
	$(LOCK) tests/requirements.in -o tests/requirements.txt

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Kronik needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

.venv/tools: tests/requirements.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet -r tests/requirements.txt
	@touch $@ .venv/runtime
