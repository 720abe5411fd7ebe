# Install everything into .venv/ in this folder; there is no need to activate it. Requires Python
# 3.11 or newer and GNU make 3.81 or newer. To use a Python other than the first python3 on the
# PATH:
# make serve PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# All tests of a file run in one process: they share its server, browser and caches.
PYTEST := $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

# Override the settings module of another project that may be in the environment.
export DJANGO_SETTINGS_MODULE := digest_site.settings
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Keep compiled modules: tests start hundreds of processes, and each would compile all of them.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
ifndef AT_ONCE
.NOTPARALLEL:
endif
.PHONY: help serve install install-notify install-dev test test-beside test-sqlite test-postgres \
	test-faults test-browser test-daily test-translator test-wire test-search test-scale test-hard \
	test-deploy test-clients test-image mutants coverage lint migrations format translations lock audit \
	screenshots ci-tools clean FORCE

help: ## list these targets
	@echo "make TARGET, where TARGET is one of"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

# --- Running the site

serve: $(VENV)/runtime staticfiles/staticfiles.json ## install, prepare the database and serve (HOST, PORT)
	@$(PY) gunicorn.conf.py
	@$(PY) manage.py prepare
	@exec $(PY) -m gunicorn

# Collect static files again only if one of their sources has changed. Folders count too: adding or
# removing a file changes the time of its folder.
staticfiles/staticfiles.json: $(VENV)/runtime digest_site/settings.py digest_site/bundles.py \
		digest_site/static_files.py $(shell find static ! -name '.*')
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@

# --- Installing. An empty file in .venv/ marks each lock as installed.

install: $(VENV)/runtime ## install what the site needs

install-notify: $(VENV)/notify ## the same and what NOTIFY_URLS needs

install-dev: $(VENV)/dev ## the same and what the tests need

# pip checks the hash of every file. One library is built from source; its build requirements are
# installed first, because pip would otherwise fetch them without hashes.
PIP_INSTALL = $(PY) -m pip install --quiet --require-hashes --no-build-isolation --requirement

$(PY):
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed and '$(PYTHON)' is not: install it," \
			"or name it, for example: make serve PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV) >/dev/null || { rm -rf $(VENV); \
		echo "'$(PYTHON) -m venv' failed: on Debian and Ubuntu install it with" \
			"'apt-get install python3-venv' and run make again." >&2; exit 1; }

# (ensurepip completes a .venv whose creation was interrupted.)
$(VENV)/runtime: requirements.lock requirements-build.txt $(PY)
	@echo "Installing the site's libraries into $(VENV)/ (only when they changed) ..."
	@$(PY) -c 'import pip' 2>/dev/null || $(PY) -m ensurepip >/dev/null
	@$(PIP_INSTALL) requirements-build.txt
	@$(PIP_INSTALL) requirements.lock
	@touch $@

# If the Python of .venv was removed or upgraded, create .venv again and reinstall.
ifeq ($(shell test -x $(PY) && echo there),)
$(VENV)/runtime: FORCE
endif
FORCE:

$(VENV)/notify: requirements-notify.lock $(VENV)/runtime
	@echo "Installing what messages to the operator need ..."
	@$(PIP_INSTALL) requirements-notify.lock
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/runtime
	@echo "Installing what the tests need ..."
	@$(PIP_INSTALL) requirements-dev.lock
	@touch $@

# --- Testing. ARGS is passed to pytest: make test-sqlite ARGS="-k feed"

# Tests wait for browsers, servers and disks a third of their time: two of them at once use it.
test: $(VENV)/dev staticfiles/staticfiles.json ## lint and the quick tests, on SQLite and on PostgreSQL at once
	@$(MAKE) --no-print-directory -j2 AT_ONCE=1 test-sqlite test-beside

# What PostgreSQL's tests say is kept until they end, as the tests on SQLite are speaking meanwhile.
test-beside: lint migrations
	@$(MAKE) --no-print-directory test-postgres >$(VENV)/postgres 2>&1; status=$$?; \
		cat $(VENV)/postgres; exit $$status

# Empty addresses select the defaults, so that .env and the environment cannot change them.
test-sqlite: $(VENV)/dev staticfiles/staticfiles.json ## the tests on SQLite
	DATABASE_URL= CACHE_URL= $(PYTEST)

