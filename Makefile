# Every task of a contributor. `make` alone lists them.
#
# Needs Python 3.11 or later with pip, and make. Everything is installed into .venv; the
# system's Python is never touched. uv is used where it is present, because it is faster.

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3 python,$(shell command -v $(name) 2>/dev/null)))
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000
JOBS ?= auto
# In small portions, so that nobody is left with all the slow tests in the end.
SHARED_OUT := -n $(JOBS) --maxschedchunk=40
ARGS ?=
SHARED ?= $(or $(SEALWRIGHT_SHARED),../shared)

# What `make test` leaves to `make check-all`: a browser, an empty environment, Node.
PYTHON_ONLY := not browser and not clean and not interop

.DEFAULT_GOAL := help
.PHONY: help setup run test coverage check check-all format lint types contracts templates fast-tests \
	full-tests docs reference bench-engine bench-hostile bench-bulk bench-restore bench-leaving \
	bench-screening bench-careers bench-skills token-table interop \
	requirements demo-reset clean

help:  ## List the tasks
	@echo "make TASK, with TASK one of:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- The environment ----------------------------------------------------------------------
# Three sizes, each with all of the one before: what the site runs on, what the tests need,
# what contributors need. A stamp remembers what was installed, so nothing is done twice.
# The lock files are complete, so nothing is resolved again (--no-deps): pip before 23.3 looks
# at releases newer than a pin when another package asks for it with an extra, and stops.

SIZES_WITHIN_run := run
SIZES_WITHIN_test := run test
SIZES_WITHIN_dev := run test dev

setup: $(VENV)/.dev  ## Set up .venv with everything a contributor needs

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and was not found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$$($(PYTHON) --version) is too old: 3.11 or later is needed (make PYTHON=…)."; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not make an environment; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.%: requirements/%.txt pyproject.toml | $(BIN)/python
	@echo "Installing what $< pins …"
	@if command -v uv >/dev/null 2>&1 && \
	    uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r $<; then :; else \
	  $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r $<; fi
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps \
	  --no-build-isolation --editable .
	@touch $(addprefix $(VENV)/.,$(SIZES_WITHIN_$*))

# --- Running ------------------------------------------------------------------------------

run: $(VENV)/.run  ## Set everything up and serve the site (PORT=8000)
	@$(BIN)/sealwright serve --demo --port $(PORT)

demo-reset:  ## Forget what the site on this machine has stored
	@echo "Removing var …"
	@rm -rf var

# --- Testing ------------------------------------------------------------------------------

# The library first, then the site: only the library's tests are counted (COUNTED=1), to 100 %,
# for counting slows the site's tests and tells nothing.
LIBRARY := tests/cli tests/conformance tests/credentials tests/skills tests/vcapi \
	tests/test_examples.py src/sealwright/credentials src/sealwright/skills
COUNTING := --cov --cov-report=term --cov-fail-under=100

test: $(VENV)/.test  ## Set everything up and run the tests that need only Python
	@echo "Running the tests of the library and the command line …"
	@$(BIN)/python -m pytest $(SHARED_OUT) -m "$(PYTHON_ONLY)" $(if $(COUNTED),$(COUNTING)) \
	  $(LIBRARY) $(ARGS)
	@echo "Running the tests of the site and of the house …"
	@$(BIN)/python -m pytest $(SHARED_OUT) -m "$(PYTHON_ONLY)" \
	  $(addprefix --ignore=,$(LIBRARY)) $(ARGS)

coverage: $(VENV)/.dev  ## Run the tests of the library and count what they cover
	@$(BIN)/python -m pytest $(SHARED_OUT) -m "$(PYTHON_ONLY)" $(COUNTING) $(LIBRARY) $(ARGS)

check: format lint types contracts templates fast-tests  ## Format, lint, types, contracts, templates, fast tests

check-all:  ## Everything that CI runs
	@bash .ci/run

format: $(VENV)/.dev
	@echo "Checking the format …"
	@$(BIN)/ruff format --check --quiet .

lint: $(VENV)/.dev
	@echo "Linting …"
	@$(BIN)/ruff check --quiet .

types: $(VENV)/.dev
	@echo "Checking the types …"
	@$(BIN)/mypy
	@$(BIN)/mypy tests interop benchmarks training

contracts: $(VENV)/.dev
	@echo "Checking who imports whom …"
	@$(BIN)/lint-imports --no-logo

templates: $(VENV)/.dev
	@echo "Checking the templates …"
	@$(BIN)/djlint --quiet --lint src

