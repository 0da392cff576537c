# The front door: `make help`. Everything is installed into .venv/ and node_modules/ here, pinned, with hashes.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
export BASH_ENV := tools/env.sh
PYTHON ?= python3
PYTEST := python -m pytest -q
CORES ?= $(shell nproc 2> /dev/null || sysctl -n hw.ncpu)
PROOFS := .venv-proofs/bin
PROOFS_PYTHON ?= $(PYTHON)
API := .venv-api/bin
API_PYTHON ?= $(PYTHON)
SITE_PYTHON ?= $(PYTHON)
# All but the proofs about batches of grants, withdrawals and uses, and about functions of members that take a minute or more each.
SHORT_MEMBERS := ChangeKey|Complete|GrantRole|Lapse|Object|Offer|ProposeRecovery|Reinstate|RenounceRole|RevokeRole
SHORT_PROOFS := ^(Advice|Deployed|Ended|Grants|HeadBatches|Heads|Inductive|Live|MembersDeployed|Papers|Refusals|Rules|Sequence|StatusAndLife|Value|Vetoes|Views|Withdrawal|($(SHORT_MEMBERS))Rules)[.]
SMALL_NETWORK := tests/network/test_services.py
RANDOM_CALLS := 'tests/solidity/{invariants,fuzz}/*'

.DEFAULT_GOAL := help

.PHONY: help
help:  ## show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ------------------------------------------------------------------ set-up

.PHONY: setup
setup: .stamps/python .stamps/node  ## install what the project needs, here and nowhere else

.stamps/python: requirements/build.txt requirements/dev.txt pyproject.toml
	@mkdir -p .stamps
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Jamjar needs Python 3.10 or newer: make PYTHON=python3.11")'
	@echo "Installing Python packages (about a minute) ..."
	$(PYTHON) -m venv --clear .venv
	.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt
	BROWNIE_NOCOMPILE=1 .venv/bin/pip install -q --disable-pip-version-check --require-hashes --no-build-isolation \
		--no-binary eth-brownie -r requirements/dev.txt
	.venv/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@.venv/bin/python -c 'import brownie._config as c; assert c.__file__.endswith(".py"), "eth-brownie was compiled: run make clean setup"'
	@touch $@

# An environment beside the main one: its Python, its folder, and the options and the lock of its packages.
define environment
$(1) -m venv --clear $(2)
$(2)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt
$(2)/bin/pip install -q --disable-pip-version-check --require-hashes $(3)
$(2)/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

.PHONY: proofs
proofs: .stamps/proofs