test-postgres: $(VENV)/dev staticfiles/staticfiles.json ## the tests on the PostgreSQL of TEST_DATABASE_URL
	@if [ -n "$$TEST_DATABASE_URL" ]; then \
		echo 'DATABASE_URL=$$TEST_DATABASE_URL CACHE_URL= $(PYTEST)'; \
		DATABASE_URL="$$TEST_DATABASE_URL" CACHE_URL= $(PYTEST); \
	elif [ "$$REQUIRE_ALL" = 1 ]; then \
		echo "REQUIRE_ALL=1 needs TEST_DATABASE_URL, the address of a PostgreSQL to test with." >&2; \
		exit 1; \
	else \
		echo "PostgreSQL was left out: TEST_DATABASE_URL names none to test with."; \
	fi

test-faults: $(VENV)/dev ## import and translator under 300 kills, full disks and failing writes (minutes)
	FAULTS=1 CURATION_SEQUENCES=1000 DATABASE_URL= CACHE_URL= $(PYTEST) --dist load tests/faults \
		tests/importing/test_curators_and_imports.py tests/importing/test_held_back.py
	@if [ -n "$$TEST_DATABASE_URL" ]; then \
		FAULTS=1 DATABASE_URL="$$TEST_DATABASE_URL" CACHE_URL= $(PYTEST) --dist load tests/faults; \
	fi

test-browser: $(VENV)/dev staticfiles/staticfiles.json ## each page in every language, light and dark (minutes)
	EVERY_LOOK=1 DATABASE_URL= CACHE_URL= $(PYTEST) tests/browser

test-daily: $(VENV)/dev ## a publisher followed for 30 days with everything that goes wrong (minutes)
	DAILY=1 DATABASE_URL= CACHE_URL= $(PY) -m pytest -n0 $(ARGS) tests/operations/test_month.py
	@if [ -n "$$TEST_DATABASE_URL" ]; then \
		DAILY=1 DATABASE_URL="$$TEST_DATABASE_URL" CACHE_URL= $(PY) -m pytest -n0 $(ARGS) \
			tests/operations/test_month.py; \
	fi

test-translator: $(VENV)/dev ## ten thousand papers in flat memory; 300 real ones (minutes)
	MANY=1 DATABASE_URL= CACHE_URL= $(PY) -m pytest -n0 -s $(ARGS) \
		tests/translation/command/test_many_papers.py tests/translation/command/test_real_papers.py

LLAMA := .tools/llama/bin/python

test-wire: $(VENV)/dev ## the translator against llama.cpp's own server, with a random model (minutes)
	@test -x $(LLAMA) || "$(PYTHON)" -m venv .tools/llama
	@$(LLAMA) -m pip install --quiet xllamacpp==2026.10.11549 gguf==0.19.0 numpy==2.4.6
	WIRE="$(CURDIR)/$(LLAMA)" DATABASE_URL= CACHE_URL= $(PY) -m pytest -n0 $(ARGS) \
		tests/translation/command/test_real_server.py

test-search: $(VENV)/dev ## 3,000 random strings into the search box (minutes)
	RANDOM_QUERIES=3000 DATABASE_URL= CACHE_URL= $(PYTEST) tests/search/test_random_strings.py
	@if [ -n "$$TEST_DATABASE_URL" ]; then \
		RANDOM_QUERIES=3000 DATABASE_URL="$$TEST_DATABASE_URL" CACHE_URL= $(PYTEST) \
			tests/search/test_random_strings.py; \
	fi

test-scale: $(VENV)/dev staticfiles/staticfiles.json ## servers under load and in trouble; both engines page by page (minutes)
	SCALE=1 DATABASE_URL= CACHE_URL= $(PY) -m pytest -n0 $(ARGS) tests/scale

# FUZZ is the number of cases of each fuzz test; HARD=1 tries every payload, slow client and text.
test-hard: $(VENV)/dev staticfiles/staticfiles.json ## the security tests with everything (minutes)
	FUZZ=3000 HARD=1 DATABASE_URL= CACHE_URL= $(PYTEST) tests/security tests/browser/test_hostile.py
	@if [ -n "$$TEST_DATABASE_URL" ]; then \
		FUZZ=3000 HARD=1 DATABASE_URL="$$TEST_DATABASE_URL" CACHE_URL= $(PYTEST) \
			tests/security/test_requests.py; \
	fi

