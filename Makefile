# sse-server: make, make run, make test, make install. make help lists all targets; README.md explains the rest.

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
SYSTEMDUNITDIR = $(PREFIX)/lib/systemd/system
SYSUSERSDIR = $(PREFIX)/lib/sysusers.d
TMPFILESDIR = $(PREFIX)/lib/tmpfiles.d
BASHCOMPLETIONDIR = $(PREFIX)/share/bash-completion/completions
ZSHCOMPLETIONDIR = $(PREFIX)/share/zsh/site-functions

# The compiler is musl-gcc -static if there is one, because a static musl process needs the least time to start and the least
# memory. Otherwise it is cc, static if that works. A static program is built for fixed addresses: then its tables need no
# relocation and are never writable. Choose another compiler with make CC=clang. SAN=1 builds a second program with the
# address and undefined behaviour sanitizers.
CC = auto
FIXED = -fno-pie -no-pie
SAN =
CFLAGS = -Os
STD = -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 -Isrc
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
HARDEN = -fstack-protector-strong -fno-common -Wl,-z,relro,-z,now -Wl,-z,noexecstack
SMALL = -fno-asynchronous-unwind-tables -ffunction-sections -fdata-sections -Wl,--gc-sections -s
# Code and constants are one mapping instead of three: a new process is made sooner, 4 us of CPU of 178. The price is that
# constants could be executed. No input gets there, and the filter limits what any code can do.
ONE_MAPPING = -Wl,-z,noseparate-code
# Strings stay with the file that uses them, instead of in one table for all files: a new process finds what it needs in
# fewer pages, 5 us of CPU of 156. Clang has no such option, and would say so.
NO_TABLE = -fno-merge-constants -Wno-ignored-optimization-argument
FLAGS_ = $(CFLAGS) $(HARDEN) $(SMALL) $(ONE_MAPPING) $(NO_TABLE)
FLAGS_1 = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# The same sources give the same program, byte for byte, in any folder and locale.
REPEATABLE = -Wl,--build-id=none '-ffile-prefix-map=$(CURDIR)=.'
FLAGS = $(STD) $(WARN) $(REPEATABLE) $(FLAGS_$(SAN))
PROGRAM_ = sse-server
PROGRAM_1 = build/san/sse-server
PROGRAM = $(PROGRAM_$(SAN))
TOOLS_ = build/tests
TOOLS_1 = build/san/tests
TOOLS = $(TOOLS_$(SAN))
PICK_ = for try in "musl-gcc -static $(FIXED)" "cc -static $(FIXED)" cc; do \
	echo 'int main(void) { return 0; }' | $$try -x c -o build/try - 2>/dev/null && break; done; echo "$$try"
PICK_1 = echo cc
CHOOSE_CC = cc="$(CC)"; [ "$$cc" != auto ] || cc=$$($(PICK_$(SAN)))
# This file holds the name of the compiler. Another compiler changes the file, so make builds the program again. A program
# that is named on the command line has no such file.
CHOSEN = $(if $(filter file,$(origin PROGRAM)),build/$(subst /,-,$(PROGRAM)).compiler)
TEST_CC = mkdir -p $(@D); $(CC:auto=cc)

