# sse-server. make, make run, make test, make install; README.md tells the rest.
.POSIX:

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man

# A static musl binary is the cheapest process there is; without musl-gcc the system's compiler does.
PICK = if [ -z "$(SAN)" ] && command -v musl-gcc >/dev/null; then echo "musl-gcc -static"; else echo cc; fi
CC_USED = $${CC_CHOSEN:-$$($(PICK))}
STD = -std=c11 -D_GNU_SOURCE -Isrc
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
CFLAGS = -O2 -g0
HARDEN = -fstack-protector-strong -Wl,-z,relro,-z,now -Wl,-z,noexecstack
SANFLAGS = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
SOURCES = src/*.c src/*/*.c

all: sse-server

sse-server: src/*.c src/*.h src/*/*.c src/*/*.h Makefile
	@cc="$(CC_USED)"; flags="$(CFLAGS) $(HARDEN)"; if [ -n "$(SAN)" ]; then flags="$(SANFLAGS)"; fi; \
	echo "building ./sse-server with $$cc"; \
	$$cc $(STD) $(WARN) $$flags $(SOURCES) -o $@
