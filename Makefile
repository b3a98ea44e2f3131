# sse-server: make, make run, make test, make install; make help lists them all. README.md tells the rest.

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
SYSTEMDUNITDIR = $(PREFIX)/lib/systemd/system
SYSUSERSDIR = $(PREFIX)/lib/sysusers.d
TMPFILESDIR = $(PREFIX)/lib/tmpfiles.d

# The compiler: musl-gcc -static where there is one, since a static musl process is the cheapest to start and to keep; else cc, static
# where that works. What is static stands at fixed places anyway, and says so, for then its tables need no relocation and are never
# writable. Another one: make CC=clang. With SAN=1 the program is built apart, with the address and undefined behaviour sanitizers.
CC = auto
FIXED = -fno-pie -no-pie
SAN =
CFLAGS = -Os
STD = -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 -Isrc
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
HARDEN = -fstack-protector-strong -fno-common -Wl,-z,relro,-z,now -Wl,-z,noexecstack
SMALL = -fno-asynchronous-unwind-tables -ffunction-sections -fdata-sections -Wl,--gc-sections -s
FLAGS_ = $(CFLAGS) $(HARDEN) $(SMALL)
FLAGS_1 = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# The same sources give the same program, byte for byte, whatever folder and locale they are built in.
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
# This file names the compiler of the program. If another one is chosen, the file changes, and the program is built again. There is
# none for a program that is named on the command line.
CHOSEN = $(if $(filter file,$(origin PROGRAM)),build/$(subst /,-,$(PROGRAM)).compiler)
TEST_CC = mkdir -p $(@D); $(CC:auto=cc)

