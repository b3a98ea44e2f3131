/* The table of parameters. A value that does not fit is refused: never guessed, never clipped. */
#include "plan/parameters.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/number.h"
#include "http/form.h"
#include "plan/values.h"

#include <string.h>

#define HOUR ((uint64_t)3600 * NS_PER_S)
#define MIB ((uint64_t)1024 * 1024)

const struct parameter parameters[PARAMETERS] = {
    /* what is sent */
    [P_COUNT] = {"count", KIND_WHOLE, .most = INT64_MAX, .fallback = UINT64_MAX,
                 .accepts = "a whole number of messages, 0 to 9223372036854775807",
                 .help = "so many messages, then the end (no end)"},
    [P_INTERVAL] = {"interval", KIND_DURATION, .most = HOUR, .fallback = (uint64_t)NS_PER_S,
                    .accepts = "a time such as 50ms, 2s, 1m or 0.05, at most 60m; 0 is as fast as the client reads",
                    .help = "between two messages (1s), or two raw pieces (0)"},
    [P_SIZE] = {"size", KIND_BYTES, .least = 128, .most = 64 * MIB,
                .accepts = "bytes such as 512, 64k or 5M, 128 to 64M",
                .help = "length of a message's data, filled up with padding (no padding)"},
    [P_EVENT] = {"event", KIND_LINE, .accepts = "a line of at most 256 bytes",
                 .help = "an event field for every message (none)"},
    [P_RETRY] = {"retry", KIND_LINE, .accepts = "a line of at most 256 bytes; it need not be a number",
                 .help = "a retry field for the hello, as it is (none)"},
    [P_EOL] = {"eol", KIND_CHOICE, .words = "lf|cr|crlf", .accepts = "lf, cr or crlf",
               .help = "line ends of hello and messages (lf)"},
    [P_BOM] = {"bom", KIND_WHOLE, .most = 16, .accepts = "a number, 0 to 16",
               .help = "byte-order marks in front of the stream (0)"},
    [P_RESUME] = {"resume", KIND_CHOICE, .words = "same|next", .accepts = "same or next",
                  .help = "after Last-Event-ID message-K: go on with K, or with K+1 (same)"},
    [P_LAST_EVENT_ID] = {"lastEventId", KIND_FIELD, .is_same_always = true, .accepts = "an id",
                         .help = "in place of the header Last-Event-ID, which wins (none)"},
    [P_TIME] = {"time", KIND_WHOLE, .most = UINT64_C(253402300799),
                .accepts = "whole seconds since 1970, 0 to 253402300799",
                .help = "time of message 1, later ones by the interval (the clock)"},
    [P_RAW] = {"raw", KIND_RAW, .repeats = true, .accepts = "bytes",
               .help = "these bytes instead of hello and messages, one write each time it is given (none)"},
    [P_FILL] = {"fill", KIND_BYTES, .most = 64 * MIB, .accepts = "bytes such as 512, 64k or 5M, 0 to 64M",
                .help = "so many x behind the first raw piece, as part of it (0)"},
    [P_LOOP] = {"loop", KIND_WHOLE, .least = 1, .most = 1000000000, .fallback = 1, .words = "forever",
                .accepts = "a number, 1 to 1000000000, or forever", .help = "send the raw pieces so many times (1)"},
    [P_CASE] = {"case", KIND_CASE, .is_same_always = true, .accepts = "the name of a case; GET /cases lists them",
                .help = "the parameters of that case; what stands beside it goes before them (none)"},
    [P_ECHO] = {"echo", KIND_CHOICE, .words = "0|1", .accepts = "0 or 1",
                .help = "first an event \"request\" that tells what arrived (0)"},
    /* how it travels */
    [P_DELAY] = {"delay", KIND_DURATION, .most = HOUR, .accepts = "a time such as 50ms, 2s, 1m or 0.05, at most 60m",
                 .help = "before the status line (0)"},
    [P_PAUSE] = {"pause", KIND_DURATION, .most = HOUR, .accepts = "a time such as 50ms, 2s, 1m or 0.05, at most 60m",
                 .help = "between the head and the first byte of the body (0)"},
    [P_SPLIT] = {"split", KIND_SPLIT,
                 .accepts = "numbers of bytes, 1 to 65536, with commas between, 256 characters at most, or random",
                 .help = "bytes of each write, over and over (a write for a message)"},
    [P_GAP] = {"gap", KIND_DURATION, .most = HOUR, .accepts = "a time such as 50ms, 2s, 1m or 0.05, at most 60m",
               .help = "between those writes (0)"},
    [P_JITTER] = {"jitter", KIND_SHARE, .most = 1000, .accepts = "a share, 0 to 1",
                  .help = "each wait is longer or shorter by up to this share of it (0)"},
    [P_SEED] = {"seed", KIND_WHOLE, .most = UINT64_MAX, .accepts = "a number, 0 to 18446744073709551615",
                .help = "of all that is random (another each time, told in X-Seed)"},
    [P_HEARTBEAT] = {"heartbeat", KIND_DURATION, .least = NS_PER_MS, .most = HOUR,
                     .accepts = "a time such as 50ms, 2s, 1m or 0.05, 1ms to 60m",
                     .help = "a comment when nothing was sent for so long (none)"},
    [P_FRAMING] = {"framing", KIND_CHOICE, .words = "chunked|close|length", .accepts = "chunked, close or length",
                   .help = "how the body's end is told (chunked; close to HTTP/1.0)"},
    [P_CHUNK] = {"chunk", KIND_WHOLE, .least = 1, .most = MIB, .accepts = "a number of bytes, 1 to 1048576",
                 .help = "bytes of each chunk, whatever the writes (a chunk for a write)"},
    [P_ENCODING] = {"encoding", KIND_CHOICE, .words = "identity|gzip", .accepts = "identity or gzip",
                    .help = "content coding, flushed with every write (identity)"},
    /* how it ends */
    [P_CUT] = {"cut", KIND_BYTES, .most = INT64_MAX, .fallback = INT64_MAX, .words = "head",
               .accepts = "bytes such as 512, 64k or 5M, or head",
               .help = "stop after so many bytes of the body, or before the status line (do not)"},
    [P_END] = {"end", KIND_CHOICE, .words = "close|hang|reset|truncate|badchunk",
               .accepts = "close, hang, reset, truncate or badchunk",
               .help =
                   "properly, silent and open, by a reset, without the last chunk, by a chunk that is none (close)"},
    /* the head */
    [P_STATUS] = {"status", KIND_WHOLE, .least = 200, .most = 599, .fallback = 200, .accepts = "a number, 200 to 599",
                  .help = "status code (200)"},
    [P_REASON] = {"reason", KIND_FIELD, .accepts = "text without control characters",
                  .help = "reason phrase (the usual one)"},
    [P_TYPE] = {"type", KIND_FIELD, .accepts = "text without control characters",
                .help = "Content-Type as it is, none if empty (text/event-stream)"},
    [P_HEADER] =
        {"header", KIND_HEADER, .repeats = true,
         .accepts =
             "Name:value without control characters; none that frames, redirects, confines or outlives the answer",
         .help = "one more field each time it is given (none)"},
    [P_LOCATION] = {"location", KIND_FIELD, .accepts = "text without control characters",
                    .help = "Location, with a status of 3xx (none)"},
    [P_CORS] = {"cors", KIND_ORIGIN, .accepts = "*, echo, none, null or an origin",
                .help = "Access-Control-Allow-Origin; echo is the request's Origin (*)"},
    [P_CREDENTIALS] = {"credentials", KIND_CHOICE, .words = "false|true", .accepts = "true or false",
                       .help = "Access-Control-Allow-Credentials (false)"},
    [P_PREFLIGHT] = {"preflight", KIND_CHOICE, .words = "allow|deny", .accepts = "allow or deny",
                     .help = "what OPTIONS is answered (allow)"},
    [P_REQUIRE] = {"require", KIND_REQUIRE, .accepts = "bearer:TOKEN, basic:USER:PASSWORD or cookie:NAME=VALUE",
                   .help = "401 unless the request carries it (nothing)"},
    /* attempts */
    [P_BY] = {"by", KIND_CHOICE, .is_same_always = true, .words = "id|cookie|key", .accepts = "id, cookie or key",
              .help = "what tells the attempt: Last-Event-ID, a cookie, a counter under key (id)"},
    [P_KEY] = {"key", KIND_NAME, .is_same_always = true,
               .accepts = "1 to 64 letters, digits, dots, dashes or underscores",
               .help = "the name under which /log keeps this attempt (none)"},
    [P_ATTEMPT] = {"attempt", KIND_WHOLE, .is_same_always = true, .least = 1, .most = INT64_MAX,
                   .accepts = "a number, 1 to 9223372036854775807",
                   .help = "this is that attempt, whatever else would tell (by)"},
};

