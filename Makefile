# Two commands matter: make run and make test. Everything else is a part of them.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
  command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
# Certificates as the system has them: offices often have one of their own.
export UV_NATIVE_TLS ?= 1
# Running alone needs less than developing; who has developed has everything already.
ENVIRONMENT := $(if $(filter-out run,$(or $(MAKECMDGOALS),run))$(wildcard .venv/dev.stamp),.venv/dev.stamp,.venv/run.stamp)
export SECRET_KEY ?= not-secret-only-for-building-and-testing-0123456789
export DATA_DIR ?= $(CURDIR)/var
APPS := $(notdir $(patsubst %/apps.py,%,$(wildcard src/tandemwerk/*/apps.py)))

# What asks no database: nothing changes for it with another one.
PURE := pairing house intake/reading core/test_suppression.py core/test_markdown.py messaging/test_cutting.py

.PHONY: run test check bench shots clean assets messages lock format

# The demo makes secrets of its own, and ends with make however make ends.
run: $(ENVIRONMENT) assets
	@TANDEMWERK_PARENT=$$PPID exec env -u SECRET_KEY $(BIN)/tandemwerk demo

test: .venv/dev.stamp assets system
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -q -n 2 -m "not browser and not postgres"
	$(BIN)/python -m tandemwerk.config.embedded -- $(BIN)/python -m pytest -q -n 2 $(foreach room,$(PURE),--ignore tests/$(room))

check: .venv/dev.stamp compiled
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'src/*.html')
	$(BIN)/tandemwerk makemigrations --check --dry-run
	$(BIN)/tandemwerk check --fail-level WARNING
	$(BIN)/mypy

bench: .venv/dev.stamp assets
	$(BIN)/python -m benchmarks

shots: .venv/dev.stamp assets system
	$(BIN)/python -m tests.shots

format: .venv/dev.stamp
	$(BIN)/ruff check --fix-only -q . ; $(BIN)/ruff format -q . ; $(BIN)/djade --target-version 5.2 $$(git ls-files 'src/*.html')

# Dependencies: exactly what the lock files say, checked by hash.

# The package itself is a line in a .pth file: nothing to build, nothing to download.

$(UV):
	@test -n "$(PYTHON)" || { echo "Tandemwerk needs Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python cannot make environments: on Debian, install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

define install
@echo "Installing what $(1) names ..."
@$(UV) pip sync -q --require-hashes --python $(BIN)/python $(1)
@$(BIN)/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'tandemwerk.pth').write_text('$(CURDIR)/src\n')"
@printf '#!/bin/sh\nexec "%s/python" -P -m tandemwerk.config.cli "$$@"\n' '$(CURDIR)/$(BIN)' > $(BIN)/tandemwerk && chmod +x $(BIN)/tandemwerk
endef

.venv/run.stamp: requirements.lock | $(UV)
	$(call install,requirements.lock)
	@touch $@

.venv/dev.stamp: requirements-dev.lock | $(UV)
	$(call install,requirements-dev.lock)
	@touch $@

lock: | $(UV)
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

# Front end and translations: built once, again when their sources change.

UI_BUILD := src/tandemwerk/ui/static/ui/build

assets: compiled $(UI_BUILD)/app.css

$(UI_BUILD)/app.css compiled: | $(ENVIRONMENT)

$(UI_BUILD)/app.css: frontend/package-lock.json frontend/build.mjs frontend/logical.mjs frontend/icons.txt \
    $(wildcard frontend/styles/* frontend/scripts/* frontend/artwork/*) src/tandemwerk/ui/build_fonts.py
	@frontend/build.sh $(BIN)

compiled:
	@$(BIN)/python -m tandemwerk.config.catalogues

messages: .venv/dev.stamp
	@for app in $(APPS); do [ -d src/tandemwerk/$$app/locale ] || mkdir -p src/tandemwerk/$$app/locale; \
	  (cd src/tandemwerk/$$app && $(CURDIR)/$(BIN)/tandemwerk makemessages -v 0 -l de -l ar -l fa -l uk --no-location --no-wrap); done

# Chromium for the browser tests, gettext to look for texts without a translation.

system:
	@missing=""; for tool in chromium msgfmt; do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	if [ -n "$$missing" ]; then packages="chromium fonts-noto-core gettext"; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$packages >/dev/null; \
	  else echo "Please install first: $$packages"; exit 1; fi; fi

clean:
	rm -rf .venv var frontend/node_modules frontend/.node src/tandemwerk/ui/static/ui/build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src -name '*.mo' -delete