# In an environment of its own: Brownie pins a Hypothesis of 2021.
.stamps/proofs: requirements/build.txt requirements/proofs.txt pyproject.toml
	@mkdir -p .stamps
	@$(PROOFS_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The provers need Python 3.11 or newer: make PROOFS_PYTHON=python3.11 ...")'
	@echo "Installing the provers (about a minute) ..."
	$(call environment,$(PROOFS_PYTHON),.venv-proofs,-r requirements/proofs.txt)
	@touch $@

# In an environment of its own, for the same reason.
.stamps/api: requirements/build.txt requirements/tests.txt pyproject.toml
	@mkdir -p .stamps
	@$(API_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Schemathesis needs Python 3.11 or newer: make API_PYTHON=python3.11 ...")'
	@echo "Installing schemathesis (about a minute) ..."
	$(call environment,$(API_PYTHON),.venv-api,--no-build-isolation -r requirements/tests.txt)
	@touch $@

# In an environment of its own: nothing else needs it.
.stamps/site: requirements/site.txt
	@mkdir -p .stamps
	@$(SITE_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The documentation site needs Python 3.11 or newer: make SITE_PYTHON=python3.11 ...")'
	$(SITE_PYTHON) -m venv --clear .venv-site
	.venv-site/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/site.txt
	@touch $@

# In an environment of its own, as OpenDP is large.
.stamps/noise: requirements/build.txt requirements/noise.txt pyproject.toml
	@mkdir -p .stamps
	@echo "Installing OpenDP, 265 MB (about a minute) ..."
	$(call environment,$(PYTHON),.venv-noise,-r requirements/noise.txt)
	@touch $@

.stamps/node: package-lock.json .npmrc
	@mkdir -p .stamps
	@node -e 'if (parseInt(process.versions.node) < 18) { console.error("Jamjar needs Node 18 or newer."); process.exit(1) }'
	@echo "Installing Node packages ..."
	npm ci --loglevel=error
	@touch $@

.PHONY: build
build: .stamps/build  ## compile the contracts; export their ABIs and creation code

.stamps/build: .stamps/python .stamps/node brownie-config.yaml $(wildcard contracts/*.sol contracts/modules/*.sol interfaces/*.sol)
	@echo "Compiling (about half a minute) ..."
	brownie compile --all > .stamps/compile.log 2>&1 || { cat .stamps/compile.log; exit 1; }
	python -m scripts.export_abi
	@touch $@

.PHONY: anvil
anvil: .stamps/node
	@command -v anvil > /dev/null || { echo "This needs Anvil, which npm has for Linux x86-64 only: install Foundry's anvil and put it on PATH."; exit 1; }

.PHONY: forge-there
forge-there: .stamps/node
	@command -v forge > /dev/null || { echo "This needs Forge, which npm has for Linux x86-64 only: install Foundry's forge and put it on PATH."; exit 1; }

# ------------------------------------------------------------------ the two commands

.PHONY: demo
demo: build  ## play the whole story on Ganache, or through any node (NODE=http://..., PLAIN=1 for logs)
	python -m scripts.demo $(if $(PLAIN),--plain) $(if $(NODE),--node $(NODE))

.PHONY: network
network: build  ## five institutions' nodes on this machine, and the story across them (FOLDER=, ENGINE=kaia|geth, DOWN=1; needs Go)
	python -m scripts.network $(FOLDER) $(if $(ENGINE),--engine $(ENGINE)) $(if $(PLAIN),--plain) $(if $(DOWN),--down)

.PHONY: pages
pages: build anvil  ## a small consortium with the pages of claimant, adviser, auditor and operator; prints their addresses
	python -m scripts.pages

.PHONY: test
test: build anvil  ## the tests that say in minutes whether all is well; tests/README.md says what each suite shows
	python -m scripts.suites test

.PHONY: test-all
test-all: test  ## every test: make test, then test-network SMALL=1, test-faults, test-journeys, test-nodes, test-integration, test-sandbox, test-modules, test-browser, test-figures, test-api
	python -m scripts.suites more

# ------------------------------------------------------------------ tests, one suite at a time

.PHONY: test-unit
test-unit: build  ## the package, the tools, files made before, and the layout, no chain
	$(PYTEST) -p no:pytest-brownie -n $(CORES) tests/unit tests/formats tests/assurance tests/meta

.PHONY: test-stateful
test-stateful: build anvil  ## random histories against the model, on Anvil
	$(PYTEST) -p no:pytest-brownie tests/stateful

.PHONY: test-figures
test-figures: build anvil  ## gas against its snapshot; what is counted against its bound
	$(PYTEST) -p no:pytest-brownie tests/figures

.PHONY: statements
statements: setup  ## all 65,536 statements of 8 bits: a proof exists exactly when one is true (make test-unit tries 4 bits)
	JAMJAR_STATEMENT_BITS=8 $(PYTEST) -p no:pytest-brownie tests/unit/crypto/test_every_statement.py

.PHONY: noise
noise: .stamps/noise  ## the noise of studies beside OpenDP's (265 MB): scale, epsilon and samples
	.venv-noise/bin/python -m pytest -q --confcutdir tests/noise tests/noise

.PHONY: test-contracts
test-contracts: build  ## the five contracts, on Ganache, split over the cores
	brownie test tests/contracts -n $(CORES)

.PHONY: test-readme
test-readme: build  ## the console sessions of README.md and docs/using.md, on Ganache
	brownie test tests/integration/test_readme_session.py

.PHONY: test-modules
test-modules: build anvil  ## the modules' own tests, with the fixtures that other organisations use, on Anvil
	@for each in modules/*/module.toml; do jamjar module check $$(dirname $$each) || exit 1; done
	$(PYTEST) -p no:pytest-brownie -p jamjar.sandbox.pytest_plugin --jamjar-node anvil modules

.PHONY: demo-modules
demo-modules: build anvil  ## the story of each module, on a small consortium (PLAIN=1 for logs)
	python -m scripts.demo_modules $(if $(PLAIN),--plain)

.PHONY: test-sandbox
test-sandbox: build anvil  ## README.md's ten lines, the tutorial, and the plugin for pytest, on each development node
	$(PYTEST) -p no:pytest-brownie tests/sandbox

.PHONY: test-api
test-api: .stamps/api  ## mailbox, relayer, hop and witness against their OpenAPI documents, by schemathesis
	$(API)/python -m pytest -q tests/api

.PHONY: test-pythons
test-pythons: build  ## test-unit's first folder on the oldest and the newest Python at hand
	python -m scripts.pythons --cores $(CORES)

.PHONY: test-integration
test-integration: build  ## what works with the contracts, on Ganache
	brownie test tests/integration

.PHONY: test-anvil
test-anvil: build anvil  ## contracts and what works with them, on Anvil
	brownie test tests/contracts tests/integration --network anvil -n $(CORES)

.PHONY: test-other
test-other: build anvil  ## the other chain, and the contracts' coverage: test-anvil, coverage
	python -m scripts.suites other

.PHONY: test-journeys
test-journeys: build anvil  ## whole lives with wallets, desks and mailboxes in processes of their own, on Anvil
	brownie test tests/journeys --network anvil

.PHONY: test-nodes
test-nodes: build anvil client  ## mailbox, relayer, log and audit, each on nodes of its own, which it attacks
	$(PYTEST) -p no:pytest-brownie tests/nodes

.PHONY: test-browser
test-browser: build anvil  ## all pages in Chromium, with and without JavaScript, by axe-core
	$(PYTEST) -p no:pytest-brownie tests/browser

.stamps/phone: phone/package-lock.json phone/.npmrc
	@mkdir -p .stamps
	cd phone && npm ci --loglevel=error
	@touch $@

.PHONY: phone-build
phone-build: .stamps/phone  ## the wallet's page for a phone: phone/dist/site to serve, phone/dist/jamjar.html alone
	cd phone && npm run --silent build

.PHONY: phone
phone: build anvil phone-build  ## the phone's page beside a small consortium; prints a QR code of its address (HOST=192.168.1.2)
	python -m scripts.phone $(HOST)

.PHONY: phone-check
phone-check: setup .stamps/phone  ## the phone's types, every vector in Node, and two builds compared
	$(PYTEST) -p no:pytest-brownie tests/phone/test_build.py

.PHONY: test-phone
test-phone: setup phone-build  ## the phone's page in Chromium, with the processor slowed four times
	$(PYTEST) -p no:pytest-brownie tests/phone/test_phone.py

.PHONY: test-phone-services
test-phone-services: build anvil phone-build  ## the phone's page beside a node, relayer, mailbox, log and adviser
	$(PYTEST) -p no:pytest-brownie tests/phone/test_services.py

.PHONY: test-network
test-network: build  ## long: five institutions' real nodes, of two engines, hurt in many ways; needs Go (SMALL=1: services on one engine, in minutes)
	$(if $(SMALL),JAMJAR_ENGINES=geth) $(PYTEST) -p no:pytest-brownie $(if $(SMALL),$(SMALL_NETWORK),tests/network)

.PHONY: soak
soak: build  ## long: five institutions' nodes under a steady load and random faults; the books must balance (MINUTES=30 RATE=50 ENGINE=kaia SEED=)
	python -m benchmarks.network.soak --minutes $(or $(MINUTES),30) --rate $(or $(RATE),50) --engine $(or $(ENGINE),kaia) $(if $(SEED),--seed $(SEED))

.PHONY: test-faults
test-faults: build anvil  ## each fault at each step of the relayer's work; many senders, with faults
	$(PYTEST) -s -p no:pytest-brownie tests/faults

# ------------------------------------------------------------------ figures

.PHONY: gas
gas: build anvil  ## gas per function and per batch item, beside the reviewed snapshot (WRITE=1 accepts it)
	python -m benchmarks.gas.snapshot $(if $(WRITE),--write)

.PHONY: compare
compare: build anvil  ## gas beside EAS, the relayer beside its node's ceiling, growth, 3 to 7 nodes beside one; SMALL=1 as in CI, WRITE=1 for the documents
	missed=0; \
	python -m benchmarks.gas.compare $(if $(WRITE),--write) || missed=1; \
	python -m benchmarks.relayer.compare_throughput $(if $(SMALL),--messages 4000 --accepted 200) || missed=1; \
	python -m benchmarks.relayer.compare_growth $(if $(SMALL),--sizes 1000 3000) || missed=1; \
	$(if $(SMALL),echo "Networks of 3 5 and 7 nodes are left out of the small run: make compare has them.",\
	python -m benchmarks.network.compare_network --if-built $(if $(WRITE),--write)) || missed=1; \
	exit $$missed
	$(if $(WRITE),python -m benchmarks.relayer.capacity --write)

.PHONY: bench
bench: build anvil  ## starting, budgets committed, a study, bank files, events audited, pages, each beside a peer or a floor in the same run
	missed=0; for each in startup commitments statements study bank_import audit pages; do python -m benchmarks.$$each || missed=1; done; exit $$missed

# ------------------------------------------------------------------ assurance: docs/assurance.md says what each shows

.PHONY: assure
assure: build proofs anvil forge-there  ## prove what can be proven in minutes: forge, prove, differential, verifier, static, rebuild, griefing, samples of faults
	python -m scripts.suites assure

.PHONY: forge
forge: build forge-there  ## a million calls by everyone, each against the outcome foretold; boundaries, fuzzed
	python -m tools.creation_code forge test -vv --match-path $(RANDOM_CALLS)

.PHONY: fuzz
fuzz: build forge-there  ## long: ten million calls
	FOUNDRY_PROFILE=long python -m tools.creation_code forge test -vv --match-path $(RANDOM_CALLS)

.PHONY: prove
prove: build forge-there proofs  ## long: the rules of a consent's life, for every state and call, by Halmos (MATCH=regex)
	python -m assurance.proofs.prove $(if $(MATCH),--match '$(MATCH)')

.PHONY: prove-short
prove-short:
	@$(MAKE) --no-print-directory prove MATCH='$(SHORT_PROOFS)'

.PHONY: differential
differential: build proofs  ## the model against the bytecode, in process (JAMJAR_EXAMPLES, JAMJAR_SEED)
	$(PROOFS)/python -m pytest -q tests/differential

.PHONY: verifier
verifier: build anvil  ## an independent verifier on ethers: random campaigns, governing, the demo (docs/assurance.md)
	$(PYTEST) -p no:pytest-brownie tests/verifier

.PHONY: static
static: build proofs  ## who may write what, Slither's detectors, storage and sizes, against what was reviewed
	$(PROOFS)/python -m pytest -q tests/static tests/mutation
	python -m assurance.bytecode.layout

.PHONY: access
access: build proofs  ## who may write what, read from the code (WRITE=1 accepts it)
	$(PROOFS)/python -m assurance.access.access $(if $(WRITE),--write)

.PHONY: layout
layout: build  ## storage layout and code size (WRITE=1 accepts them)
	python -m assurance.bytecode.layout $(if $(WRITE),--write)

.PHONY: rebuild
rebuild: build  ## build twice, in two folders, and compare every byte
	python -m assurance.bytecode.rebuild

.PHONY: griefing
griefing: build anvil  ## what calls cost by the size of their input, and hostile items to their carrier
	python -m benchmarks.gas.hostile_input

.PHONY: coverage
coverage: build anvil  ## long: lines and branches under brownie test, as a table and as reports/coverage/index.html
	python -m assurance.coverage.coverage

.PHONY: planted
planted: build proofs anvil forge-there  ## long: faults seeded one by one, and which suites catch each (SAMPLE=4)
	python -m assurance.mutation.seed $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SUITES),--suites $(SUITES)) $(if $(JOBS),--jobs $(JOBS))

.PHONY: mutate
mutate: build proofs anvil forge-there  ## long: every mutant of the contracts, and which the fast suites kill (SAMPLE=12)
	python -m assurance.mutation.mutate $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SUITES),--suites $(SUITES)) $(if $(JOBS),--jobs $(JOBS))

