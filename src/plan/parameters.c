/* The table of parameters. A value that does not fit is refused: never guessed, never clipped. */
#include "plan/parameters.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/number.h"
#include "formats/formats.h"
#include "http/form.h"
#include "http/percent.h"
#include "plan/list.h"
#include "plan/values.h"

#include <string.h>

#define HOUR ((uint64_t)3600 * NS_PER_S)
#define MIB ((uint64_t)1024 * 1024)

const struct parameter parameters[PARAMETERS] = {
    /* what is sent */
    [P_COUNT] = {"count", KIND_WHOLE, .most = INT64_MAX, .fallback = UINT64_MAX,
                 .accepts = "a whole number of messages, 0 to 9223372036854775807",
                 .help = "Stop after this many messages. Default: never stop; 16 with a format."},
    [P_INTERVAL] =
        {"interval", KIND_WAITS, .most = HOUR, .fallback = (uint64_t)NS_PER_S,
         .accepts = "up to 1024 waits, separated by commas: seconds such as 2 or 0.05, or a number with ms, s or m; "
                    "each at most 60m; 0 means as fast as the client reads",
         .help = "Wait this long between two messages or two raw pieces. In a list, each wait has its own value, and "
                 "the last one repeats. Default: 1s for messages, 0 for raw pieces."},
    [P_SIZE] = {"size", KIND_BYTES, .least = 128, .most = 64 * MIB,
                .accepts = "bytes such as 512, or a number with k or M; 128 to 64M",
                .help = "Pad the data of each message to this length. Default: no padding."},
    [P_EVENT] = {"event", KIND_LINE, .accepts = "a line of at most 256 bytes",
                 .help = "Add an event field with this value to every message. Default: no event field."},
    [P_RETRY] = {"retry", KIND_LINE, .accepts = "a line of at most 256 bytes; it need not be a number",
                 .help = "Send a retry field with exactly this value first. Default: no retry field."},
    [P_EOL] = {"eol", KIND_CHOICE, .words = "lf|cr|crlf", .accepts = "lf, cr or crlf",
               .help = "End the lines of the hello and the messages this way. Default: lf; crlf for format=gemini."},
    [P_BOM] = {"bom", KIND_WHOLE, .most = 16, .accepts = "a number, 0 to 16",
               .help = "Send this many byte-order marks at the start of the stream. Default: 0."},
    [P_RESUME] = {"resume", KIND_CHOICE, .words = "same|next", .accepts = "same or next",
                  .help = "After Last-Event-ID message-K, start with message K (same) or K+1 (next). Default: same."},
    [P_LAST_EVENT_ID] = {"lastEventId", KIND_FIELD, .is_same_always = true,
                         .accepts = "an ID of at most 4096 bytes, without control characters",
                         .help = "Use this ID if the request has no Last-Event-ID header. Default: no ID."},
    [P_TIME] = {"time", KIND_WHOLE, .most = UINT64_C(253402300799),
                .accepts = "whole seconds since 1970, 0 to 253402300799",
                .help = "Set the time in message 1. Each later message adds the interval. Default: the current time."},
    [P_FORMAT] = {"format", KIND_CHOICE, .words = FORMATS_WORDS,
                  .accepts = "messages, openai-chat, openai-responses, anthropic, gemini or ui-message",
                  .help = "Send the messages in the format of this LLM API. Default: messages, the format of this "
                          "server."},
    [P_FINISH] = {"finish", KIND_CHOICE, .words = "yes|no", .accepts = "yes or no",
                  .help = "With no, leave out the final events of the format. Default: yes."},
    [P_ERROR_AFTER] = {"errorAfter", KIND_WHOLE, .most = INT64_MAX,
                       .accepts = "a whole number of messages, 0 to 9223372036854775807",
                       .help = "After this many messages, send the error of the format and end. Default: no error."},
    [P_RAW] = {"raw", KIND_RAW, .repeats = true, .accepts = "bytes",
               .help = "Send these bytes instead of the hello and the messages. Each value is one write. Default: no "
                       "raw pieces."},
    [P_FILL] = {"fill", KIND_BYTES, .most = 64 * MIB, .accepts = "bytes such as 512, or a number with k or M; 0 to 64M",
                .help = "Append this many x to the first raw piece. Default: 0."},
    [P_LOOP] = {"loop", KIND_WHOLE, .least = 1, .most = 1000000000, .fallback = 1, .words = "forever",
                .accepts = "a number, 1 to 1000000000, or forever",
                .help = "Send the raw pieces this many times. Default: 1."},
    [P_SUB] = {"sub", KIND_CHOICE, .words = "0|1", .accepts = "0 or 1",
               .help = "With 1, replace {{id}}, {{model}}, {{attempt}}, {{n}}, {{last-event-id}} and {{header:NAME}} "
                       "in raw and header. Default: 0."},
    [P_CASE] = {"case", KIND_CASE, .is_same_always = true, .accepts = "the name of a case; GET /cases lists them",
                .help = "Use the parameters of this case. Explicit parameters override them. Default: no case."},
    [P_ECHO] = {"echo", KIND_CHOICE, .words = "0|1", .accepts = "0 or 1",
                .help = "With 1, first send an event \"request\" that shows what arrived. Default: 0."},
    /* how it travels */
    [P_DELAY] = {"delay", KIND_DURATION, .most = HOUR,
                 .accepts = "seconds such as 2 or 0.05, or a number with ms, s or m; at most 60m",
                 .help = "Wait this long before the status line. Default: 0."},
    [P_PAUSE] = {"pause", KIND_DURATION, .most = HOUR,
                 .accepts = "seconds such as 2 or 0.05, or a number with ms, s or m; at most 60m",
                 .help = "Wait this long between the head and the first byte of the body. Default: 0."},
    [P_SPLIT] =
        {"split", KIND_SPLIT, .least = 1, .most = LIMIT_WRITER,
         .accepts =
             "up to 1024 sizes, separated by commas: bytes such as 512, or a number with k, each 1 to 64k; or random",
         .help = "Write the body in parts of these sizes, repeating the list. Default: one write for each message."},
    [P_GAP] = {"gap", KIND_WAITS, .most = HOUR,
               .accepts = "up to 1024 waits, separated by commas: seconds such as 2 or 0.05, or a number with ms, s or "
                          "m; each at most 60m",
               .help = "Wait this long between the writes that split makes. In a list, each wait has its own value, "
                       "and the last one repeats. Default: 0."},
    [P_JITTER] = {"jitter", KIND_SHARE, .most = 1000, .accepts = "a fraction, 0 to 1",
                  .help = "Make each wait randomly longer or shorter, by at most this fraction of it. Default: 0."},
    [P_SEED] = {"seed", KIND_WHOLE, .most = UINT64_MAX, .accepts = "a number, 0 to 18446744073709551615",
                .help =
                    "Seed the random numbers for jitter and split. Default: a new seed each time, shown in X-Seed."},
    [P_HEARTBEAT] = {"heartbeat", KIND_DURATION, .least = NS_PER_MS, .most = HOUR,
                     .accepts = "seconds such as 2 or 0.05, or a number with ms, s or m; 1ms to 60m",
                     .help = "Send a comment whenever the stream was silent for this long. Default: no comments."},
    [P_FRAMING] = {"framing", KIND_CHOICE, .words = "chunked|close|length", .accepts = "chunked, close or length",
                   .help = "Mark the end of the body this way. Default: chunked; close for HTTP/1.0."},
    [P_CHUNK] = {"chunk", KIND_BYTES, .least = 1, .most = MIB,
                 .accepts = "bytes such as 512, or a number with k or M; 1 to 1M",
                 .help = "Send chunks of this many bytes, whatever the writes are. Default: one chunk for each write."},
    [P_ENCODING] = {"encoding", KIND_CHOICE, .words = "identity|gzip", .accepts = "identity or gzip",
                    .help = "Encode the content this way and flush it with every write. Default: identity."},
    [P_BUFFER] = {"buffer", KIND_BYTES, .least = 1, .most = LIMIT_BUFFER, .words = "all",
                  .accepts = "bytes such as 512, or a number with k or M, 1 to 1M; or all",
                  .help = "Hold the body back, and send it in blocks of this many bytes, or when it ends (all). "
                          "Default: send every write at once."},
    /* how it ends */
    [P_CUT] =
        {"cut", KIND_BYTES, .most = INT64_MAX, .fallback = INT64_MAX, .words = "head",
         .accepts = "bytes such as 512, or a number with k or M; or head",
         .help = "Stop after this many bytes of the body, or before the status line (head). Default: send everything."},
    [P_END] = {"end", KIND_CHOICE, .words = "close|hang|reset|truncate|badchunk",
               .accepts = "close, hang, reset, truncate or badchunk",
               .help = "End by close (properly), hang, reset, truncate (incomplete) or badchunk (invalid chunk). "
                       "Default: close."},
    /* the head */
    [P_STATUS] = {"status", KIND_WHOLE, .least = 200, .most = 599, .fallback = 200, .accepts = "a number, 200 to 599",
                  .help = "Answer with this status code. Default: 200."},
    [P_REASON] = {"reason", KIND_FIELD, .accepts = "text without control characters",
                  .help = "Answer with this reason phrase. Default: the usual one."},
    [P_TYPE] = {"type", KIND_FIELD, .accepts = "text without control characters",
                .help = "Send this Content-Type. An empty value omits the field. Default: text/event-stream."},
    [P_HEADER] =
        {"header", KIND_HEADER, .repeats = true,
         .accepts =
             "Name:value without control characters; not a field that frames, redirects or confines the response, "
             "commands a proxy, or outlives the response",
         .help = "Add this header field. You can give several. Default: none."},
    [P_LOCATION] = {"location", KIND_FIELD, .accepts = "text without control characters",
                    .help = "Send this Location with a status of 200, 201, 202 or 3xx. Default: no Location."},
    [P_CORS] = {"cors", KIND_ORIGIN, .accepts = "*, echo, none, null or an origin such as http://a.test:8080",
                .help = "Send this Access-Control-Allow-Origin; echo sends the request's Origin. Default: *."},
    [P_CREDENTIALS] = {"credentials", KIND_CHOICE, .words = "false|true", .accepts = "true or false",
                       .help = "With true, send Access-Control-Allow-Credentials: true. Default: false."},
    [P_PREFLIGHT] = {"preflight", KIND_CHOICE, .words = "allow|deny", .accepts = "allow or deny",
                     .help = "Allow or deny preflights (OPTIONS requests). Default: allow."},
    [P_REQUIRE] = {"require", KIND_REQUIRE,
                   .accepts = "bearer:TOKEN, basic:USER:PASSWORD, cookie:NAME=VALUE, header:NAME or header:NAME=VALUE",
                   .help = "Answer 401 unless the request carries this. Default: require nothing."},
    [P_FORBID] = {"forbid", KIND_FIELD_NAME, .accepts = "the name of a header field",
                  .help = "Answer 400 if the request has this field. Default: forbid nothing."},
    /* attempts */
    [P_BY] = {"by", KIND_CHOICE, .is_same_always = true, .words = "id|cookie|key", .accepts = "id, cookie or key",
              .help =
                  "Number the attempts by Last-Event-ID (id), by a cookie, or by a counter for the key. Default: id."},
    [P_KEY] = {"key", KIND_NAME, .is_same_always = true,
               .accepts = "1 to 64 letters, digits, dots, dashes or underscores",
               .help = "Record this attempt in /log under this name. Default: no record."},
    [P_ATTEMPT] = {"attempt", KIND_WHOLE, .is_same_always = true, .least = 1, .most = INT64_MAX,
                   .accepts = "a number, 1 to 9223372036854775807",
                   .help = "Treat this request as the attempt with this number. Default: the number that by gives."},
    [P_LOG] = {"log", KIND_FIELDS, .is_same_always = true,
               .accepts = "1 to 16 names of header fields, with commas between them and together at most 512 bytes; "
                          "not a field that can carry a secret",
               .help = "Show these fields of the request in /log, too. Default: none."},
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

/* Decodes a value into the empty text `text`. */
static bool decode_value(const struct parameter *parameter, struct span encoded, struct text *text, union value *value)
{
    form_decode(text, encoded);
    if (text->truncated)
        return false;
    if (parameter->kind < KIND_SPLIT)
        return take_number(parameter, text_written(text), &value->number);
    value->text = encoded;
    return values_fit(parameter->kind, text_written(text));
}

/* Not inlined: with this buffer in its frame, each request with a parameter would need another page for its stack. */
__attribute__((noinline)) static bool take_long(const struct parameter *parameter, struct span encoded,
                                                union value *value)
{
    char room[LIMIT_VALUE];
    struct text text = text_in(room, parameter->kind == KIND_LINE ? LIMIT_LINE : sizeof room);
    return decode_value(parameter, encoded, &text, value);
}

static bool take_decoded(const struct parameter *parameter, struct span encoded, union value *value)
{
    char room[LIMIT_LINE]; /* no limit, but enough for most values */
    struct text text = text_in(room, sizeof room);
    if (encoded.length > sizeof room) /* no value is longer decoded than encoded */
        return take_long(parameter, encoded, value);
    return decode_value(parameter, encoded, &text, value);
}

bool parameters_take(enum parameter_name name, struct span encoded, union value *value)
{
    const struct parameter *parameter = &parameters[name];
    switch (parameter->kind) {
    case KIND_SPLIT:
        value->text = encoded;
        return percent_decodes_to(encoded, "random") || list_is_sizes(encoded, parameter->least, parameter->most);
    case KIND_WAITS:
        value->text = encoded;
        return list_is_durations(encoded, parameter->most);
    case KIND_RAW:
        value->text = encoded;
        return true;
    default:
        return take_decoded(parameter, encoded, value);
    }
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
    text_string(
        text,
        "\nPut an attempt or a range in front of a name to limit it to these attempts: 2.status=503 (the second),\n"
        "1-3.end=reset (the first three), 4-.raw= (the fourth and all later ones).\n"
        "Put a method in front to limit it to this method: GET.status=405, POST.2.status=202 (the second POST).\n"
        "The more specific one overrides: method and attempts, then attempts, then the method, then the name alone.\n"
        "case, lastEventId, by, key, attempt and log take no prefix.\n");
}
