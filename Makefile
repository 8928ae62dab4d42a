# Every target sets up all it needs; `make` alone prints this list.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
DESK := $(VENV)/.installed-desk
BROWSE := $(VENV)/.installed-browse
WORDPRESS := build/wordpress
GENERATORS := build/generators
SPARK := build/spark
# Short runs spend half their time on compiling what the next second no longer needs.
JAVA_FOR_TESTS := -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
AXE := build/axe/node_modules/axe-core/axe.min.js

.DEFAULT_GOAL := help
.PHONY: help setup refs check desk browse test test-slow test-wordpress test-browser test-generators test-spark lint format clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(RUN) ## install into .venv and teach this clone's git to show and merge library.db

refs: $(RUN) ## number and write the references of every article
	@$(BIN)/python -m refpipe refs

check: $(RUN) ## look for bad dates, unresolved references and worse
	@$(BIN)/python -m refpipe check

desk: $(DESK) ## work on articles and references in the browser
	@$(BIN)/python -m refpipe desk

browse: $(BROWSE) ## look through the library in a browser
	@$(BIN)/python -m refpipe browse

test: $(DEV) ## the fast test suite
	$(BIN)/python -m pytest -q -n 2 -m "not slow and not browser and not wordpress and not generators and not spark"

test-slow: $(DEV) ## the long tests: kill -9, big libraries, fuzzing, properties on random examples
	HYPOTHESIS_PROFILE=whole $(BIN)/python -m pytest -q -m "slow or hypothesis"
	HYPOTHESIS_PROFILE=random $(BIN)/python -m pytest -q -n 2 -m "not slow" -k "properties or laws"

test-wordpress: $(DEV) $(WORDPRESS) ## the same against a real WordPress (needs php with sqlite3, and npm)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'playwright>=1.50,<2'
	WORDPRESS_BUILDS=$(abspath $(WORDPRESS)) $(BIN)/python -m pytest -q tests/test_wordpress_real.py \
	  tests/test_wordpress_editors.py

test-browser: $(DEV) $(AXE) ## the desk in a real Chromium (needs chromium and npm)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'playwright>=1.50,<2'
	AXE_CORE=$(abspath $(AXE)) $(BIN)/python -m pytest -q tests/test_desk_browser.py

test-generators: $(DEV) $(GENERATORS)/.installed ## woven pages through real site generators (those that are there; npm for some)
	GENERATORS=$(abspath $(GENERATORS)) $(BIN)/python -m pytest -q tests/test_generators_real.py

test-spark: $(SPARK)/.installed ## dedupe on Apache Spark, here and on a cluster of two workers (needs Java 17)
	JAVA_TOOL_OPTIONS="$(JAVA_FOR_TESTS)" $(SPARK)/bin/python -m pytest -q tests/test_spark.py

# PySpark is large, so it has an environment of its own.
$(SPARK)/.installed: pyproject.toml
	test -x $(SPARK)/bin/python || $(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev,spark]' 'venv-pack>=0.2,<1'
	@touch $@

$(GENERATORS)/.installed: Makefile
	@mkdir -p $(GENERATORS)
	test -x $(GENERATORS)/venv/bin/python || $(PYTHON) -m venv $(GENERATORS)/venv
	$(GENERATORS)/venv/bin/python -m pip install --quiet --disable-pip-version-check \
	  'Markdown>=3.6,<4' 'mkdocs>=1.6,<2' 'myst-parser>=3,<6'
	! command -v npm >/dev/null || npm install --silent --no-save --prefix $(GENERATORS) @mdx-js/mdx@3 \
	  preact@10 preact-render-to-string@6 unified@11 remark-parse@11 remark-gfm@4 remark-rehype@11 \
	  rehype-raw@7 rehype-sanitize@6 rehype-stringify@10 markdown-it@14
	@touch $@

$(AXE):
	npm install --silent --no-save --prefix build/axe axe-core@4

# The archives of WordPress 6.2 to 6.5, as an npm package carries them.
$(WORDPRESS):
	@mkdir -p build
	cd build && npm pack --silent @wp-playground/wordpress-builds@0.9.19 >/dev/null && \
	  tar xzf wp-playground-wordpress-builds-0.9.19.tgz && rm wp-playground-wordpress-builds-0.9.19.tgz && \
	  mv package wordpress

lint: $(DEV) ## ruff, mypy --strict and the walls between modules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV) ## let ruff lay out the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove the virtual environment and the caches
	rm -rf $(VENV) .refpipe .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "refpipe needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(RUN): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@git rev-parse --git-dir >/dev/null 2>&1 && $(BIN)/python -m refpipe db setup || true
	@touch $@

$(VENV)/.installed-%: pyproject.toml $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$*]'
	@touch $@
