/*
 * A whole connection: serve_connection() from the client's bytes to the responses, with the clock of fakes.c.
 *
 * The input is one byte that says how the connection behaves (far_end.h), then what the client sends. For any input:
 *   - The responses are valid HTTP, except where a request asks for something broken (asked.h).
 *   - The log has one line of plain text for each response.
 *   - A first request with two possible readings is refused, and the connection ends.
 *   - After the client has closed, the server ends within a limited number of waits.
 *   - The responses do not depend on where the bytes are cut.
 */
#include "answers.h"
#include "asked.h"
#include "base/clock.h"
#include "base/log.h"
#include "fakes.h"
#include "far_end.h"
#include "fuzz.h"
#include "scoreboard/file.h"
#include "serve/serve.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the shared file is mapped. */
static _Alignas(4096) char place[SCOREBOARD_SIZE];

enum { OUTPUT = 1 << 21, SENT = 1 << 18 };

static struct scoreboard scoreboard;
static struct service service = {.head_ms = 10000, .idle_ms = 60000, .write_ms = 30000, .scoreboard = &scoreboard};
static struct client listed[LIMIT_CLIENTS];
static struct cold cold;
static struct reader reader;
static struct connection connection = {.service = &service, .clients = listed, .cold = &cold, .reader = &reader};

static int log_fd;

/* Empties the journal, so that a client's requests do not count for the next one. */
static void forget_attempts(struct scoreboard_file *file)
{
    if (file == NULL || atomic_load(&file->journal.last) == 0)
        return;
    memset(&file->journal, 0, offsetof(struct journal, held));
    memset((void *)file->journal.hashes, 0, sizeof file->journal.hashes);
}

/* Serves the client. Returns what it received. */
static struct span serve_client(unsigned how, struct span sent, size_t piece, char *room)
{
    fake_now = NS_PER_S;
    service.token_value = (how & WITH_TOKEN) != 0 ? "secret" : NULL;
    service.scoreboard = &scoreboard;
    memset(reader.bytes, 'x', sent.length < sizeof reader.bytes ? sent.length : 0);
    forget_attempts(scoreboard.file);
    connect_client(how, sent, piece, text_in(room, OUTPUT));
    serve_connection(&connection, client.in, client.out, "192.0.2.1:4242");
    return disconnect_client();
}

/* Plain ASCII, except for the micro sign of a duration. */
static void check_log_line(struct span line)
{
    for (size_t i = 0; i < line.length; i++)
        must((line.at[i] >= ' ' && line.at[i] <= '~') || line.at[i] == '\xc2' || line.at[i] == '\xb5');
    must(line.length < LIMIT_LOG_LINE);
    must(span_starts(line, "<- 192.0.2.1:4242: ") || span_starts(line, "Starting stream for 192.0.2.1:4242, ") ||
         span_starts(line, "Client 192.0.2.1:4242 "));
}

/* Returns the log of the connection and empties it. */
static struct span take_log(void)
{
    static char room[OUTPUT];
    ssize_t count = pread(log_fd, room, sizeof room, 0);
    must(count >= 0 && (size_t)count < sizeof room);
    empty_file(log_fd);
    return (struct span){room, (size_t)count};
}

/* The next log line about a request; at == NULL at the end. */
static struct span next_exchange(struct span *log)
{
    while (log->length > 0) {
        struct span line = span_cut(log, '\n');
        must(log->at != NULL);
        check_log_line(line);
        if (span_starts(line, "<- "))
            return span_after(line, sizeof "<- 192.0.2.1:4242: " - 1);
    }
    return (struct span){NULL, 0};
}

static void check_status(const struct answer *answer, struct span line)
{
    char room[16];
    struct text status = text_in(room, sizeof room - 1);
    text_number(&status, (uint64_t)answer->status);
    text_string(&status, " (");
    room[status.length] = '\0';
    must(has_within(line, room));
}

/* The body of a refusal is its reason, which also ends the log line. */
static void check_refused(const struct answer *answer, struct span line)
{
    must(answer->status >= 400);
    if (answer->status == 401 || answer->bodiless || answer->unfinished)
        return;
    if (span_starts(answer->body, "{\"")) /* the error of an LLM API, with the reason as JSON */
        return;
    struct span reason = answer->body;
    must(reason.length > 1 && reason.length < line.length && reason.at[--reason.length] == '\n');
    must(is_printable(reason) && same_bytes(reason, span_after(line, line.length - reason.length)));
}

static void check_exchange(const struct answer *answer, const struct asked *asked, struct span line)
{
    if (answer->status >= 200)
        check_status(answer, line);
    if (asked->is_head)
        must(answer->body.length == 0);
    else if (tells_refusal(line))
        check_refused(answer, line);
    else
        must(answer->status < 400 || asked->owns_head);
}

static void check_body(const struct answer *answer, const struct asked *asked, struct span line, struct span sent)
{
    size_t members;
    if (answer->body.length == 0 || answer->unfinished || asked->owns_head || asked->breaks_off)
        return;
    bool is_told = span_is(answer->type, "application/json");
    if (is_told && span_starts(answer->body, "{\"192.0.2.9"))
        must(is_json_object(answer->body, &members) && members == 2);
    else if (is_told)
        must(is_json(answer->body));
    else if (span_is(answer->type, "text/event-stream") && asks_for_count_alone(line, sent))
        must(span_starts(answer->body, "id: hello\ndata: Hello, 192.0.2.1:4242!\n\n"));
}

