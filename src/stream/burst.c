/* A burst. Nothing fails: the caller sends what does not fit. */
#include "stream/burst.h"

#include "base/go_rand.h"

#include <string.h>

/* Where to change a message, from its beginning. */
struct places {
    size_t last_digit; /* of the number */
    size_t letters;
    uint64_t longer; /* the first number with more digits: a power of ten */
};

/* The first "-" is that of the ID: a chunk-size line has none. The last quote is the one after the letters. */
static struct places find_places(const char *message, size_t length)
{
    const char *at = (const char *)memchr(message, '-', length) + 1;
    const char *quote = memrchr(message, '"', length);
    struct places places = {.letters = (size_t)(quote - message) - GO_RAND_LETTERS, .longer = 1};
    for (; *at >= '0' && *at <= '9'; at++)
        places.longer *= 10;
    places.last_digit = (size_t)(at - message) - 1;
    return places;
}

/* Adds 1 to a decimal number. It has a digit that is not 9. */
static void increment(char *last_digit)
{
    for (; *last_digit == '9'; last_digit--)
        *last_digit = '0';
    ++*last_digit;
}

uint64_t burst_append(struct text *text, size_t length, uint64_t number, uint64_t end)
{
    char *message = text->at + text->length - length;
    const struct places places = find_places(message, length);
    uint64_t next = number + 1;
    for (; next < end && next < places.longer && text->capacity - text->length > length; next++) {
        memcpy(message + length, message, length);
        message += length;
        increment(message + places.last_digit);
        go_rand_letters(next, message + places.letters);
        text->length += length;
    }
    return next - number - 1;
}