fast-tests: $(VENV)/.dev
	@echo "Running the fast tests: the library, the command line and the rules of the house …"
	@$(BIN)/python -m pytest $(SHARED_OUT) -m "$(PYTHON_ONLY)" \
	  tests/credentials tests/cli tests/house tests/interop src $(ARGS)

full-tests: $(VENV)/.dev
	@echo "Running the tests in a browser and in an empty environment …"
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "browser or clean" $(ARGS)

reference: $(VENV)/.run  ## Write the generated pages of the documentation
	@$(BIN)/python docs/generate.py

docs: $(VENV)/.dev  ## Build the documentation into site/, strictly
	@echo "Building the documentation …"
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# --- Measuring and exchanging ---------------------------------------------------------------

NPM := $(shell command -v npm 2>/dev/null)
PEERS = build/peers/.installed $(if $(NPM),interop/node_modules/.installed)

bench-engine: $(VENV)/.run $(PEERS)  ## Measure the engine against others
	@$(BIN)/python -m benchmarks.engine $(ARGS)

bench-hostile: $(VENV)/.run  ## Measure the worst that hostile input can do
	@$(BIN)/python -m benchmarks.hostile $(ARGS)

bench-bulk: $(VENV)/.test  ## Measure issuing 10,000 and 100,000 awards (starts a PostgreSQL)
	@SYNC=on bash tests/with-postgresql.sh $(BIN)/python -m benchmarks.bulk $(ARGS)

bench-restore: $(VENV)/.test  ## Measure backing up and restoring 100,000 awards
	@$(BIN)/python -m benchmarks.restore $(ARGS)

bench-leaving: $(VENV)/.test  ## Measure writing the exit bundle of 10,000 awards
	@$(BIN)/python -m benchmarks.leaving $(ARGS)

TRAINING = build/training/.installed

bench-skills: $(VENV)/.run $(TRAINING)  ## Measure finding skills in adverts against other ways
	@nice $(BIN)/python -m benchmarks.skills --data $(SHARED)/data $(ARGS)

token-table: $(TRAINING)  ## Train the token table anew (some minutes), and calibrate it
	@PYTHONPATH=src:. nice build/training/bin/python -m training.train --data $(SHARED)/data
	@PYTHONPATH=src:. nice build/training/bin/python -m training.calibrate --data $(SHARED)/data

$(TRAINING): training/requirements.txt | $(BIN)/python
	@echo "Setting up build/training with what $< pins …"
	@$(BIN)/python -m venv build/training
	@build/training/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
	  --require-hashes -r $<
	@touch $@

bench-screening: $(VENV)/.run  ## Measure finding the best hundred of a million
	@$(BIN)/python -m benchmarks.screening $(ARGS)

bench-careers: $(VENV)/.test  ## Measure routes over 50,000 programmes, and how good they are
	@$(BIN)/python -m benchmarks.careers $(ARGS)

interop: $(VENV)/.run $(if $(NPM),$(PEERS))  ## Exchange badges with other people's code (needs Node)
	@$(BIN)/python -m interop $(ARGS)

build/peers/.installed: requirements/peers.txt | $(BIN)/python
	@echo "Setting up build/peers with what $< pins …"
	@$(BIN)/python -m venv build/peers
	@build/peers/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
	  --require-hashes -r $<
	@touch $@

interop/node_modules/.installed: interop/package-lock.json interop/package.json
	@echo "Installing what $< pins …"
	@cd interop && npm ci --silent --no-progress
	@touch $@

# --- Keeping house ------------------------------------------------------------------------
# The lock files carry hashes and no address, so that they work with any registry.

EXTRAS = --extra web --extra certificates --extra postgresql --extra assets
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(if $(UPGRADE),--upgrade)

requirements: $(VENV)/.dev  ## Pin what pyproject.toml asks for (UPGRADE=1 for newer versions)
	@echo "Pinning the requirements …"
	@$(COMPILE) pyproject.toml $(EXTRAS) --group build -o requirements/run.txt
	@$(COMPILE) pyproject.toml $(EXTRAS) --group build --group test \
	  -c requirements/run.txt -o requirements/test.txt
	@$(COMPILE) pyproject.toml $(EXTRAS) --group build --group dev \
	  -c requirements/test.txt -o requirements/dev.txt
	@$(COMPILE) pyproject.toml --group build -c requirements/run.txt -o requirements/library.txt
	@$(COMPILE) pyproject.toml --extra onnx -c requirements/run.txt -o requirements/onnx.txt
	@$(COMPILE) --group peers -o requirements/peers.txt
	@$(COMPILE) --no-deps training/requirements.in -o training/requirements.txt

clean:  ## Remove what was built, the environment included
	@rm -rf $(VENV) build dist site .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
