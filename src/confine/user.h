/*
 * Dropping privileges for good (-u).
 */
#ifndef CONFINE_USER_H
#define CONFINE_USER_H

#include "base/span.h"

#include <sys/types.h>

struct user {
    uid_t uid;
    gid_t gid;
};

/* Finds `name` in the bytes of a passwd(5) file. Returns false if there is no well-formed line for it. Pure. */
bool user_find(struct span passwd, const char *name, struct user *user);

/* Reads "UID:GID" in numbers, or a name in /etc/passwd. Returns false for anything else. */
bool user_parse(const char *string, struct user *user);

/* Becomes that user, with this group only. Returns false and sets errno if any privilege would be left. */
bool user_become(const struct user *user);

#endif
