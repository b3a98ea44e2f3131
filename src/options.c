/* Options. One table is the parser, the help, and what the manual is checked against. Errors are one line,
 * exit 100. */
#include "options.h"

#include "base/exit.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/version.h"
#include "plan/parameters.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

static void print(const struct text *text)
{
    (void)!write(STDOUT_FILENO, text->at, text->length);
}

static int usage_error(const char *what, const char *which, const char *accepted)
{
    struct log_line line;
    struct text *text = log_start(&line, LOG_LEVEL_ERROR);
    text_string(text, "sse-server: ");
    text_string(text, what);
    text_printable(text, span_of(which), 100);
    text_string(text, accepted);
    log_end(&line);
    return EXIT_USAGE;
}

static int take_seconds(const char *argument, int64_t *ms)
{
    uint64_t seconds;
    if (!span_number(span_of(argument), LIMIT_SECONDS, &seconds) || seconds == 0)
        return usage_error("not a time: ", argument, "; accepted are whole seconds, 1 to 86400");
    *ms = (int64_t)seconds * 1000;
    return OPTIONS_GO_ON;
}

static int take_count(const char *argument, size_t *count)
{
    uint64_t number;
    if (!span_number(span_of(argument), LIMIT_CONNECTIONS, &number) || number == 0)
        return usage_error("not a number of connections: ", argument, "; accepted are 1 to 32768");
    *count = (size_t)number;
    return OPTIONS_GO_ON;
}

static int take_user(const char *argument, struct options *options)
{
    options->has_user = true;
    if (!user_parse(argument, &options->user))
        return usage_error("no such user: ", argument, "; accepted are a name in /etc/passwd and UID:GID");
    return OPTIONS_GO_ON;
}

static int take_listen(const char *argument, struct options *options)
{
    options->has_listen = true;
    if (!address_parse(argument, &options->listen))
        return usage_error("not an address to listen at: ", argument,
                           "; accepted are PORT, :PORT, IPV4:PORT and [IPV6]:PORT in numbers");
    return OPTIONS_GO_ON;
}

static int print_version(const char *argument, struct options *options);
static int print_parameters(const char *argument, struct options *options);
static int print_help(const char *argument, struct options *options);

/* What an option does, and with which member of struct options. */
enum option_kind {
    OPTION_FLAG,    /* sets a bool */
    OPTION_STRING,  /* keeps the argument */
    OPTION_SECONDS, /* a time, kept in ms */
    OPTION_COUNT,   /* a number of connections */
    OPTION_CALL,    /* is taken by a function of its own */
};

#define MEMBER(name) NULL, offsetof(struct options, name)

static const struct row {
    char letter;
    enum option_kind kind;
    const char *argument; /* NULL: takes none */
    const char *help;
    int (*take)(const char *argument, struct options *options); /* OPTION_CALL */
    size_t member;                                              /* the others */
} rows[] = {
    {'i', OPTION_FLAG, NULL, "serve one connection on standard input and output", MEMBER(serves_stdin)},
    {'l', OPTION_CALL, "[ADDR:]PORT", "listen there: 8080, 127.0.0.1:8080, [::1]:8080; port 0 is any free one",
     take_listen, 0},
    {'f', OPTION_STRING, "FILE", "the shared status file", MEMBER(status_file)},
    {'t', OPTION_SECONDS, "SECONDS", "time for a request head, and for a body (10)", MEMBER(head_ms)},
    {'k', OPTION_SECONDS, "SECONDS", "time between two requests on one connection (60)", MEMBER(idle_ms)},
    {'w', OPTION_SECONDS, "SECONDS", "time for a client to take what it is sent (30)", MEMBER(write_ms)},
    {'n', OPTION_COUNT, "COUNT", "connections of a listener at a time (32768)", MEMBER(most)},
    {'p', OPTION_COUNT, "COUNT", "connections from one address at a time (as many as -n)", MEMBER(most_per_source)},
    {'u', OPTION_CALL, "USER", "become that user first: a name, or UID:GID", take_user, 0},
    {'e', OPTION_SECONDS, "SECONDS", "end when no client has been there for so long (never)", MEMBER(end_ms)},
    {'c', OPTION_FLAG, NULL, "ask the server at -l, PORT or :8080 if it serves: exit 0 if so, else 1", MEMBER(check)},
    {'q', OPTION_FLAG, NULL, "do not log what clients do", MEMBER(quiet)},
    {'V', OPTION_CALL, NULL, "print the version", print_version, 0},
    {'H', OPTION_CALL, NULL, "print the parameters of /stream, as GET /help does", print_parameters, 0},
    {'h', OPTION_CALL, NULL, "print this help", print_help, 0},
};

enum { ROWS = sizeof rows / sizeof *rows };

