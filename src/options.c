/* The options. One table drives getopt_long(3) and the help; tests/docs.bats compares the manual with the help. */
#include "options.h"

#include "base/exit.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/similar.h"
#include "base/version.h"
#include "plan/parameters.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#define SEE_HELP "; see sse-server --help"

/* Each word of the user is cut (%.100s), so that the hint after it is not. */
#define usage_error(...) (log_format(LOG_LEVEL_ERROR, "sse-server: " __VA_ARGS__), EXIT_USAGE)

static int take_seconds(const char *argument, int64_t *ms)
{
    uint64_t seconds;
    if (!span_number(span_of(argument), LIMIT_SECONDS, &seconds) || seconds == 0)
        return usage_error("not a time: %.100s; use whole seconds, 1 to %d", argument, LIMIT_SECONDS);
    *ms = (int64_t)seconds * 1000;
    return OPTIONS_GO_ON;
}

static int take_count(const char *argument, size_t *count)
{
    uint64_t number;
    if (!span_number(span_of(argument), LIMIT_CONNECTIONS, &number) || number == 0)
        return usage_error("not a number of connections: %.100s; use 1 to %d", argument, LIMIT_CONNECTIONS);
    *count = (size_t)number;
    return OPTIONS_GO_ON;
}

/* People know -p as the port of other programs. The help for a number that fits is in setup.c. */
static int take_per_address(const char *argument, struct options *options)
{
    uint64_t port;
    if (!span_number(span_of(argument), UINT16_MAX, &port) || port <= LIMIT_CONNECTIONS)
        return take_count(argument, &options->most_per_source);
    return usage_error("not a number of connections: %d; use 1 to %d; to listen on port %d use -l %d", (int)port,
                       LIMIT_CONNECTIONS, (int)port, (int)port);
}

static int take_user(const char *argument, struct options *options)
{
    options->has_user = true;
    if (!user_parse(argument, &options->user))
        return usage_error("no such user: %.100s; use a name in /etc/passwd, or UID:GID in numbers", argument);
    return OPTIONS_GO_ON;
}

static int take_listen(const char *argument, struct options *options)
{
    options->has_listen = true;
    if (!address_parse(argument, &options->listen))
        return usage_error("not an address to listen at: %.100s; use PORT, :PORT, IPV4:PORT or [IPV6]:PORT, in "
                           "numbers, PORT from 0 to 65535",
                           argument);
    return OPTIONS_GO_ON;
}

static int print_version(const char *argument, struct options *options);
static int print_parameters(const char *argument, struct options *options);
static int print_help(const char *argument, struct options *options);

enum option_kind {
    OPTION_FLAG,    /* sets a bool */
    OPTION_STRING,  /* keeps the argument */
    OPTION_SECONDS, /* keeps a time, in ms */
    OPTION_COUNT,   /* keeps a number of connections */
    OPTION_CALL,    /* calls a function */
};

#define MEMBER(name) NULL, offsetof(struct options, name)

static const struct row {
    char letter;
    enum option_kind kind;
    const char *name;
    const char *argument; /* what the help calls the argument; NULL: there is none */
    int (*call)(const char *argument, struct options *options); /* for OPTION_CALL */
    size_t member;                                              /* for the others */
    int usual;                                                  /* the default, if it is a number; else 0 */
    const char *help;
} rows[] = {
    {'i', OPTION_FLAG, "stdin", NULL, MEMBER(serves_stdin), 0, "Serve one connection on standard input and output."},
    {'l', OPTION_CALL, "listen", "[ADDR:]PORT", take_listen, 0, 0,
     "Listen here: 8080, 127.0.0.1:8080 or [::1]:8080. Port 0: any free port."},
    {'f', OPTION_STRING, "file", "FILE", MEMBER(status_file), 0, "The shared status file."},
    {'t', OPTION_SECONDS, "head-timeout", "SECONDS", MEMBER(head_ms), LIMIT_HEAD_MS / 1000,
     "Time limit for a request head, and again for a body."},
    {'k', OPTION_SECONDS, "idle-timeout", "SECONDS", MEMBER(idle_ms), LIMIT_IDLE_MS / 1000,
     "Time limit between two requests on one connection."},
    {'w', OPTION_SECONDS, "write-timeout", "SECONDS", MEMBER(write_ms), LIMIT_WRITE_MS / 1000,
     "Drop a client that reads nothing for this long."},
    {'n', OPTION_COUNT, "connections", "COUNT", MEMBER(most), LIMIT_CONNECTIONS,
     "Connections of a listener at a time."},
    {'p', OPTION_CALL, "per-address", "COUNT", take_per_address, 0, 0,
     "Connections from one address at a time. Default: same as -n."},
    {'u', OPTION_CALL, "user", "USER", take_user, 0, 0, "Become this user first: a name, or UID:GID."},
    {'e', OPTION_SECONDS, "exit-idle", "SECONDS", MEMBER(end_ms), 0,
     "Exit after this time without a client. Default: never."},
    {'c', OPTION_FLAG, "check", NULL, MEMBER(check), 0,
     "Health check: query the server at -l, PORT or :8080. Exit 0 if it serves, else 1."},
    {'q', OPTION_FLAG, "quiet", NULL, MEMBER(quiet), 0, "Do not log what clients do."},
    {'V', OPTION_CALL, "version", NULL, print_version, 0, 0, "Print the version."},
    {'H', OPTION_CALL, "parameters", NULL, print_parameters, 0, 0,
     "Print the parameters of /stream. GET /help also lists the paths."},
    {'C', OPTION_FLAG, "cases", NULL, MEMBER(prints_cases), 0,
     "Print the named cases as JSON: their bytes, and what /expect says about them."},
    {'h', OPTION_CALL, "help", NULL, print_help, 0, 0, "Print this help."},
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
    return row->call(argument, options);
}