.PHONY: linking
linking: setup  ## how often a claimant's consents are tied by when they move, beside chance (CLAIMANTS=300 MONTHS=3, or WRITE=1)
	python -m assurance.privacy.linking.measure $(if $(CLAIMANTS),--claimants $(CLAIMANTS)) $(if $(MONTHS),--months $(MONTHS)) $(if $(WRITE),--write)
	python -m assurance.privacy.linking.hop_rows $(if $(CLAIMANTS),--claimants $(CLAIMANTS)) $(if $(MONTHS),--months $(MONTHS)) $(if $(WRITE),--write)

.PHONY: unlinkable
unlinkable: setup  ## how many of 1,000 issuances an admitter ties to their tokens, beside chance (ISSUANCES=1000)
	python -m assurance.privacy.tokens $(if $(ISSUANCES),--issuances $(ISSUANCES))

.PHONY: check-deployment
check-deployment: build  ## URL=... FILE=deployments/<chain id>.json: is what stands there what it should be?
	python -m scripts.check_deployment $(URL) $(FILE)

# ------------------------------------------------------------------ work

.PHONY: console
console: build  ## a brownie console on Ganache; README.md shows a session
	brownie console

.PHONY: lint
lint: setup  ## check style and types
	ruff check .
	ruff format --check .
	mypy
	solhint --disc --max-warnings 0 'contracts/**/*.sol' 'interfaces/**/*.sol' 'modules/**/*.sol'

