/* The children: a hash table with linear probing, at most half full, and a count for each source. */
#include "listen/children.h"

#include "base/clock.h"
#include "base/limits.h"

#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PLACES = 2 * LIMIT_CONNECTIONS,
    SOURCE_BITS = 17,
    SOURCES = 1 << SOURCE_BITS,
    REAP_EVERY = 16,
    CHILDREN_EACH = 64,
    LOOK_NS = 1000, /* between two urgent looks, for each child that runs */
};
_Static_assert((PLACES & (PLACES - 1)) == 0, "a power of two");

static size_t next(size_t place)
{
    return (place + 1) & (PLACES - 1);
}

/* The kernel assigns process ids in sequence, so they spread by themselves. */
static size_t home(pid_t process)
{
    return (size_t)(uint32_t)process & (PLACES - 1);
}

/* Memory that new processes do not get. *is_private is false if they do. */
static void *private_memory(size_t size, bool *is_private)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return NULL;
    *is_private = madvise(memory, size, MADV_DONTFORK) == 0;
    return memory;
}

/*
 * A process of a connection inherits the filter, and could otherwise kill the listener and other clients' processes. It
 * cannot guess 64 bits: the filter kills it at the first wrong key.
 */
static void make_kill_key(struct children *children)
{
    bool is_private = false;
    children->kill_key = private_memory(sizeof *children->kill_key, &is_private);
    if (children->kill_key == NULL || !is_private)
        return;
    if (getrandom(children->kill_key, sizeof *children->kill_key, GRND_NONBLOCK) != sizeof *children->kill_key)
        *children->kill_key = 0;
}

bool children_open(struct children *children)
{
    bool unused;
    children->count = 0;
    children->unreaped = 0;
    children->urgent_after = 0;
    children->table = private_memory(PLACES * sizeof *children->table, &unused); /* it saves memory; no more */
    children->sources = private_memory(SOURCES * sizeof *children->sources, &unused);
    make_kill_key(children);
    if (getrandom(&children->key, sizeof children->key, GRND_NONBLOCK) != sizeof children->key)
        children->key = (uint64_t)clock_realtime(); /* the kernel has no random numbers yet */
    children->key |= 1;
    return children->table != NULL && children->sources != NULL && children->kill_key != NULL;
}

uint64_t children_kill_key(const struct children *children)
{
    return *children->kill_key;
}

uint32_t children_source(const struct children *children, const struct sockaddr_storage *address)
{
    uint64_t number = 0;
    uint32_t ipv4 = 0;
    const struct in6_addr *ipv6 = &((const struct sockaddr_in6 *)address)->sin6_addr;
    if (address->ss_family == AF_INET)
        memcpy(&ipv4, &((const struct sockaddr_in *)address)->sin_addr, sizeof ipv4);
    else if (address->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(ipv6))
        memcpy(&ipv4, &ipv6->s6_addr[12], sizeof ipv4);
    else if (address->ss_family == AF_INET6)
        memcpy(&number, ipv6, sizeof number);
    return (uint32_t)(((number ^ ipv4) * children->key) >> (64 - SOURCE_BITS));
}

bool children_add(struct children *children, pid_t process, uint32_t source)
{
    if (children->count >= LIMIT_CONNECTIONS)
        return false;
    size_t place = home(process);
    while (children->table[place].process != 0)
        place = next(place);
    children->table[place] = (struct child){process, source};
    children->sources[source]++;
    children->count++;
    return true;
}

/* Whether `hole` is between the home of the child at `place` and `place`. */
static bool may_move(size_t belongs, size_t hole, size_t place)
{
    return hole <= place ? belongs <= hole || belongs > place : belongs <= hole && belongs > place;
}

/* Moves later children into the hole, because a search stops at an empty place. */
static void fill_hole(struct child *table, size_t hole)
{
    for (size_t place = next(hole); table[place].process != 0; place = next(place)) {
        if (!may_move(home(table[place].process), hole, place))
            continue;
        table[hole] = table[place];
        hole = place;
    }
    table[hole].process = 0;
}

void children_remove(struct children *children, pid_t process)
{
    size_t place = home(process);
    while (children->table[place].process != 0 && children->table[place].process != process)
        place = next(place);
    if (children->table[place].process == 0)
        return;
    children->sources[children->table[place].source]--;
    children->count--;
    fill_hole(children->table, place);
}

void children_watch(bool watch)
{
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    (void)sigprocmask(watch ? SIG_BLOCK : SIG_UNBLOCK, &ended, NULL);
}

void children_reap(struct children *children)
{
    /* A call that finds no child at all would write to errno: that copies a page. */
    for (pid_t child; children->count > 0 && (child = waitpid(-1, NULL, WNOHANG)) > 0;)
        children_remove(children, child);
    children->unreaped = 0;
}

void children_reap_some(struct children *children, bool urgent)
{
    bool is_due = ++children->unreaped >= REAP_EVERY && children->unreaped * CHILDREN_EACH >= children->count;
    int64_t now = urgent ? clock_monotonic() : 0;
    if (!is_due && (!urgent || now < children->urgent_after))
        return;
    children_reap(children);
    if (urgent)
        children->urgent_after = now + (int64_t)children->count * LOOK_NS;
}

void children_signal(const struct children *children, int signal)
{
    for (size_t place = 0; place < PLACES && *children->kill_key != 0; place++)
        if (children->table[place].process != 0)
            (void)syscall(SYS_kill, children->table[place].process, signal, *children->kill_key);
}