static int print_version(const char *argument, struct options *options)
{
    (void)argument;
    (void)options;
    (void)dprintf(STDOUT_FILENO, "sse-server " VERSION "\n");
    return EXIT_SERVED;
}

static int print_parameters(const char *argument, struct options *options)
{
    char room[LIMIT_WRITER];
    struct text text = text_in(room, sizeof room);
    (void)argument;
    (void)options;
    parameters_help(&text);
    (void)!write(STDOUT_FILENO, text.at, text.length);
    return EXIT_SERVED;
}

static int print_help(const char *argument, struct options *options)
{
    (void)argument;
    (void)options;
    (void)dprintf(STDOUT_FILENO, "usage: sse-server [options]\n\n");
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        int column = 23 - (int)span_of(row->name).length;
        (void)dprintf(STDOUT_FILENO, "  -%c, --%s %-*s%s", row->letter, row->name, column,
                      row->argument != NULL ? row->argument : "", row->help);
        if (row->usual != 0)
            (void)dprintf(STDOUT_FILENO, " Default: %d.", row->usual);
        (void)dprintf(STDOUT_FILENO, "\n");
    }
    (void)dprintf(STDOUT_FILENO, "\nWithout -i or -l, standard input decides what is served; see sse-server(8).\n");
    return EXIT_SERVED;
}

static const struct row *find_row(int letter)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].letter == letter)
            return &rows[i];
    return NULL;
}

/* The table in the form that getopt_long(3) takes. */
static void describe_rows(char *letters, struct option *names)
{
    *letters++ = '+'; /* stop at the first argument that is no option */
    *letters++ = ':'; /* return ':' if an argument is missing */
    for (size_t i = 0; i < ROWS; i++) {
        int takes = rows[i].argument != NULL ? required_argument : no_argument;
        *letters++ = rows[i].letter;
        if (takes == required_argument)
            *letters++ = ':';
        names[i] = (struct option){rows[i].name, takes, NULL, rows[i].letter};
    }
    *letters = '\0';
    names[ROWS] = (struct option){0};
}

/* A long name that is not known: with its dashes, and perhaps a value. */
static int refuse_long_name(const char *word)
{
    struct span rest = span_of(word);
    struct similar similar = similar_to(span_after(span_cut(&rest, '='), 2));
    for (size_t i = 0; i < ROWS; i++)
        similar_try(&similar, span_of(rows[i].name));
    if (similar.found.at == NULL)
        return usage_error("unknown option: %.100s" SEE_HELP, word);
    return usage_error("unknown option: %.100s; did you mean --%s?", word, similar.found.at);
}

/* People type a port where no option precedes it. */
static int refuse_argument(const char *word)
{
    struct address address;
    if (!address_parse(word, &address))
        return usage_error("unexpected argument: %.100s" SEE_HELP, word);
    return usage_error("unexpected argument: %.100s; to listen there use -l %.100s", word, word);
}

/* getopt(3) returned `problem`; optopt is 0 if it was about a long name that it does not know. */
static int refuse_option(int problem, const char *word)
{
    const char letter[] = {'-', (char)optopt, '\0'};
    if (problem == ':')
        return usage_error("option needs an argument: %s" SEE_HELP, letter);
    if (find_row(optopt) != NULL)
        return usage_error("option takes no argument: %.100s" SEE_HELP, word);
    if (optopt == 0)
        return refuse_long_name(word);
    return usage_error("unknown option: %s" SEE_HELP, letter);
}

static int read_arguments(int argc, char **argv, struct options *options)
{
    char letters[2 * ROWS + 3];
    struct option names[ROWS + 1];
    int code = OPTIONS_GO_ON, letter;
    describe_rows(letters, names);
    opterr = 0; /* the messages are ours: one line, in the log's form */
    while (code == OPTIONS_GO_ON && (letter = getopt_long(argc, argv, letters, names, NULL)) != -1) {
        const struct row *row = find_row(letter);
        code = row != NULL ? take_row(row, optarg, options) : refuse_option(letter, argv[optind - 1]);
    }
    if (code == OPTIONS_GO_ON && optind < argc)
        return refuse_argument(argv[optind]);
    return code;
}

static int take_port(const char *port, struct options *options)
{
    uint64_t number;
    if (!span_number(span_of(port), UINT16_MAX, &number))
        return usage_error("PORT is not a port: %.100s; use a number, 0 to %d", port, UINT16_MAX);
    options->from_port = true;
    return take_listen(port, options);
}

int options_read(int argc, char **argv, const struct environment *environment, struct options *options)
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
    int code = read_arguments(argc, argv, options);
    if (code != OPTIONS_GO_ON)
        return code;
    if (options->serves_stdin && options->has_listen)
        return usage_error("-i and -l exclude each other" SEE_HELP);
    if (options->serves_stdin || options->has_listen || environment->port == NULL)
        return OPTIONS_GO_ON;
    return take_port(environment->port, options);
}
