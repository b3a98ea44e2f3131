/*
 * What the fuzz targets share. A target is a file target_NAME.c with one function, LLVMFuzzerTestOneInput(): it is
 * given bytes, hands them to one stage of the program, and says what must hold of the outcome.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "base/text.h"
#include "http/refusal.h"

/* The target. Returns 0; what does not hold ends the process. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Tells what does not hold, and aborts. */
#define must(condition) must_hold((condition), #condition, __FILE__, __LINE__)
void must_hold(bool holds, const char *what, const char *file, int line);

/* The same bytes. */
bool same_bytes(struct span one, struct span other);

/* Every byte is printable ASCII. */
bool is_printable(struct span span);

/* What may stand in a field (RFC 9110, 5.5): no byte is a control character but a tab. */
bool is_field_text(struct span span);

/*
 * Bytes at another address, with room for nothing behind them, so that a reader who goes too far is seen. Given back
 * with drop_copy().
 */
struct span copy_of(struct span span);
void drop_copy(struct span span);

/* The next of a series of piece sizes that `seed` decides. 0: everything at once; 1: always one byte; else 1 to 19. */
size_t next_piece(uint32_t *seed);

/* What every refusal must be: none with status 0, else a known status and one line of plain text that was not cut. */
void check_refusal(int status, const struct refusal *refusal);

/* Where this process may have a file of that name: in FUZZ_SCRATCH, which whoever set it removes, else in /tmp. */
const char *scratch_path(const char *name);

/* Whether the span is one object of objects, as /status tells it; *members is how many it has. */
bool is_json_object(struct span span, size_t *members);

/* Whether the span is one JSON text (RFC 8259), without white space but for line feeds. */
bool is_json(struct span span);

#endif
