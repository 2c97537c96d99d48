# Two commands are enough: `make run` and `make test`. Needs Python 3.11 or newer, make and a package registry.
PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
PRODUCTS ?= 10000
BUDGET ?= 60
ROWS ?= 10000000
MONTH ?= 1000000
KILLS ?= 20
EVENTS ?= 6000
WORKER_KILLS ?= 12
RUSHES ?= 50
KEYS ?= 100
HISTORIES ?= 10000
RUNS ?= 10
URL ?= http://$(HOST):$(PORT)
IN_VENV = $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help python install install-dev run test repeat check bench bench-figures chaos soak lighthouse lock messages clean

help: ## Show the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("error: Python 3.11 or newer is needed, but $(PYTHON) is %d.%d; name another: make PYTHON=python3.12" % sys.version_info[:2])'

install: python ## Install what the site runs on into .venv, if the lock has changed
	@$(PYTHON) -m marketplace.embedded.install $(VENV) requirements/base.txt

install-dev: python
	@$(PYTHON) -m marketplace.embedded.install $(VENV) requirements/dev.txt

run: python ## Run the site with everything behind it: make run PORT=8123 HOST=0.0.0.0
	@$(PYTHON) -m marketplace.embedded.ports $(HOST) $(PORT)
	@$(MAKE) --no-print-directory install
	@exec $(IN_VENV) -m marketplace.embedded.run --host $(HOST) --port $(PORT)

# Dozens of processes are started: the first of them compiles the code for all.
test: export PYTHONDONTWRITEBYTECODE =
test: install-dev ## Run all tests on both cores: make test ARGS="-k regions"
	@TEST_IN_MEMORY=1 $(IN_VENV) -m pytest -n 2 --dist=loadscope --no-loadscope-reorder $(ARGS)

repeat: install-dev ## Run the suite again and again, to see whether it is flaky: make repeat RUNS=10
	@$(IN_VENV) -m tests.benchmarks.repeated $(RUNS)

check: install-dev ## Run every check that is no test
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m mypy
	$(VENV)/bin/lint-imports
	$(IN_VENV) -m djlint --check templates
	$(IN_VENV) -m djlint --lint templates
	$(IN_VENV) manage.py makemigrations --check --dry-run
	$(IN_VENV) requirements/audit.py requirements/base.txt

bench: install-dev ## Measure an unforked Oscar beside the site, some minutes: make bench PRODUCTS=1000 BUDGET=3600
	@$(IN_VENV) -m tests.benchmarks $(PRODUCTS) $(BUDGET)

bench-figures: install-dev ## Measure the figures over a long journal, a quarter of an hour: make bench-figures ROWS=100000 MONTH=10000
	@$(IN_VENV) -m tests.benchmarks.figures $(ROWS) $(MONTH)

chaos: install-dev ## Kill PostgreSQL, web, worker and broker while they work, ten minutes: make chaos KILLS=20
	@$(IN_VENV) -m tests.chaos $(KILLS) $(EVENTS) $(WORKER_KILLS)

soak: install-dev ## Races and generated histories, about an hour: make soak RUSHES=5 KEYS=10 HISTORIES=100
	@$(IN_VENV) -m tests.soak $(RUSHES) $(KEYS) $(HISTORIES)

lighthouse: install-dev ## Measure a running site's pages with Lighthouse (needs node): make lighthouse PORT=8123
	@$(IN_VENV) -m tests.benchmarks.lighthouse $(URL)

lock: install-dev ## Lock the newest allowed versions with hashes
	cd requirements && for name in base dev; do \
	    $(abspath $(VENV))/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade $$name.in -o $$name.txt || exit 1; \
	done

messages: install-dev ## Bring the Chinese .po file up to date with the sources
	$(IN_VENV) manage.py update_translations

clean: ## Remove what can be made again (.venv, caches, templates of tests); the data stay
	rm -rf .venv var/templates .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
