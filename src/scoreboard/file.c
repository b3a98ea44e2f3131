/*
 * Opening the shared file. A file that cannot be trusted (a link, another user's, writable by others) is refused with a
 * reason. So is a file of another program. Both stay as they are. A stale file of ours (another version, another boot,
 * damaged) is replaced under its name. It is never changed in place, because a running process may map it.
 */
#include "scoreboard/file.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

/* f_type of statfs(2) for tmpfs, which a reboot clears. From linux/magic.h, which musl-gcc does not see. */
#define TMPFS_MAGIC 0x01021994

static struct scoreboard_file *fail_open(struct text *why, const char *path, const char *what, int error)
{
    text_string(why, "status file ");
    text_printable(why, span_of(path), 100);
    text_string(why, ": ");
    text_string(why, what);
    if (error != 0) {
        text_string(why, ": ");
        text_string(why, strerror(error));
    }
    return NULL;
}

static bool read_boot(char *boot, size_t room)
{
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t length = read(fd, boot, room - 1);
    (void)close(fd);
    return length > 0;
}

static const char magic[16] = {'s', 's', 'e', '-', 's', 'e', 'r', 'v', 'e', 'r', ' ', 'b', 'o', 'a', 'r', 'd'};

static void set_header(struct scoreboard_header *header)
{
    memset(header, 0, sizeof *header);
    memcpy(header->magic, magic, sizeof magic);
    header->layout = 7;
    header->header_size = sizeof *header;
    header->slot_size = sizeof(struct slot);
    header->slots = LIMIT_CLIENTS;
}

/* Sets the header that a usable file has. False if the file survives reboots and the boot ID cannot be read. */
static bool expect_header(int fd, struct scoreboard_header *header)
{
    struct statfs system;
    set_header(header);
    if (fstatfs(fd, &system) == 0 && system.f_type == TMPFS_MAGIC)
        return true;
    return read_boot(header->boot, sizeof header->boot);
}

/*
 * A new file is empty, and then begins with the magic: fill_file() writes the header first. One that lost it, by damage
 * or a power failure, still has its size.
 */
static bool is_ours_to_replace(int fd, const struct stat *stat)
{
    char found[sizeof magic];
    return stat->st_size == 0 || stat->st_size == (off_t)sizeof(struct scoreboard_file) ||
           (pread(fd, found, sizeof found, 0) == (ssize_t)sizeof found && memcmp(found, magic, sizeof magic) == 0);
}

