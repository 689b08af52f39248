# Two commands for a newcomer: `make demo` and `make test`. Each builds .venv first, from the
# versions and hashes in requirements.lock; only Python 3.11 or newer, make and git must be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq

LOCKING := --generate-hashes --universal --python-version 3.11 --no-annotate --quiet \
  --custom-compile-command 'make lock'

.PHONY: help demo test lint bench docs lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    a short story on the example estate: edit, plan, drift"
	@echo "make test    everything that CI asks for: lint, types, imports, tests with coverage"
	@echo "make lint    the first half of make test"
	@echo "make bench   a table of timings"
	@echo "make docs    write the generated reference pages again"
	@echo "make lock    choose the pinned versions again (needs uv)"
	@echo "make clean   remove .venv and everything generated"

demo: $(INSTALLED)
	@$(BIN)/reconciler demo

test: lint
	$(BIN)/python -m pytest -n auto --cov --cov-report=term

lint: $(INSTALLED)
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-logo

bench: $(INSTALLED)
	@$(BIN)/python -m benchmarks

docs: $(INSTALLED)
	@$(BIN)/python -m docs

lock:
	uv pip compile pyproject.toml --extra dev --extra bench $(LOCKING) -o requirements.lock
	echo hatchling | uv pip compile pyproject.toml - --constraints requirements.lock $(LOCKING) \
	  -o .github/actions/reconciler/requirements.lock

# The stamp is written last, so that an interrupted installation starts again. A new dependency
# always changes the lock file, and the sources are used where they are.
$(INSTALLED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than 3.11: install a newer one, or name it: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make a virtual environment: install its venv module (Debian, Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	@echo "installing the pinned versions into $(VENV) (once, about a minute)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) dist build .coverage .coverage.* htmlcov .hypothesis .*_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
