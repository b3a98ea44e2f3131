/*
 * Dropping privileges. Own code reads /etc/passwd, because getpwnam(3) loads NSS libraries even in a static program,
 * and fgetpwent(3) needs a heap: measured with musl, each child of the listener then has 16 KiB of page tables instead
 * of 12.
 */
#include "confine/user.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <unistd.h>

enum { MOST_ID = 0x7ffffffe };

static bool set_ids(struct span uid, struct span gid, struct user *user)
{
    uint64_t uid_number, gid_number;
    if (!span_number(uid, MOST_ID, &uid_number) || !span_number(gid, MOST_ID, &gid_number))
        return false;
    *user = (struct user){(uid_t)uid_number, (gid_t)gid_number};
    return true;
}

bool user_find(struct span passwd, const char *name, struct user *user)
{
    while (passwd.at != NULL) {
        struct span line = span_cut(&passwd, '\n');
        if (!span_is(span_cut(&line, ':'), name))
            continue;
        (void)span_cut(&line, ':'); /* the password */
        struct span uid = span_cut(&line, ':');
        if (set_ids(uid, span_cut(&line, ':'), user))
            return true;
    }
    return false;
}

bool user_parse(const char *string, struct user *user)
{
    char room[LIMIT_PASSWD];
    struct span gid = span_of(string);
    struct span uid = span_cut(&gid, ':');
    if (gid.at != NULL)
        return set_ids(uid, gid, user);
    int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t length = read(fd, room, sizeof room);
    (void)close(fd);
    return length > 0 && user_find((struct span){room, (size_t)length}, string, user);
}

bool user_become(const struct user *user)
{
    if (setgroups(0, NULL) != 0 && (errno != EPERM || geteuid() == 0))
        return false;
    if (setresgid(user->gid, user->gid, user->gid) != 0 || setresuid(user->uid, user->uid, user->uid) != 0)
        return false;
    if (user->uid != 0 && setuid(0) == 0) { /* it could become root again */
        errno = EPERM;
        return false;
    }
    return true;
}
