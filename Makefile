# make demo    see what govgraph finds in the shipped cases
# make test    everything, against a real Neo4j and a real browser
# make check   formatting, lint, types, import layers, spelling, generated files
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-national gallery docs clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/.installed ## make .venv, install govgraph, run its demo
	@$(BIN)/govgraph demo

test: $(VENV)/.installed-dev ## run the tests (installs Java, Maven, Chromium and a font when missing)
	@tools/setup.sh
	@$(BIN)/python tools/neo4j_server.py fetch >/dev/null
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.installed-dev ## run ruff, mypy, import-linter, codespell, and compare generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	@if [ -f tools/generate.py ]; then set -x; $(BIN)/python tools/generate.py --check; $(BIN)/python tools/generate.py gallery --check; fi

bench: $(VENV)/.installed-bench ## run the benchmarks that take minutes
	@tools/setup.sh
	@$(BIN)/python -m benchmarks

bench-national: $(VENV)/.installed-bench ## run the benchmark on the national graph
	@tools/setup.sh
	@$(BIN)/python -m benchmarks --national

gallery: $(VENV)/.installed-dev ## draw the maps of the shipped cases again
	@tools/setup.sh
	@$(BIN)/python tools/generate.py gallery --pictures

docs: $(VENV)/.installed ## write the generated pages and files again
	@$(BIN)/python tools/generate.py

clean: ## remove what make and the tools made here
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# A virtual environment moved or half made is made again; a stamp is newer than pyproject.toml when the
# packages it asks for are installed.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "error: govgraph needs Python 3.11 or later; try make PYTHON=python3.12" >&2; exit 3; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "error: $(PYTHON) has no venv: apt-get install python3-venv" >&2; exit 3; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing govgraph into $(VENV)" >&2
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing govgraph and the developers' tools into $(VENV)" >&2
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml | $(BIN)/python
	@echo "Installing govgraph and the benchmarks' tools into $(VENV)" >&2
	@$(PIP) install --editable '.[bench]'
	@touch $@ $(VENV)/.installed