HEADERS = src/*.h src/*/*.h build/page.html
PARTS = src/*/*.c
# What a plain stream does not run comes last in the program, after the C library (-lc), so that a new process has fewer
# pages to find.
LIBC_ = -lc
LAST = $(addprefix src/,cases/% expect/% formats/% page/% wpt/%)
# The one place that says the version is src/base/version.h.
VERSION = $(shell sed -n 's/^.define VERSION "\(.*\)"/\1/p' src/base/version.h)
# Manuals are man/NAME.SECTION; each is installed in its section.
MANUALS = $(notdir $(wildcard man/*.[1-9]))
UNITS = sse-server.socket sse-server@.service sse-serverd.socket sse-serverd.service

all: $(PROGRAM) ## builds the program, ./sse-server

build/%.compiler: FORCE
	@mkdir -p build; $(CHOOSE_CC); [ "$$(cat $@ 2>/dev/null)" = "$$cc" ] || echo "$$cc" >$@

$(PROGRAM): src/*.c $(PARTS) $(HEADERS) Makefile $(CHOSEN)
	@mkdir -p build $(@D); $(CHOOSE_CC); echo "$@: $$cc"; $$cc $(FLAGS) -o $@ $(sort $(filter-out $(LAST),$(filter %.c,$^))) $(LIBC_$(SAN)) $(sort $(filter $(LAST),$(filter %.c,$^)))

# The page at "/", as one file. The assembler includes it in page.c.
build/page.html: src/page/assemble src/page/*.html src/page/*.css src/page/*.js
	@mkdir -p build; part=$@.$$$$; src/page/assemble >$$part && mv $$part $@ || { rm -f $$part; exit 1; }

run: $(PROGRAM) ## builds it and serves on port 8080, or on PORT
	./$(PROGRAM) -l ":$${PORT:-8080}"

# Programs for the tests: the unit tests, and clients, neighbours and kernels that misbehave.
NAMES = ask_each inject unit crowd rude read_answers without neighbour writers writes interpret soak_crowd
tools: $(NAMES:%=$(TOOLS)/%) ## builds the programs that the tests use

$(TOOLS)/unit: tests/unit/*.c tests/unit/*.h $(PARTS) $(HEADERS) Makefile
	@$(TEST_CC) $(FLAGS) -Itests/unit -o $@ tests/unit/*.c $(PARTS)

$(TOOLS)/ask_each $(TOOLS)/inject $(TOOLS)/crowd $(TOOLS)/rude $(TOOLS)/read_answers $(TOOLS)/without $(TOOLS)/writes: tests/tools/*.c tests/tools/tool.h Makefile
	@$(TEST_CC) $(FLAGS) -o $@ tests/tools/$(@F).c

$(TOOLS)/soak_crowd: tests/tools/soak*.c tests/tools/*.h Makefile
	@$(TEST_CC) $(FLAGS) -o $@ tests/tools/soak*.c

$(TOOLS)/neighbour $(TOOLS)/writers: tests/tools/*.c tests/tools/tool.h src/scoreboard/*.c $(HEADERS) Makefile
	@$(TEST_CC) $(FLAGS) -o $@ tests/tools/$(@F).c src/scoreboard/*.c src/base/*.c

$(TOOLS)/interpret: tests/tools/interpret.c src/expect/interpret.c $(HEADERS) Makefile
	@$(TEST_CC) $(FLAGS) -o $@ tests/tools/interpret.c src/expect/interpret.c src/base/*.c

test: ## runs the suite; SAN=1: with sanitizers; NO_INSTALL=1: installs no packages
	@SAN=$(SAN) tests/run test

test-all: ## runs the suite on every build, the heavy tests and make lint
	@SAN=$(SAN) tests/run test-all

lint: ## checks the source: clang-format, clang-tidy, cppcheck, gcc's analyzer, shellcheck
	@tests/run lint

format: ## formats every C file of src and tests with clang-format
	@tests/tools/need clang-format:clang-format
	clang-format -i $$(find src tests -name '*.[ch]')

fuzz: ## fuzzes each target for FUZZ_SECONDS
	tests/fuzz/fuzz_all

soak: $(PROGRAM) tools ## runs CLIENTS clients for SECONDS_TO_RUN seconds and breaks things meanwhile
	tests/run_soak

coverage: ## shows the lines and branches that tests reach, and why they miss the others
	tests/coverage

interop: $(PROGRAM) ## runs each real client, SDK and reader on the cases; build/interop has the results
	@mkdir -p build/interop
	@tests/interop/compare_clients >build/interop/known; code=$$?; [ $$code = 0 ] || [ $$code = 3 ] || exit $$code
	@node tests/interop/document.js ./$(PROGRAM) README.md build/interop/known build/interop
	@cat build/interop/README.md
	@tests/sdks/compare_sdks

bench: $(PROGRAM) ## compares the program with other servers; README=1: also writes tests/bench/README.md; PLOT=1: also draws it for more clients
	README=$(README) tests/bench/bench
	@[ -z "$(PLOT)" ] || tests/bench/plot tests/bench/scaling.svg

dist: ## makes a release in build/dist: static programs for x86-64 and arm64, source, cases, checksums
	@src/release/dist $(VERSION)

image: dist ## builds the container images for both architectures with docker, podman, or DOCKER
	@DOCKER=$(DOCKER) src/release/image $(VERSION)

install: $(PROGRAM) ## installs the program, sse-replay, manuals, completion and units below PREFIX and DESTDIR
	umask 022; mkdir -p $(DESTDIR)$(BINDIR) $(DESTDIR)$(BASHCOMPLETIONDIR) $(DESTDIR)$(ZSHCOMPLETIONDIR) \
	    $(DESTDIR)$(SYSTEMDUNITDIR) $(DESTDIR)$(SYSUSERSDIR) $(DESTDIR)$(TMPFILESDIR) \
	    $(sort $(foreach page,$(MANUALS),$(DESTDIR)$(MANDIR)/man$(lastword $(subst ., ,$(page)))))
	install -m 755 $(PROGRAM) $(DESTDIR)$(BINDIR)/sse-server
	install -m 755 src/sse-replay $(DESTDIR)$(BINDIR)/sse-replay
	for page in $(MANUALS); do install -m 644 man/$$page $(DESTDIR)$(MANDIR)/man$${page##*.}/$$page || exit 1; done
	for name in sse-server sse-replay; do \
	    install -m 644 src/completion/sse-server.bash $(DESTDIR)$(BASHCOMPLETIONDIR)/$$name && \
	    install -m 644 src/completion/_$$name $(DESTDIR)$(ZSHCOMPLETIONDIR)/_$$name || exit 1; done
	umask 022; libraries=; if ldd $(PROGRAM) >/dev/null 2>&1; then libraries=' -/usr/lib -/usr/lib64 -/lib -/lib64'; fi; \
	for unit in $(UNITS); do \
	    sed -e 's|/usr/bin/sse-server|$(BINDIR)/sse-server|' -e "s|^ExecPaths=.*|&$$libraries|" \
	        systemd/$$unit > $(DESTDIR)$(SYSTEMDUNITDIR)/$$unit || exit 1; done
	install -m 644 systemd/sse-server.sysusers.conf $(DESTDIR)$(SYSUSERSDIR)/sse-server.conf
	install -m 644 systemd/sse-server.tmpfiles.conf $(DESTDIR)$(TMPFILESDIR)/sse-server.conf

uninstall: ## removes what make install installed
	rm -f $(DESTDIR)$(BINDIR)/sse-server $(DESTDIR)$(BINDIR)/sse-replay
	for page in $(MANUALS); do rm -f $(DESTDIR)$(MANDIR)/man$${page##*.}/$$page; done
	for name in sse-server sse-replay; do rm -f $(DESTDIR)$(BASHCOMPLETIONDIR)/$$name $(DESTDIR)$(ZSHCOMPLETIONDIR)/_$$name; done
	for unit in $(UNITS); do rm -f $(DESTDIR)$(SYSTEMDUNITDIR)/$$unit; done
	rm -f $(DESTDIR)$(SYSUSERSDIR)/sse-server.conf $(DESTDIR)$(TMPFILESDIR)/sse-server.conf

clean: ## removes everything that was built
	rm -rf build sse-server

help: ## lists the targets
	@awk -F ':.* ## ' '/^[a-z-]+:.* ## / { printf "%-10s %s\n", $$1, $$2 }' Makefile

FORCE:

.PHONY: all run tools test test-all lint format fuzz soak coverage interop bench dist image install uninstall clean help
