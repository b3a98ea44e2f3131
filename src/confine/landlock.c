/*
 * Landlock, as far as the kernel knows it. The rule is for the directory of the token, not for its file, because a
 * token is replaced by renaming another file over it.
 */
#include "confine/landlock.h"

#include "confine/kernel.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Returns all file rights of an ABI version, as bits from 0 on. */
static uint64_t file_rights(long version)
{
    static const unsigned char counts[] = {0, 13, 14, 15, 15, 16};
    size_t last = sizeof counts - 1;
    return (UINT64_C(1) << counts[(size_t)version < last ? (size_t)version : last]) - 1;
}

static int open_directory_of(const char *file)
{
    char path[PATH_MAX];
    const char *slash = strrchr(file, '/');
    (void)snprintf(path, sizeof path, "%.*s", slash != NULL ? (int)(slash - file) + 1 : 1, slash != NULL ? file : ".");
    return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* Does nothing if the directory does not exist: then there is nothing to allow. */
static void allow_directory_of(int rules, const char *file)
{
    struct landlock_path_beneath_attr path = {LANDLOCK_ACCESS_FS_READ_FILE, open_directory_of(file)};
    if (path.parent_fd < 0)
        return;
    (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &path, 0);
    (void)close(path.parent_fd);
}

/* Allows the directory of the name, and the one where links lead. */
static void allow_token(int rules, const char *token_file)
{
    char real[PATH_MAX];
    allow_directory_of(rules, token_file);
    if (realpath(token_file, real) != NULL)
        allow_directory_of(rules, real);
}

bool landlock_restrict(const char *token_file)
{
    struct landlock_ruleset_attr rules = {0};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return false;
    rules.handled_access_fs = file_rights(version);
    size_t size = sizeof rules.handled_access_fs;
    if (version >= 4) {
        rules.handled_access_net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP;
        size += sizeof rules.handled_access_net;
    }
    if (version >= 6) {
        rules.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;
        size += sizeof rules.scoped;
    }
    int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (fd < 0)
        return false;
    if (token_file != NULL)
        allow_token(fd, token_file);
    bool restricted = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
    (void)close(fd);
    return restricted;
}