HEADERS = src/*.h src/*/*.h src/page/page.html
PARTS = src/*/*.c
UNITS = sse-server.socket sse-server@.service sse-serverd.socket sse-serverd.service

all: $(PROGRAM) ## builds the program, ./sse-server

build/%.compiler: FORCE
	@mkdir -p build; $(CHOOSE_CC); [ "$$(cat $@ 2>/dev/null)" = "$$cc" ] || echo "$$cc" >$@

$(PROGRAM): src/*.c $(PARTS) $(HEADERS) Makefile $(CHOSEN)
	@mkdir -p build $(@D); $(CHOOSE_CC); echo "$@: $$cc"; $$cc $(FLAGS) -o $@ $(sort $(filter %.c,$^))

run: $(PROGRAM) ## builds it and serves on port 8080, or on PORT
	./$(PROGRAM) -l ":$${PORT:-8080}"

# What the tests are made with: the pure parts under their own tests, and clients, neighbours and kernels that misbehave.
NAMES = inject unit crowd rude read_answers without neighbour writers writes interpret soak_crowd
tools: $(NAMES:%=$(TOOLS)/%) ## builds what the tests are made with

$(TOOLS)/unit: tests/unit/*.c tests/unit/*.h $(PARTS) $(HEADERS) Makefile
	@$(TEST_CC) $(FLAGS) -Itests/unit -o $@ tests/unit/*.c $(PARTS)

$(TOOLS)/inject $(TOOLS)/crowd $(TOOLS)/rude $(TOOLS)/read_answers $(TOOLS)/without $(TOOLS)/writes: tests/tools/*.c tests/tools/tool.h Makefile
	@$(TEST_CC) $(FLAGS) -o $@ tests/tools/$(@F).c

$(TOOLS)/soak_crowd: tests/tools/soak*.c tests/tools/*.h Makefile
	@$(TEST_CC) $(FLAGS) -o $@ tests/tools/soak*.c

$(TOOLS)/neighbour $(TOOLS)/writers: tests/tools/*.c tests/tools/tool.h src/scoreboard/*.c $(HEADERS) Makefile
	@$(TEST_CC) $(FLAGS) -o $@ tests/tools/$(@F).c src/scoreboard/*.c src/base/*.c

$(TOOLS)/interpret: tests/tools/interpret.c src/expect/interpret.c $(HEADERS) Makefile
	@$(TEST_CC) $(FLAGS) -o $@ tests/tools/interpret.c src/expect/interpret.c src/base/*.c

test: ## runs the suite; with SAN=1 on a build with sanitizers; with NO_INSTALL=1 installs nothing
	@SAN=$(SAN) tests/run test

test-all: ## runs the suite on every build there is, what is heavy, and what make lint runs
	@SAN=$(SAN) tests/run test-all

# What machines find in the source, and what they put right.
lint: ## looks for faults in the source: clang-format, clang-tidy, cppcheck, gcc's analyzer, shellcheck
	@tests/run lint

format: ## has clang-format lay out every C file of src and tests
	@tests/tools/need clang-format:clang-format
	clang-format -i $$(find src tests -name '*.[ch]')

# Fuzzing, bounded by FUZZ_SECONDS a target; a soak of CLIENTS clients for SECONDS_TO_RUN; lines and branches that tests reach.
fuzz: ## fuzzes, FUZZ_SECONDS a target
	tests/fuzz/fuzz_all

soak: $(PROGRAM) tools ## has CLIENTS clients listen for SECONDS_TO_RUN seconds, while things break
	tests/run_soak

coverage: ## shows the lines and branches that tests reach, and why the others are not
	tests/coverage

# Real clients against this program: which gets which case and experiment right.
interop: $(PROGRAM) ## shows which real client gets which case and experiment right
	@tests/interop/compare_clients

# This program against the least one that does a process a connection, in turn. With PLOT=1 also with more and more clients, which is
# drawn as well.
bench: $(PROGRAM) ## measures the program against the least one there is; with PLOT=1 draws it too
	tests/bench/bench
	@[ -z "$(PLOT)" ] || tests/bench/plot tests/bench/scaling.svg

install: $(PROGRAM) ## installs the program, its manual and its units, below PREFIX and DESTDIR
	mkdir -p $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man8 $(DESTDIR)$(SYSTEMDUNITDIR) \
	    $(DESTDIR)$(SYSUSERSDIR) $(DESTDIR)$(TMPFILESDIR)
	cp $(PROGRAM) $(DESTDIR)$(BINDIR)/sse-server
	chmod 755 $(DESTDIR)$(BINDIR)/sse-server
	cp man/sse-server.8 $(DESTDIR)$(MANDIR)/man8/sse-server.8
	libraries=; if ldd $(PROGRAM) >/dev/null 2>&1; then libraries=' -/usr/lib -/usr/lib64 -/lib -/lib64'; fi; \
	for unit in $(UNITS); do \
	    sed -e 's|/usr/bin/sse-server|$(BINDIR)/sse-server|' -e "s|^ExecPaths=.*|&$$libraries|" \
	        systemd/$$unit > $(DESTDIR)$(SYSTEMDUNITDIR)/$$unit || exit 1; done
	cp systemd/sse-server.sysusers.conf $(DESTDIR)$(SYSUSERSDIR)/sse-server.conf
	cp systemd/sse-server.tmpfiles.conf $(DESTDIR)$(TMPFILESDIR)/sse-server.conf

uninstall: ## removes what make install has installed
	rm -f $(DESTDIR)$(BINDIR)/sse-server $(DESTDIR)$(MANDIR)/man8/sse-server.8
	for unit in $(UNITS); do rm -f $(DESTDIR)$(SYSTEMDUNITDIR)/$$unit; done
	rm -f $(DESTDIR)$(SYSUSERSDIR)/sse-server.conf $(DESTDIR)$(TMPFILESDIR)/sse-server.conf

clean: ## removes what was built
	rm -rf build sse-server

help: ## lists what make can do
	@awk -F ':.* ## ' '/^[a-z-]+:.* ## / { printf "%-10s %s\n", $$1, $$2 }' Makefile

FORCE:

.PHONY: FORCE all run tools test test-all lint format fuzz soak coverage interop bench install uninstall clean help
