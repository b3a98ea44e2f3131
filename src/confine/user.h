/*
 * Becoming somebody without rights, once and for all (-u).
 */
#ifndef CONFINE_USER_H
#define CONFINE_USER_H

#include "base/span.h"

#include <sys/types.h>

struct user {
    uid_t uid;
    gid_t gid;
};

/*
 * The line of `name` in the bytes of a passwd(5) file. False if there is none that is well-formed. Pure.
 */
bool user_find(struct span passwd, const char *name, struct user *user);

/* "UID:GID" in numbers, or a name from /etc/passwd. False for what is neither. */
bool user_parse(const char *string, struct user *user);

/* Becomes that user, in that group alone. False, errno set, if any right would be left. */
bool user_become(const struct user *user);

#endif