test-deploy: $(VENV)/dev staticfiles/staticfiles.json ## the shipped fronts before a real site (part of `make test`, too)
	DATABASE_URL= CACHE_URL= $(PY) -m pytest -n0 $(ARGS) tests/deploy

test-clients: $(VENV)/dev ## other people's programs read references, feeds, books and pages (minutes)
	CLIENTS=1 DATABASE_URL= CACHE_URL= $(PY) -m pytest -n0 -rs $(ARGS) tests/clients

test-image: $(VENV)/dev ## build and start deploy/Dockerfile with podman (minutes)
	IMAGE=1 DATABASE_URL= CACHE_URL= $(PY) -m pytest -n0 -rs $(ARGS) tests/deploy/test_image.py

mutants: $(VENV)/dev ## change the code at 200 random places: does a test notice? (minutes)
	@$(PY) -m pip install --quiet mutmut==3.8.1
	DATABASE_URL= CACHE_URL= $(PY) tools/mutants.py $(or $(MUTANTS),200)

# (Tests that measure time are omitted: coverage slows them down.)
coverage: $(VENV)/dev staticfiles/staticfiles.json ## which lines and branches the tests reach
	DATABASE_URL= CACHE_URL= $(PYTEST) -k "not quick" --cov --cov-report=term
	@if [ -n "$$TEST_DATABASE_URL" ]; then \
		DATABASE_URL="$$TEST_DATABASE_URL" CACHE_URL= $(PYTEST) -k "not quick" \
			--cov --cov-append --cov-report=term; \
	fi

lint: $(VENV)/dev ## check style, types, templates and translations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	find templates -name '*.html' -exec $(VENV)/bin/djade --check --target-version 5.2 {} +
	$(PY) -m mypy
	$(PY) tools/compile_messages.py --check
	$(PY) -m tools.supply check

migrations: $(VENV)/dev
	DATABASE_URL= $(PY) manage.py makemigrations --check --dry-run

format: $(VENV)/dev ## bring Python and templates into their form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 {} +

# --- Maintenance

translations: $(VENV)/dev ## compile papers/locale/*/LC_MESSAGES/django.po
	$(PY) tools/compile_messages.py

UV := .tools/uv/bin/uv

# $(call compile,REQUIREMENTS,LOCK) writes the lock and keeps the comment at its head.
compile = sed -n '/^\#/p' $(2) > .tools/lock && $(UV) pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	$(1) >> .tools/lock && mv .tools/lock $(2)

lock: $(UV) ## write all locks and sbom.cdx.json after a change of requirements
	@$(call compile,requirements.txt,requirements.lock)
	@$(call compile,--constraint requirements.lock requirements-notify.txt,requirements-notify.lock)
	@$(call compile,--constraint requirements.lock requirements-dev.txt,requirements-dev.lock)
	@$(MAKE) --no-print-directory install-dev
	@$(PY) -m tools.supply bill

$(UV):
	@"$(PYTHON)" -m venv .tools/uv && .tools/uv/bin/pip install --quiet uv==0.13.9

audit: $(VENV)/dev ## list locked versions with known vulnerabilities (needs the network)
	$(PY) -m pip_audit --disable-pip --require-hashes --requirement requirements.lock
	$(PY) -m pip_audit --disable-pip --require-hashes --requirement requirements-dev.lock

screenshots: $(VENV)/dev ## photograph the site that `make serve` runs, into screenshots/
	$(PY) -m tests.browser.screenshots

ci-tools: ## install the browser, fonts and checkers that the tests use (Debian, Ubuntu; as root)
	@bash tools/install_ci_tools.sh

clean: ## remove what make made; data/ and .env stay
	rm -rf $(VENV) staticfiles .tools node_modules screenshots htmlcov .coverage .coverage.* \
		.pytest_cache .mypy_cache .ruff_cache .hypothesis mutants
	find digest_site papers tests tools bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
