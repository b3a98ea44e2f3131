/*
 * Load for an event stream server on this machine, from many loopback addresses.
 *
 *   load streams PORT CLIENTS SECONDS   CLIENTS streams at a time, see load_streams.c
 *   load short PORT CLIENTS SECONDS     CLIENTS clients request /stream?count=0 repeatedly
 *   load flood PORT SECONDS             one client reads /stream?interval=0 as fast as possible
 *   load recorded PORT TIMES            TIMES streams with 400 different waits, see load_recorded.c
 *   load storm PORT CLIENTS             CLIENTS streams begin at once, see load_storm.c
 *   load status PORT TIMES              TIMES requests for /status, one after the other
 *
 * Sends the environment variable TOKEN, if set, as the bearer token. Exit codes: 1 a stream broke off or a request
 * failed, 2 the server refused the request, 100 wrong arguments, 111 a system call failed.
 */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Raises the limit of open files to its maximum. */
static void raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        give_up("getrlimit");
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        give_up("setrlimit");
}

static void write_request(struct load *load, const char *target, int minor_version)
{
    const char *token = getenv("TOKEN");
    bool has_token = token != NULL;
    int length = snprintf(load->request, sizeof load->request, "GET %s HTTP/1.%d\r\nHost: bench\r\n%s%s%s\r\n", target,
                          minor_version, has_token ? "Authorization: Bearer " : "", has_token ? token : "",
                          has_token ? "\r\n" : "");
    if (length < 0 || (size_t)length >= sizeof load->request)
        exit(100);
}

static size_t number(const char *text)
{
    long value = strtol(text, NULL, 10);
    if (value < 1 || value > 1000000)
        exit(100);
    return (size_t)value;
}

static bool is_mode(char **argv, int argc, const char *mode, int arguments)
{
    return argc == arguments && strcmp(argv[1], mode) == 0;
}

int main(int argc, char **argv)
{
    struct load load = {0};
    if (argc < 4 || number(argv[2]) > UINT16_MAX)
        return 100;
    load.port = (uint16_t)number(argv[2]);
    raise_limit();
    if (is_mode(argv, argc, "streams", 5)) {
        write_request(&load, "/stream", 1);
        return streams(&load, number(argv[3]), (int64_t)number(argv[4]));
    }
    if (is_mode(argv, argc, "short", 5)) {
        write_request(&load, "/stream?count=0", 0);
        return short_requests(&load, number(argv[3]), (int64_t)number(argv[4]));
    }
    if (is_mode(argv, argc, "flood", 4)) {
        write_request(&load, "/stream?interval=0", 1);
        return flood(&load, (int64_t)number(argv[3]));
    }
    if (is_mode(argv, argc, "recorded", 4)) {
        char target[sizeof load.request] = {0};
        if (recorded_target(target, sizeof target - 1) == sizeof target - 1)
            return 100;
        write_request(&load, target, 1);
        return recorded(&load, number(argv[3]));
    }
    if (is_mode(argv, argc, "storm", 4)) {
        write_request(&load, "/stream", 1);
        return storm(&load, number(argv[3]));
    }
    if (is_mode(argv, argc, "status", 4)) {
        write_request(&load, "/status", 0);
        return status_requests(&load, number(argv[3]));
    }
    return 100;
}