enum parameter_name parameters_find(struct span name)
{
    enum parameter_name i = 0;
    while (i < PARAMETERS && !span_is(name, parameters[i].name))
        i++;
    return i;
}

int parameters_word_place(const char *words, struct span word)
{
    struct span rest = span_of(words);
    for (int place = 0; rest.at != NULL; place++) {
        struct span known = span_cut(&rest, '|');
        if (known.length == word.length && memcmp(known.at, word.at, word.length) == 0)
            return place;
    }
    return -1;
}

static bool take_number(const struct parameter *parameter, struct span text, uint64_t *number)
{
    int64_t ns;
    uint32_t permille;
    if (parameter->kind == KIND_CHOICE || (parameter->words != NULL && span_is(text, parameter->words))) {
        int place = parameters_word_place(parameter->words, text);
        *number = parameter->kind == KIND_CHOICE ? (uint64_t)place : PARAMETERS_WORD;
        return place >= 0;
    }
    bool fits = false;
    if (parameter->kind == KIND_WHOLE)
        fits = span_number(text, parameter->most, number);
    else if (parameter->kind == KIND_BYTES)
        fits = number_bytes(text, parameter->most, number);
    else if (parameter->kind == KIND_DURATION && (fits = number_duration(text, (int64_t)parameter->most, &ns)))
        *number = (uint64_t)ns;
    else if (parameter->kind == KIND_SHARE && (fits = number_permille(text, &permille)))
        *number = permille;
    return fits && *number >= parameter->least;
}

