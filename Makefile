# The two commands that a newcomer needs are `make site` and `make test`. Continuous integration calls the same.

.DEFAULT_GOAL := help
.PHONY: help site serve test quick lint types docs lighthouse relevance budgets load preview-latency screenshots messages lock upgrade clean

VENV := .venv
PYTHON ?=
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet install
NPM := $(shell command -v npm 2>/dev/null)
PYTEST_OPTIONS ?= -n 2
BUILD_OPTIONS ?=
LANGUAGES ?=
SIZES ?=
PEERS = test -x .cache/peers/node_modules/.bin/pagefind || \
	$(NPM) install --prefix .cache/peers minisearch@7.2.0 pagefind@1.6.0

help: ## List the commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

site: $(VENV)/.site-installed ## Install what the site needs, and build content/ into output/.
	$(RUN) build.py build $(BUILD_OPTIONS)

serve: $(VENV)/.site-installed ## Preview the site; it rebuilds and reloads when a file is saved.
	$(RUN) build.py serve

test: $(VENV)/.tests-installed lint types ## Install what the tests need, and run every check.
	@browser=$$(scripts/browser.sh $(RUN)) && firefox=$$(scripts/firefox.sh) && nginx=$$(scripts/nginx.sh) && \
		CHROMIUM="$$browser" FIREFOX="$$firefox" NGINX="$$nginx" $(RUN) -m pytest $(PYTEST_OPTIONS)

quick: $(VENV)/.tests-installed ## Run the tests that need no browser.
	$(RUN) -m pytest $(PYTEST_OPTIONS) --ignore=tests/browser

lint: $(VENV)/.tests-installed ## Check style and formatting.
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

types: $(VENV)/.tests-installed ## Check the types of the Python and of the browser's modules.
	$(RUN) -m mypy
	@if [ -x node_modules/.bin/tsc ]; then node_modules/.bin/tsc --project jsconfig.json; \
	else echo "types: the browser's modules are not checked, since npm is not here"; fi

docs: $(VENV)/.tests-installed ## Write the schemas and the references that are generated from the model.
	$(RUN) -m trialpages.documents

lighthouse: $(VENV)/.tests-installed ## Measure three pages as on a phone; takes about three minutes.
	@test -x .cache/lighthouse/node_modules/.bin/lighthouse || $(NPM) install --prefix .cache/lighthouse lighthouse@12.8.2
	@browser=$$(scripts/browser.sh $(RUN)) && CHROMIUM="$$browser" $(RUN) benchmarks/lighthouse.py

relevance: $(VENV)/.tests-installed ## Compare what the search finds with judgments, and with two other search engines.
	@$(PEERS)
	@browser=$$(scripts/browser.sh $(RUN)) && CHROMIUM="$$browser" $(RUN) benchmarks/relevance.py

budgets: $(VENV)/.tests-installed ## Measure the search at 1,000 to 500,000 trials, or at SIZES="1000 10000".
	@$(PEERS)
	@browser=$$(scripts/browser.sh $(RUN)) && CHROMIUM="$$browser" $(RUN) benchmarks/search_budgets.py $(SIZES)

load: $(VENV)/.tests-installed ## Say how many requests a second nginx answers on this machine; takes half a minute.
	@nginx=$$(scripts/nginx.sh) && NGINX="$$nginx" $(RUN) benchmarks/load.py

preview-latency: $(VENV)/.tests-installed ## Measure how soon the preview shows a save, at 100 and 10,000 trials, or at SIZES="100".
	@browser=$$(scripts/browser.sh $(RUN)) && CHROMIUM="$$browser" $(RUN) -m benchmarks.preview_latency $(SIZES)

screenshots: $(VENV)/.tests-installed ## Write pictures of the example page in every look into FOLDER (screenshots/).
	@browser=$$(scripts/browser.sh $(RUN)) && CHROMIUM="$$browser" $(RUN) benchmarks/screenshots.py $(or $(FOLDER),screenshots)

messages: $(VENV)/.tests-installed ## Bring the catalogues of the interface up to date with the code.
	scripts/messages.sh $(RUN) $(LANGUAGES)

lock: $(VENV)/bin/python ## Write the lock files after a change of pyproject.toml.
	scripts/lock.sh $(RUN)

upgrade: $(VENV)/bin/python ## Write the lock files with the newest versions that pyproject.toml allows.
	scripts/lock.sh $(RUN) --upgrade

clean: ## Remove the built site and every cache, but not what was installed.
	@if [ -e $(VENV)/.site-installed ]; then $(RUN) build.py clean; fi
	rm -rf .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@scripts/venv.sh $(VENV) $(PYTHON)

# A stamp says that what stands in the lock file is installed. The project itself comes last and
# editable, built by the build tool of the lock file.
$(VENV)/.site-installed: requirements.lock pyproject.toml package-lock.json | $(VENV)/bin/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@$(if $(NPM),$(NPM) ci --ignore-scripts --no-audit --no-fund --omit=dev --loglevel=error,:) \
		|| echo "npm could not install the smaller chart library; the one of the Python package is used"
	@touch $@

$(VENV)/.tests-installed: requirements-dev.lock package-lock.json $(VENV)/.site-installed
	$(PIP) --require-hashes -r requirements-dev.lock
	@$(if $(NPM),$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error,\
		echo "npm is not here: HTML validity and the types of the browser's modules are not checked")
	@touch $@
