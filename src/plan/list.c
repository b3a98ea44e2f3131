/* Lists. What is not a list is refused when the parameters are read, so nothing fails after that. */
#include "plan/list.h"

#include "base/limits.h"
#include "base/number.h"
#include "http/form.h"
#include "http/percent.h"

struct span list_next(struct span *rest)
{
    struct span all = *rest;
    for (size_t i = 0; i < all.length; i++) {
        bool is_coded = percent_byte_at(all, i) == ',';
        if (all.at[i] != ',' && !is_coded)
            continue;
        *rest = (struct span){all.at + i + (is_coded ? 3 : 1), all.length - i - (is_coded ? 3 : 1)};
        return (struct span){all.at, i};
    }
    *rest = (struct span){NULL, 0};
    return all;
}

/* Decodes an item into the empty text `text`, and reads it as a number of ns or of bytes. */
static bool decode_item(struct span encoded, struct text *text, bool is_duration, uint64_t most, uint64_t *value)
{
    int64_t ns = 0;
    form_decode(text, encoded);
    if (text->truncated)
        return false;
    if (!is_duration)
        return number_bytes(text_written(text), most, value);
    bool fits = number_duration(text_written(text), (int64_t)most, &ns);
    *value = (uint64_t)ns;
    return fits;
}

/* Not inlined: a stream would keep this buffer in its frame, and need another page. */
__attribute__((noinline)) static bool read_long_item(struct span encoded, bool is_duration, uint64_t most,
                                                     uint64_t *value)
{
    char room[LIMIT_VALUE];
    struct text text = text_in(room, sizeof room);
    return decode_item(encoded, &text, is_duration, most, value);
}

static bool read_item(struct span encoded, bool is_duration, uint64_t most, uint64_t *value)
{
    char room[64];
    struct text text = text_in(room, sizeof room);
    if (encoded.length > sizeof room) /* many zeros */
        return read_long_item(encoded, is_duration, most, value);
    return decode_item(encoded, &text, is_duration, most, value);
}

bool list_is_sizes(struct span list, uint64_t least, uint64_t most)
{
    uint64_t size = 0;
    int values = 0;
    do {
        if (++values > LIMIT_LIST || !read_item(list_next(&list), false, most, &size) || size < least)
            return false;
    } while (list.at != NULL);
    return true;
}

bool list_is_durations(struct span list, uint64_t most)
{
    uint64_t ns;
    int values = 0;
    do {
        if (++values > LIMIT_LIST || !read_item(list_next(&list), true, most, &ns))
            return false;
    } while (list.at != NULL);
    return true;
}

uint64_t list_next_size(struct span *rest, struct span list)
{
    uint64_t size = 0;
    if (rest->at == NULL)
        *rest = list;
    (void)read_item(list_next(rest), false, UINT64_MAX, &size);
    return size;
}

int64_t waits_next(struct waits *waits)
{
    uint64_t ns;
    if (waits->rest.at != NULL && read_item(list_next(&waits->rest), true, INT64_MAX, &ns))
        waits->ns = (int64_t)ns;
    return waits->ns;
}

uint64_t waits_sum(struct waits *waits, uint64_t count)
{
    uint64_t sum = 0;
    for (; count > 0 && waits->rest.at != NULL; count--)
        sum += (uint64_t)waits_next(waits); /* LIMIT_LIST times an hour: no overflow */
    uint64_t each = (uint64_t)waits->ns;
    return each > 0 && count > (INT64_MAX - sum) / each ? UINT64_MAX : sum + count * each;
}

int64_t waits_longest(struct waits waits)
{
    int64_t longest = waits.rest.at != NULL ? 0 : waits.ns;
    while (waits.rest.at != NULL) {
        int64_t ns = waits_next(&waits);
        longest = ns > longest ? ns : longest;
    }
    return longest;
}
