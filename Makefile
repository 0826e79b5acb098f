# Everything a person or CI does here. `make` alone lists it.
# Each target makes the virtual environment .venv that it needs; nothing has to be set up before.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
SAMPLE := sample_data/pilpres_2019_kaltim
CATALOGUES := $(wildcard recount/locale/*/LC_MESSAGES/recount.po)
COMPILED := $(CATALOGUES:.po=.mo)
PIP := -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test cover lint types docs docs-write golden sample bench wheel check locale regions-list clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## the main job on the sample data: East Kalimantan, president 2019
	@$(BIN)/recount reconcile $(SAMPLE)/ours --online $(SAMPLE)/theirs.csv; code=$$?; \
	if [ $$code -eq 1 ]; then \
		echo; echo "Exit code 1: something differs. That is what the sample data are there to show."; \
	elif [ $$code -ne 0 ]; then exit $$code; fi

test: $(VENV)/.dev $(COMPILED) ## run the tests
	$(RUN) -m pytest -n auto --dist worksteal

cover: $(VENV)/.dev $(COMPILED) ## run the tests and say which lines they never reach
	$(RUN) -m coverage erase
	$(RUN) -m pytest -n auto --dist worksteal --cov --cov-report=term

lint: $(VENV)/.dev ## ruff: all rules, and the formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy --strict
	$(BIN)/mypy

docs: $(VENV)/.dev $(COMPILED) ## compare the outputs in the documents with what the commands print
	$(RUN) -m tools.docs
	$(RUN) -m tools.errors

docs-write: $(VENV)/.dev $(COMPILED) ## write those outputs anew
	$(RUN) -m tools.docs --write
	$(RUN) -m tools.errors --write

golden: $(VENV)/.dev $(COMPILED) ## write the golden files of the tests anew; read the diff before committing
	RECOUNT_WRITE_GOLDEN=1 $(RUN) -m pytest -q

sample: $(VENV)/.dev ## lay the sample data out anew: make sample SOURCE=folder-of-the-figures
	$(RUN) sample_data/make.py $(if $(SOURCE),--source $(SOURCE))

bench: $(VENV)/.dev $(COMPILED) ## measure against bare scripts, datacompy and pandas
	$(RUN) -m benchmarks

wheel: $(VENV)/.dev ## build the wheel and try it in an environment of its own
	$(RUN) -m tools.wheel

check: ## all that CI runs
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory types
	@$(MAKE) --no-print-directory docs
	@$(MAKE) --no-print-directory wheel
	@$(MAKE) --no-print-directory test

locale: $(VENV)/.dev ## take new texts into the catalogues, and compile them
	$(RUN) -m tools.catalogue update
	$(RUN) -m tools.catalogue compile

regions-list: $(VENV)/.dev ## lay the region lists out anew: make regions-list SOURCE=folder-of-the-figures
	$(RUN) -m tools.regions $(if $(SOURCE),--source $(SOURCE))

clean: ## remove what the targets above have made
	rm -rf $(VENV) build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	rm -f $(COMPILED)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "recount needs Python 3.11 or newer, as $(PYTHON). Another one: make PYTHON=python3.12 demo"; \
		exit 2; }
	@echo "Setting up $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV) || { \
		echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 2; }
	@$(RUN) $(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.runtime: $(VENV)/.python pyproject.toml hatch_build.py
	@$(RUN) $(PIP) install --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@$(RUN) $(PIP) install --group dev
	@touch $@

%.mo: %.po | $(VENV)/.dev
	@$(RUN) -m tools.catalogue compile
