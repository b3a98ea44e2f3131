/*
 * What the fuzz targets share. A target is a file target_NAME.c with the function LLVMFuzzerTestOneInput(). It passes
 * the bytes of an input to one stage of the program and checks the result.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "base/text.h"
#include "http/refusal.h"

/* The target. Returns 0, or aborts the process if a check fails. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Prints the condition and aborts if it does not hold. */
#define must(condition) must_hold((condition), #condition, __FILE__, __LINE__)
void must_hold(bool holds, const char *what, const char *file, int line);

/* The same bytes. */
bool same_bytes(struct span one, struct span other);

/* Every byte is printable ASCII. */
bool is_printable(struct span span);

/* The bytes are allowed in a field value (RFC 9110, 5.5): no control characters except tab. */
bool is_field_text(struct span span);

/* A copy without room after it, so that a sanitizer sees an overrun. The caller frees it with drop_copy(). */
struct span copy_of(struct span span);
void drop_copy(struct span span);

/* The next of a series of piece sizes that `seed` decides. 0: everything at once; 1: always one byte; else 1 to 19. */
size_t next_piece(uint32_t *seed);

/* Checks a refusal: a known status of at least 400 with one line of plain text that was not cut. 0: no refusal. */
void check_refusal(int status, const struct refusal *refusal);

/* A path for a temporary file of this process, in FUZZ_SCRATCH or else in /tmp. Valid until the next call. */
const char *scratch_path(const char *name);

/* The span is one JSON object of objects, as /status sends it. *members is their number. */
bool is_json_object(struct span span, size_t *members);

/* The span is one JSON text (RFC 8259) without white space other than line feeds. */
bool is_json(struct span span);

#endif