bool parameters_take(enum parameter_name name, struct span encoded, union value *value)
{
    const struct parameter *parameter = &parameters[name];
    char room[LIMIT_VALUE];
    bool is_short = parameter->kind == KIND_LINE || parameter->kind == KIND_SPLIT;
    struct text text = text_in(room, is_short ? LIMIT_LINE : sizeof room);
    if (parameter->kind != KIND_RAW) {
        form_decode(&text, encoded);
        if (text.truncated)
            return false;
    }
    if (parameter->kind < KIND_SPLIT)
        return take_number(parameter, text_written(&text), &value->number);
    value->text = encoded;
    return parameter->kind == KIND_RAW || values_fit(parameter->kind, text_written(&text));
}

static void help_line(struct text *text, const struct parameter *parameter)
{
    text_string(text, parameter->name);
    for (size_t column = strlen(parameter->name); column < sizeof parameter->name; column++)
        text_string(text, " ");
    text_string(text, parameter->help);
    text_string(text, "\n            ");
    text_string(text, parameter->accepts);
    text_string(text, "\n");
}

void parameters_help(struct text *text)
{
    text_string(text, "GET /stream?NAME=VALUE&...\n\n");
    for (size_t i = 0; i < PARAMETERS; i++)
        help_line(text, &parameters[i]);
    text_string(text,
                "\nAny name may say for which attempts it is: 2.status=503 for the second, 1-3.end=reset for three,\n"
                "4-.raw= for the fourth and all later ones; it then goes before one that does not say.\n");
}
