/* Checks, copies and paths for the targets. Errors abort the process. */
#include "fuzz.h"

#include "http/status_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void must_hold(bool holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    (void)fprintf(stderr, "%s:%d: this must hold: %s\n", file, line, what);
    abort();
}

bool same_bytes(struct span one, struct span other)
{
    return one.length == other.length && (one.length == 0 || memcmp(one.at, other.at, one.length) == 0);
}

bool is_printable(struct span span)
{
    size_t i = 0;
    while (i < span.length && span.at[i] >= ' ' && span.at[i] <= '~')
        i++;
    return i == span.length;
}

bool is_field_text(struct span span)
{
    for (size_t i = 0; i < span.length; i++)
        if (((unsigned char)span.at[i] < ' ' && span.at[i] != '\t') || span.at[i] == '\x7f')
            return false;
    return true;
}

struct span copy_of(struct span span)
{
    char *copy = malloc(span.length > 0 ? span.length : 1);
    must(copy != NULL);
    if (span.length > 0)
        memcpy(copy, span.at, span.length);
    return (struct span){copy, span.length};
}

void drop_copy(struct span span)
{
    free((void *)(uintptr_t)span.at);
}

void check_refusal(int status, const struct refusal *refusal)
{
    if (status == 0)
        return;
    must(*status_code_phrase(status) != '\0' && status >= 400);
    must(!refusal->reason.truncated);
    must(refusal->reason.length > 0 && is_printable(text_written(&refusal->reason)));
}

const char *scratch_path(const char *name)
{
    static char path[256];
    const char *directory = getenv("FUZZ_SCRATCH");
    int length = snprintf(path, sizeof path, "%s/%s.%ld", directory != NULL ? directory : "/tmp", name, (long)getpid());
    must(length > 0 && length < (int)sizeof path);
    return path;
}

size_t next_piece(uint32_t *seed)
{
    if (*seed == 0)
        return SIZE_MAX;
    if (*seed == 1)
        return 1;
    *seed = *seed * 1664525 + 1013904223;
    return 1 + (*seed >> 24) % 19;
}