/* The head of the first request. Empty if it is incomplete, or longer than the server accepts. */
static struct span first_head(struct span sent)
{
    while (sent.length > 0 && (sent.at[0] == '\n' || span_starts(sent, "\r\n")))
        sent = span_after(sent, 1);
    if (sent.length > LIMIT_TARGET)
        sent.length = LIMIT_TARGET;
    for (struct span rest = sent; rest.at != NULL;) {
        (void)span_cut(&rest, '\n');
        if (rest.at != NULL && (span_starts(rest, "\n") || span_starts(rest, "\r\n")))
            return (struct span){sent.at, (size_t)(rest.at - sent.at)};
    }
    return (struct span){NULL, 0};
}

/* Two readers may find different ends of this head's body. */
static bool smuggles(struct span head)
{
    int lengths = 0, codings = 0;
    (void)span_cut(&head, '\n');
    while (head.length > 0) {
        struct span line = span_cut(&head, '\n');
        struct span name = span_cut(&line, ':');
        bool is_length = span_like(span_trim(name), "content-length");
        bool is_coding = span_like(span_trim(name), "transfer-encoding");
        if ((is_length || is_coding) && (line.at == NULL || span_trim(name).length != name.length))
            return true;
        if (is_coding && memchr(line.at, ',', line.length) != NULL)
            return true;
        lengths += is_length;
        codings += is_coding;
    }
    return lengths > 1 || codings > 1 || (lengths > 0 && codings > 0);
}

/* A response that breaks off must be the last one. */
static struct asked asked_by(struct span line, struct span later, struct span sent)
{
    struct asked asked = asked_of(line, sent);
    asked.breaks_off = asked.breaks_off && next_exchange(&later).at == NULL;
    return asked;
}

/* Each log line has its response, except the last ones if the client closed or the response was cut before its head. */
static void check_answers(struct span output, struct span log, struct span sent)
{
    struct answer answer, first = {0};
    struct span rest = output, line;
    int count = 0;
    bool closed = false;
    while ((line = next_exchange(&log)).at != NULL) {
        struct asked asked = asked_by(line, log, sent);
        must(!closed);
        if (tells_no_answer(line) || !next_answer(&rest, &asked, &answer)) {
            must(client.is_gone || asked.breaks_off);
            break;
        }
        closed = answer.closes || answer.unfinished;
        must(!answer.unfinished || client.is_gone);
        check_exchange(&answer, &asked, line);
        check_body(&answer, &asked, line, sent);
        first = count++ == 0 ? answer : first;
    }
    must(next_exchange(&log).at == NULL && !next_answer(&rest, &(struct asked){.is_head = false}, &answer));
    if (smuggles(first_head(sent)))
        must(count == 1 && first.status >= 400 && closed);
}

/* Removes the interim responses: the server sends them only if the body arrives after its head. */
static struct span without_interim(struct span output, char *room)
{
    static const char interim[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct text text = text_in(room, OUTPUT);
    while (output.length > 0) {
        const char *found = memmem(output.at, output.length, interim, sizeof interim - 1);
        size_t before = found != NULL ? (size_t)(found - output.at) : output.length;
        text_bytes(&text, output.at, before);
        output = span_after(output, before + (found != NULL ? sizeof interim - 1 : 0));
    }
    return text_written(&text);
}

/* Expands "~NB" to the byte B, 256 * N times, so that small inputs can exceed every limit. */
static struct span repeat(struct span input, char *room)
{
    struct text text = text_in(room, SENT);
    for (size_t i = 0; i < input.length; i++) {
        if (input.at[i] != '~' || input.length - i < 3) {
            text_bytes(&text, input.at + i, 1);
            continue;
        }
        size_t length = (unsigned char)input.at[i + 1] * 256U;
        if (length > text.capacity - text.length)
            break;
        memset(text.at + text.length, input.at[i + 2], length);
        text.length += length;
        i += 2;
    }
    return text_written(&text);
}

/* Adds two clients that /status must list. */
static void claim_two_slots(void)
{
    static struct scoreboard one, other;
    const struct client clients[] = {{"[2001:db8::1]:9", NS_PER_S, 3}, {"192.0.2.9:1", 2 * NS_PER_S, 4}};
    one.file = other.file = scoreboard.file;
    one.header = other.header = scoreboard.header;
    must(scoreboard_claim(&one, &clients[0]) >= 0 && scoreboard_claim(&other, &clients[1]) >= 0);
}

static void start(void)
{
    static bool started;
    if (started)
        return;
    started = true;
    log_fd = memfd_create("log", MFD_CLOEXEC);
    must(log_fd >= 0);
    log_to(log_fd, S_IFREG, false, false);
    must(scoreboard_open_private(&scoreboard, place));
    claim_two_slots();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char whole[OUTPUT], pieces[OUTPUT], interim[2][OUTPUT], repeated[SENT];
    static struct scoreboard none = {.why = "there is none"};
    static struct scoreboard_file *file;
    if (size == 0)
        return 0;
    start();
    file = file == NULL ? scoreboard.file : file;
    unsigned how = data[0];
    scoreboard.file = (how & WITHOUT_FILE) != 0 ? none.file : file;
    memcpy(scoreboard.why, none.why, sizeof none.why);
    struct span sent = {(const char *)data + 1, size - 1};
    if ((how & IS_REPEATED) == IS_REPEATED)
        sent = repeat(sent, repeated);
    struct span at_once = serve_client(how, sent, SIZE_MAX, whole);
    check_answers(at_once, take_log(), sent);
    bool is_whole = client.writes >= 0;
    if ((how & BY_SOCKET) != 0)
        return 0;
    struct span by_pieces = serve_client(how, sent, 1 + sent.length / (3 + size % 5), pieces);
    check_answers(by_pieces, take_log(), sent);
    if (is_whole && client.writes >= 0) /* an interim response needs one more write */
        must(same_bytes(without_interim(at_once, interim[0]), without_interim(by_pieces, interim[1])));
    return 0;
}
