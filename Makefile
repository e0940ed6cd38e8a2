# Two commands do all set-up: `make demo` and `make test`. Both make their own .venv (uv if present, else pip).
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

ifeq ($(UV),)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
MAKE_VENV = $(PYTHON) -m venv .venv
else
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
MAKE_VENV = $(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
endif

.PHONY: demo test lint bench clean

demo: .venv/.installed
	$(BIN)/tracegraph demo $(DEMO)

test: lint
	$(BIN)/python -m pytest $(PYTEST)

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.installed-dev
	$(BIN)/python -m benchmarks

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "ต้องใช้ Python 3.11 ขึ้นไป / Python 3.11 or newer is needed (PYTHON=python3.12 make …)"; exit 1; }
	$(MAKE_VENV)

.venv/.installed: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[vectors,pdf]'
	@touch $@

.venv/.installed-dev: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[dev]'
	@touch $@ .venv/.installed

clean:
	rm -rf .venv dist build .cache
