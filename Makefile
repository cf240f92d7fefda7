# make demo    set up and serve the demo on http://127.0.0.1:8000   (PORT=8001, FRESH=1)
# make test    set up and run every test, browser and PostgreSQL included
# make test-faults   kill -9, power cuts, full disks, outages: what holds, measured (docs/faults.md); a short form is in test
# make check   format, lint, types, templates and import contracts
# make pictures   the pictures of the documents (docs/pictures/), made anew from the demo
# make test-many   a site on several machines: renewed under load, and one of them killed   (SECONDS=30)
# make coverage   which lines and branches the tests reach, on SQLite without the browser
# make sbom    var/sbom.json and docs/licences.md: what a release is made of
# make bench   what a page costs, as a ratio to the floor
# make bench-load   the whole mix at a steady rate, then too much of it, then slow clients   (MINUTES=10 RATE=30)
# make bench-scale   what a group of 100,000 costs among a million learners   (LEARNERS=20000)

PORT ?= 8000
FRESH ?=
LEARNERS ?= 1000000
MINUTES ?= 10
RATE ?= 30
SECONDS ?= 10
SEED ?=
ONLY ?=
SETUP := python3 tools/bootstrap.py
PYTHON := var/venv/bin/python
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-faults check pictures test-many coverage sbom bench bench-load bench-scale

demo:
	@$(SETUP)
	@$(PYTHON) manage.py demo --port $(PORT) $(if $(filter 1 yes true,$(FRESH)),--fresh)

test: check
	@$(PYTHON) tools/test.py

test-faults:
	@$(SETUP) dev
	@$(PYTHON) tools/faults.py $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only "$(ONLY)")

check:
	@$(SETUP) dev
	@$(PYTHON) tools/check.py

pictures:
	@$(SETUP) dev
	@$(PYTHON) tools/pictures.py

test-many:
	@$(SETUP) dev
	@MANY_SECONDS=$(SECONDS) $(PYTHON) -m pytest -q --durations 3 tests/many

coverage:
	@$(SETUP) dev
	@$(PYTHON) tools/coverage_of_tests.py

sbom:
	@$(SETUP) dev
	@$(PYTHON) tools/sbom.py

bench:
	@$(SETUP) dev
	@$(PYTHON) tools/bench.py

bench-load:
	@$(SETUP) dev
	@$(PYTHON) tools/bench_load.py --minutes $(MINUTES) --rate $(RATE)

bench-scale:
	@$(SETUP) dev
	@$(PYTHON) tools/bench_scale.py --learners $(LEARNERS)