static int take_row(const struct row *row, const char *argument, struct options *options)
{
    void *member = (char *)options + row->member;
    switch (row->kind) {
    case OPTION_FLAG:
        *(bool *)member = true;
        return OPTIONS_GO_ON;
    case OPTION_STRING:
        *(const char **)member = argument;
        return OPTIONS_GO_ON;
    case OPTION_SECONDS:
        return take_seconds(argument, member);
    case OPTION_COUNT:
        return take_count(argument, member);
    case OPTION_CALL:
        break;
    }
    return row->take(argument, options);
}

static int print_version(const char *argument, struct options *options)
{
    char room[64];
    struct text text = text_in(room, sizeof room);
    (void)argument;
    (void)options;
    text_string(&text, "sse-server " VERSION "\n");
    print(&text);
    return EXIT_SERVED;
}

static int print_parameters(const char *argument, struct options *options)
{
    char room[LIMIT_WRITER];
    struct text text = text_in(room, sizeof room);
    (void)argument;
    (void)options;
    parameters_help(&text);
    print(&text);
    return EXIT_SERVED;
}

static int print_help(const char *argument_of_h, struct options *options)
{
    char room[2048];
    struct text text = text_in(room, sizeof room);
    (void)argument_of_h;
    (void)options;
    text_string(&text, "usage: sse-server [options]\n\n");
    for (size_t i = 0; i < ROWS; i++) {
        const char *argument = rows[i].argument != NULL ? rows[i].argument : "";
        text_string(&text, "  -");
        text_bytes(&text, &rows[i].letter, 1);
        text_string(&text, " ");
        text_string(&text, argument);
        for (size_t column = span_of(argument).length; column < 13; column++)
            text_string(&text, " ");
        text_string(&text, rows[i].help);
        text_string(&text, "\n");
    }
    text_string(&text, "\nWithout -i or -l, what is on standard input decides; see sse-server(8).\n");
    print(&text);
    return EXIT_SERVED;
}

static const struct row *find_row(char letter)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].letter == letter)
            return &rows[i];
    return NULL;
}

/* One word of options, "-q", "-qi", "-l8080" or "-l" with its argument in the next word, which *word then is. */
static int take_word(char ***word, struct options *options)
{
    int code = OPTIONS_GO_ON;
    for (const char *letter = **word + 1; *letter != '\0' && code == OPTIONS_GO_ON; letter++) {
        const struct row *row = find_row(*letter);
        const char given[2] = {*letter, '\0'};
        if (row == NULL)
            return usage_error("unknown option: -", given, "; see sse-server -h");
        if (row->argument == NULL) {
            code = take_row(row, NULL, options);
            continue;
        }
        const char *argument = letter[1] != '\0' ? letter + 1 : *++*word;
        if (argument == NULL)
            return usage_error("option needs an argument: -", given, "; see sse-server -h");
        return take_row(row, argument, options);
    }
    return code;
}

/* getopt(3)'s rules, without the messages and locales that it brings; with inet_ntop(3), 20 kB of one that is static.
 */
static int read_words(char **word, struct options *options)
{
    int code = OPTIONS_GO_ON;
    for (; *word != NULL && (*word)[0] == '-' && (*word)[1] != '\0' && code == OPTIONS_GO_ON; word++) {
        if (strcmp(*word, "--") == 0) {
            word++;
            break;
        }
        code = take_word(&word, options);
    }
    if (code == OPTIONS_GO_ON && *word != NULL)
        code = usage_error("no arguments are taken, but given was: ", *word, "; see sse-server -h");
    return code;
}

/* PORT says where to listen, unless the command line does. */
static int read_port(const char *port, struct options *options)
{
    uint64_t number;
    if (options->has_listen || options->serves_stdin || port == NULL)
        return OPTIONS_GO_ON;
    if (!span_number(span_of(port), UINT16_MAX, &number))
        return usage_error("PORT is not a port: ", port, "; accepted is a number, 0 to 65535");
    options->from_port = true;
    return take_listen(port, options);
}

int options_read(char **argv, const struct environment *environment, struct options *options)
{
    *options = (struct options){
        .status_file = environment->status_file,
        .head_ms = LIMIT_HEAD_MS,
        .idle_ms = LIMIT_IDLE_MS,
        .write_ms = LIMIT_WRITE_MS,
        .most = LIMIT_CONNECTIONS,
        .most_per_source = LIMIT_CONNECTIONS,
    };
    (void)address_parse("8080", &options->listen);
    int code = read_words(argv[0] != NULL ? argv + 1 : argv, options);
    if (code == OPTIONS_GO_ON && options->serves_stdin && options->has_listen)
        code = usage_error("-i and -l exclude each other", "", "");
    return code == OPTIONS_GO_ON ? read_port(environment->port, options) : code;
}
