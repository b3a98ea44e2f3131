/* The choice of the door, addresses, and the table of children. */
#include "check.h"
#include "listen/activation.h"
#include "listen/address.h"
#include "listen/children.h"

#include "base/limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

void test_choose(void)
{
    static const struct {
        struct activation_facts facts;
        enum activation door;
    } choices[] = {
        {{.asks_stdin = true, .has_port = true, .passed = DESCRIPTOR_LISTENING}, ACTIVATION_STDIN},
        {{.asks_listen = true, .passed = DESCRIPTOR_LISTENING, .stdin_is = DESCRIPTOR_INTERNET}, ACTIVATION_LISTEN},
        {{.passed = DESCRIPTOR_LISTENING, .stdin_is = DESCRIPTOR_INTERNET}, ACTIVATION_PASSED_LISTENING},
        {{.passed = DESCRIPTOR_INTERNET, .has_port = true}, ACTIVATION_PASSED_STREAM},
        {{.passed = DESCRIPTOR_STREAM}, ACTIVATION_PASSED_STREAM},
        {{.stdin_is = DESCRIPTOR_LISTENING, .has_port = true}, ACTIVATION_STDIN_LISTENING},
        {{.stdin_is = DESCRIPTOR_INTERNET, .has_port = true}, ACTIVATION_STDIN},
        {{.stdin_is = DESCRIPTOR_STREAM, .has_port = true}, ACTIVATION_LISTEN},
        {{.stdin_is = DESCRIPTOR_STREAM}, ACTIVATION_STDIN},
        {{.stdin_is = DESCRIPTOR_NOTHING}, ACTIVATION_LISTEN},
    };
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        check(activation_choose(&choices[i].facts) == choices[i].door);
}

static void check_address(const char *string, const char *wanted)
{
    struct address address;
    char room[LIMIT_PEER];
    struct text text = text_in(room, sizeof room);
    check(address_parse(string, &address) && address_listening_text(&text, &address.socket));
    check_bytes(text_written(&text), span_of(wanted));
}

/* A link-local address is nobody's without its scope; a socket of the file system has no address. */
static void check_unusual(void)
{
    struct sockaddr_in6 in = {.sin6_family = AF_INET6, .sin6_port = htons(80), .sin6_scope_id = 12};
    struct sockaddr_storage local = {0}, file = {.ss_family = AF_UNIX};
    char room[LIMIT_PEER];
    struct text text = text_in(room, sizeof room);
    check(inet_pton(AF_INET6, "fe80::1", &in.sin6_addr) == 1);
    memcpy(&local, &in, sizeof in);
    check(address_text(&text, &local));
    check_bytes(text_written(&text), span_of("[fe80::1%12]:80"));
    check(!address_text(&text, &file));
}

void test_address(void)
{
    static const char *const wrong[] = {"",
                                        ":",
                                        "x",
                                        "8080x",
                                        ":65536",
                                        "-1",
                                        "localhost:80",
                                        "::1:80",
                                        "[::1]",
                                        "[::1]80",
                                        "1.2.3:80",
                                        "[1.2.3.4]:80",
                                        "1.2.3.4",
                                        "[]:80",
                                        "[:80",
                                        "*:80",
                                        " :80",
                                        "[1234567890123456789012345678901234567890123456789012345]:1"};
    struct address address;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        check(!address_parse(wrong[i], &address));
    check_unusual();
    check_address("8080", ":8080");
    check_address("[::]:80", ":80");
    check_address("[1::]:80", "[1::]:80");
    check_address("[1:0:0:2::3]:80", "[1:0:0:2::3]:80");
    check_address("[0:0:1:0:0:1:0:0]:80", "[::1:0:0:1:0:0]:80");
    check_address(":0", ":0");
    check_address("127.0.0.1:65535", "127.0.0.1:65535");
    check_address("[::1]:80", "[::1]:80");
    check_address("[::ffff:1.2.3.4]:80", "1.2.3.4:80");
    check_address("0.0.0.0:80", ":80");
}

/* Against a plain array, with ids that collide: children come and go in an order that leaves holes. */
void test_children(void)
{
    enum { IDS = 3000, SPREAD = 16 };
    static bool present[IDS];
    struct children children;
    uint32_t random = 1;
    size_t count = 0;
    check(children_open(&children));
    for (int i = 0; i < 200000; i++) {
        random = random * 1664525 + 1013904223;
        int id = (int)((random >> 8) % IDS);
        pid_t pid = 1 + id % SPREAD + id / SPREAD * 2 * LIMIT_CONNECTIONS;
        if (!present[id])
            check(children_add(&children, pid, (uint32_t)pid % 7));
        else
            children_remove(&children, pid);
        present[id] = !present[id];
        count = present[id] ? count + 1 : count - 1;
    }
    check(children.count == count);
    children_remove(&children, 999999999);
    for (int id = 0; id < IDS; id++)
        children_remove(&children, 1 + id % SPREAD + id / SPREAD * 2 * LIMIT_CONNECTIONS);
    check(children.count == 0);
    for (size_t i = 0; i < 2 * LIMIT_CONNECTIONS; i++)
        check(children.table[i].process == 0);
    for (pid_t pid = 1; pid <= LIMIT_CONNECTIONS; pid++)
        check(children_add(&children, pid, (uint32_t)pid % 7));
    check(!children_add(&children, LIMIT_CONNECTIONS + 1, 0));
}