/* Returns why the file must not be used, or NULL. */
static const char *distrust(const struct stat *stat)
{
    if (!S_ISREG(stat->st_mode))
        return "not a regular file";
    if (stat->st_uid != geteuid())
        return "belongs to another user";
    if ((stat->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return "others may write to it";
    return NULL;
}

static struct scoreboard_file *map_file(int fd, void *place)
{
    void *file = mmap(place, sizeof(struct scoreboard_file), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
    return file == MAP_FAILED ? NULL : file;
}

/*
 * Returns the mapped file if its size and header are as expected, else NULL. Reads the header with pread(2) instead of
 * through the mapping: another process may cut the file short at any moment.
 */
static struct scoreboard_file *map_if_fit(int fd, off_t size, void *place, const struct scoreboard_header *expected)
{
    struct scoreboard_header found;
    if (size != (off_t)sizeof(struct scoreboard_file))
        return NULL;
    if (pread(fd, &found, sizeof found, 0) != (ssize_t)sizeof found || memcmp(&found, expected, sizeof found) != 0)
        return NULL;
    return map_file(fd, place);
}

/* The header says that the file is on tmpfs. */
static bool is_in_memory(const struct scoreboard_header *header)
{
    return header->boot[0] == '\0';
}

/*
 * Allocates the space now: a write to a mapped page cannot report that there is none. On tmpfs, without the details
 * (scoreboard_file_allocate()). Returns 0 or errno.
 */
static int fill_file(int fd, const struct scoreboard_header *header)
{
    size_t length =
        is_in_memory(header) ? offsetof(struct scoreboard_file, journal.details) : sizeof(struct scoreboard_file);
    ssize_t written = pwrite(fd, header, sizeof *header, 0);
    if (written != (ssize_t)sizeof *header)
        return written < 0 ? errno : ENOSPC;
    if (fallocate(fd, 0, 0, (off_t)length) != 0 && errno != EOPNOTSUPP)
        return errno;
    return ftruncate(fd, sizeof(struct scoreboard_file)) == 0 ? 0 : errno;
}

/* True if `path` still names the file at `fd`. */
static bool is_named(int fd, const char *path)
{
    struct stat named, opened;
    return lstat(path, &named) == 0 && fstat(fd, &opened) == 0 && named.st_ino == opened.st_ino &&
           named.st_dev == opened.st_dev;
}

/*
 * Fills a new file, unlinks a stale one. The caller holds the file's lock. Returns 0 if the caller should open the path
 * again, else an errno.
 */
static int repair(int fd, const char *path, const struct scoreboard_header *header)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0)
        return errno;
    if (!is_named(fd, path))
        return 0;
    int error = stat.st_size == 0 ? fill_file(fd, header) : 0;
    if ((error != 0 || stat.st_size != 0) && unlink(path) != 0)
        return errno;
    return error;
}

/*
 * The file is not usable yet, or not any more: repairs it under its lock. Returns NULL and *error 0 if the caller
 * should try again.
 */
static struct scoreboard_file *try_repair(int fd, const char *path, void *place, const struct scoreboard_header *header,
                                          int *error)
{
    struct stat stat;
    struct scoreboard_file *file = NULL;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        /* Another process creates the file. That takes a fraction of a millisecond, or a second if the disk is busy. */
        (void)nanosleep(&(struct timespec){.tv_nsec = NS_PER_MS}, NULL);
        return NULL;
    }
    if (fstat(fd, &stat) == 0) /* the previous holder of the lock may have created it */
        file = map_if_fit(fd, stat.st_size, place, header);
    if (file == NULL)
        *error = repair(fd, path, header);
    (void)flock(fd, LOCK_UN);
    return file;
}

struct scoreboard_file *scoreboard_file_open(const char *path, void *place, int *fd, struct scoreboard_header *header,
                                             struct text *why)
{
    for (int i = 0; i < LIMIT_FILE_MS; i++) { /* one try per ms */
        struct stat stat;
        *fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
        if (*fd < 0)
            return fail_open(why, path, "cannot be opened", errno);
        const char *doubt = fstat(*fd, &stat) == 0 ? distrust(&stat) : "cannot be examined";
        if (doubt == NULL && !expect_header(*fd, header))
            doubt = "survives reboots, and /proc/sys/kernel/random/boot_id cannot be read";
        int error = 0;
        struct scoreboard_file *file = doubt == NULL ? map_if_fit(*fd, stat.st_size, place, header) : NULL;
        if (file == NULL && doubt == NULL && !is_ours_to_replace(*fd, &stat))
            doubt = "something else wrote it; name a new file";
        if (file == NULL && doubt == NULL)
            file = try_repair(*fd, path, place, header, &error);
        if (file != NULL)
            return file;
        (void)close(*fd);
        *fd = -1;
        if (doubt != NULL || error != 0)
            return fail_open(why, path, doubt != NULL ? doubt : "cannot be created", error);
    }
    return fail_open(why, path, "is locked by another process", 0);
}

bool scoreboard_file_allocate(int fd, const struct scoreboard_header *header, size_t from, size_t length)
{
    return fd < 0 || !is_in_memory(header) || fallocate(fd, 0, (off_t)from, (off_t)length) == 0;
}

struct scoreboard_file *scoreboard_file_private(void *place, struct scoreboard_header *header, struct text *why)
{
    const int flags = MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    struct scoreboard_file *file = mmap(place, sizeof *file, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (file == MAP_FAILED) {
        text_string(why, "shared memory cannot be allocated: ");
        text_string(why, strerror(errno));
        return NULL;
    }
    set_header(header);
    memcpy(&file->header, header, sizeof *header);
    return file;
}