.PHONY: package
package: setup  ## build the sdist and the wheel into dist/, install them as users do, and look at what is there
	python -m scripts.package

.PHONY: client
client: packages/client/build/withdraw.js  ## make the TypeScript clients of relayer, mailbox and witness from their OpenAPI documents

packages/client/build/withdraw.js: .stamps/python packages/client/package-lock.json $(wildcard packages/client/*/*.ts jamjar/*/*openapi.py)
	cd packages/client && npm ci --loglevel=error
	python -m scripts.http_documents
	cd packages/client && npm run -s generate && npm run -s build

.PHONY: npm-package
npm-package: setup  ## pack the interfaces and ABIs for other organisations' contracts, @jamjar/contracts, into dist/
	python -m scripts.npm_package

.PHONY: site
site: .stamps/site setup  ## build the documentation site, which needs no web server, into build/site/
	python -m scripts.http_documents
	.venv-site/bin/mkdocs build --quiet --strict
	@echo "Open build/site/index.html."

.PHONY: api-record
api-record: setup  ## write the record of the public Python interface anew, after a change that is meant
	python -m tests.meta.public_api

.PHONY: format
format: setup  ## put the Python in its form
	ruff check --fix .
	ruff format .

.PHONY: lock
lock:  ## lock requirements/*.in, pyproject.toml and package.json anew (needs uv)
	uv pip compile requirements/build.in --universal --python-version 3.10 --no-python-downloads --generate-hashes \
		--allow-unsafe --no-header -o requirements/build.txt
	BROWNIE_NOCOMPILE=1 uv pip compile requirements/dev.in --universal --python-version 3.10 --no-python-downloads \
		--generate-hashes --no-binary eth-brownie --no-header -o requirements/dev.txt
	uv pip compile pyproject.toml --extra all --constraint requirements/dev.txt --universal --python-version 3.10 \
		--no-python-downloads --generate-hashes --no-header -o requirements/runtime.txt
	uv pip compile pyproject.toml requirements/tests.in --extra all --constraint requirements/runtime.txt --universal \
		--python-version 3.10 --no-python-downloads --generate-hashes --no-header -o requirements/tests.txt
	uv pip compile requirements/proofs.in --universal --python-version 3.11 --no-python-downloads --generate-hashes \
		--no-header -o requirements/proofs.txt
	uv pip compile requirements/site.in --universal --python-version 3.11 --no-python-downloads --generate-hashes \
		--no-header -o requirements/site.txt
	uv pip compile requirements/noise.in --universal --python-version 3.10 --no-python-downloads --generate-hashes \
		--no-header -o requirements/noise.txt
	npm install --package-lock-only

.PHONY: clean
clean:  ## remove everything that was installed or built here
	rm -rf .venv .venv-noise .venv-proofs .venv-api .venv-site .venv-tests-* node_modules phone/node_modules phone/dist build dist .stamps reports .hypothesis .mypy_cache .pytest_cache .ruff_cache
