/* The table of children: a hash with linear probing, twice as large as it may ever be full. */
#include "door/children.h"

#include "base/limits.h"

#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>

enum { PLACES = 2 * LIMIT_CONNECTIONS };
_Static_assert((PLACES & (PLACES - 1)) == 0, "a power of two");

static size_t next(size_t place)
{
    return (place + 1) & (PLACES - 1);
}

/* Process ids are handed out in sequence, so they spread by themselves. */
static size_t home(pid_t child)
{
    return (size_t)(uint32_t)child & (PLACES - 1);
}

bool children_open(struct children *children)
{
    size_t size = PLACES * sizeof *children->table;
    void *table = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (table == MAP_FAILED)
        return false;
    (void)madvise(table, size, MADV_DONTFORK); /* saves memory; where it fails, nothing else does */
    children->table = table;
    children->count = 0;
    return true;
}

bool children_add(struct children *children, pid_t child)
{
    if (children->count >= LIMIT_CONNECTIONS)
        return false;
    size_t place = home(child);
    while (children->table[place] != 0)
        place = next(place);
    children->table[place] = child;
    children->count++;
    return true;
}

/* Whether `hole` lies on the way from where the child at `place` belongs to where it is. */
static bool may_move(size_t belongs, size_t hole, size_t place)
{
    return hole <= place ? belongs <= hole || belongs > place : belongs <= hole && belongs > place;
}

/* Moves up whoever was pushed past the hole, so that a search never stops short of him. */
static void fill_hole(struct children *children, size_t hole)
{
    for (size_t place = next(hole); children->table[place] != 0; place = next(place)) {
        if (!may_move(home(children->table[place]), hole, place))
            continue;
        children->table[hole] = children->table[place];
        hole = place;
    }
    children->table[hole] = 0;
}

void children_remove(struct children *children, pid_t child)
{
    size_t place = home(child);
    while (children->table[place] != 0 && children->table[place] != child)
        place = next(place);
    if (children->table[place] == 0)
        return;
    fill_hole(children, place);
    children->count--;
}

void children_signal(const struct children *children, int signal)
{
    for (size_t place = 0; place < PLACES; place++)
        if (children->table[place] != 0)
            (void)kill(children->table[place], signal);
}
