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

static bool read_duration(struct span encoded, uint64_t most, int64_t *ns)
{
    char room[LIMIT_NUMBER];
    struct text text = text_in(room, sizeof room);
    form_decode(&text, encoded);
    return !text.truncated && number_duration(text_written(&text), (int64_t)most, ns);
}

static bool read_size(struct span encoded, uint64_t most, uint64_t *size)
{
    char room[LIMIT_NUMBER];
    struct text text = text_in(room, sizeof room);
    form_decode(&text, encoded);
    return !text.truncated && span_number(text_written(&text), most, size);
}

bool list_is_sizes(struct span list, uint64_t least, uint64_t most)
{
    uint64_t size;
    int values = 0;
    do {
        if (++values > LIMIT_LIST || !read_size(list_next(&list), most, &size) || size < least)
            return false;
    } while (list.at != NULL);
    return true;
}

bool list_is_durations(struct span list, uint64_t most)
{
    int64_t ns;
    int values = 0;
    do {
        if (++values > LIMIT_LIST || !read_duration(list_next(&list), most, &ns))
            return false;
    } while (list.at != NULL);
    return true;
}

uint64_t list_next_size(struct span *rest, struct span list)
{
    uint64_t size = 0;
    if (rest->at == NULL)
        *rest = list;
    (void)read_size(list_next(rest), UINT64_MAX, &size);
    return size;
}

int64_t waits_next(struct waits *waits)
{
    if (waits->rest.at != NULL)
        (void)read_duration(list_next(&waits->rest), INT64_MAX, &waits->ns);
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
