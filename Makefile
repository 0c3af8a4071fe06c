# The one door to everything. `make` alone says what there is.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-night fuzz bench bench-large web api fmt lint audit eval-text eval-guard eval-removal release tools

# The demo lives in the build folder: it never touches a real database, and `make run` finds it again.
DEMO_DB := target/demo/demo.db
ADDRESS :=
PROFILE := release

WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) \
               $(wildcard web/index.html web/package.json web/tsconfig.json web/vite.config.ts)

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

tools:
	@.ci/tools cargo cc node npm

run: tools web ## build what changed and open the desk with its demo shop
	@mkdir -p $(dir $(DEMO_DB))
	cargo run --locked --profile quick -p pingxin -- serve --demo --db $(DEMO_DB) $(if $(ADDRESS),--listen $(ADDRESS))

test: ## everything that must hold before a change lands
	@.ci/test

test-night: ## the long run: more cases for every property, all text sets, the benchmark
	@.ci/test-night

bench: tools web ## measure the budgets (SIZES=100000 for a short run, ROWS=1000000 for a large file, PROFILE=quick to build faster)
	cargo build --locked --profile $(PROFILE) -p pingxin -p pingxin-benches
	target/$(PROFILE)/pingxin-benches --pingxin target/$(PROFILE)/pingxin

bench-large: ## the lists over 100 k, 1 M and 10 M reviews on both engines; takes hours and 30 GB in FOLDER
	$(MAKE) bench SIZES=100000,1000000,10000000 ROWS=1000000 PROFILE=$(PROFILE)

web: web/dist/assets ## build the web application that the program embeds

api: ## write openapi.json and the web's types anew
	cargo run --locked --quiet -p pingxin -- openapi > openapi.json.new && mv openapi.json.new openapi.json
	cd web && npm run --silent api

fmt: ## format the Rust code
	cargo fmt --all

lint: tools web/node_modules/.package-lock.json ## formats, lints and types, without running a test
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cd web && npm run --silent types

audit: ## ask the advisory databases about every dependency, where they can be reached
	@.ci/audit

eval-text: tools ## score the text model on the labelled sets of ../shared
	cargo build --locked --profile quick -p pingxin
	@.ci/eval-text target/quick/pingxin

eval-removal: tools ## score the removal engine on the labelled cases of ../shared
	cargo build --locked --profile quick -p pingxin
	@.ci/eval-removal target/quick/pingxin

eval-guard: tools ## score the guard on the labelled sets of ../shared, its learnt layer in folds
	cargo build --locked --profile quick -p pingxin
	@.ci/eval-guard target/quick/pingxin

release: tools web ## the program for others: target/release/pingxin and its checksum
	cargo build --locked --release -p pingxin
	@cd target/release && (sha256sum pingxin 2>/dev/null || shasum -a 256 pingxin) | tee pingxin.sha256
	@ls -l target/release/pingxin | awk '{ printf "%.1f MB\n", $$5 / 1000000 }'

# The folder of assets is the mark of a real build: cargo's build script makes a placeholder page, never assets.
web/dist/assets: $(WEB_SOURCES) web/node_modules/.package-lock.json
	cd web && npm run --silent build
	@touch $@

%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && npm ci --no-fund --no-audit
	@touch $@

fuzz: ## fuzz what reads files, a million inputs a reader (RUNS=… for another number)
	@.ci/fuzz
