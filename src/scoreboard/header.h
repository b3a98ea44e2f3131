/* The beginning of the shared file. */
#ifndef SCOREBOARD_HEADER_H
#define SCOREBOARD_HEADER_H

#include <stdint.h>

/* A file is used only if its header equals ours. It holds everything that readers rely on. */
struct scoreboard_header {
    char magic[16];
    uint32_t layout, header_size, slot_size, slots;
    char boot[48]; /* the boot in which the owner words are valid; empty on tmpfs, which a reboot clears */
};

#endif
