/* If the shared file is lost, nothing is recorded. The stream goes on. */
#include "stream/presence.h"

#include "base/clock.h"
#include "scoreboard/journal.h"

void presence_move(struct presence *presence, uint64_t position)
{
    presence->slot = scoreboard_move(presence->scoreboard, presence->slot, position);
}

void presence_note_sent(struct presence *presence, uint64_t bytes)
{
    progress_note(presence->scoreboard, &presence->progress, bytes, presence->events);
}

void presence_keep(struct presence *presence)
{
    presence->slot = scoreboard_keep(presence->scoreboard, presence->slot);
}

void presence_leave(struct presence *presence)
{
    scoreboard_leave(presence->scoreboard, presence->slot);
    presence->slot = SLOT_NONE;
}

void presence_note_close(struct presence *presence)
{
    bool had_slot = presence->slot >= 0;
    presence->closed_after = clock_monotonic() - presence->began;
    if (presence->progress.entry.ticket == 0)
        return;
    presence_leave(presence);
    journal_note_close(presence->scoreboard, presence->progress.entry, presence->closed_after);
    if (had_slot)
        presence->slot = scoreboard_claim(presence->scoreboard, NULL);
}
