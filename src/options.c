/* Options. One table makes the parser's letters, the help and what the manual is checked against. Errors are one line,
 * exit 100. */
#include "options.h"

#include "base/exits.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/version.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const struct row {
    char letter;
    const char *argument; /* NULL: takes none */
    const char *help;
} rows[] = {
    {'i', NULL, "serve one connection on standard input and output"},
    {'l', "[ADDR:]PORT", "listen there: 8080, 127.0.0.1:8080, [::1]:8080; port 0 is any free one"},
    {'f', "FILE", "the shared status file"},
    {'t', "SECONDS", "time for a request head, and for a body (10)"},
    {'k', "SECONDS", "time between two requests on one connection (60)"},
    {'w', "SECONDS", "time for a client to take what it is sent (30)"},
    {'n', "COUNT", "connections of a listener at a time (32768)"},
    {'p', "COUNT", "connections from one address at a time (as many as -n)"},
    {'u', "USER", "become that user first: a name, or UID:GID"},
    {'e', "SECONDS", "end when no client has been there for so long (never)"},
    {'c', NULL, "ask the server at -l, PORT or :8080 if it serves: exit 0 if so, else 1"},
    {'q', NULL, "do not log what clients do"},
    {'V', NULL, "print the version"},
    {'h', NULL, "print this help"},
};

enum { ROWS = sizeof rows / sizeof *rows, MOST_SECONDS = 24 * 60 * 60 };

static void print(struct text *text)
{
    text_string(text, "\n");
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

static int print_version(void)
{
    char room[64];
    struct text text = text_in(room, sizeof room);
    text_string(&text, "sse-server " VERSION);
    print(&text);
    return EXIT_SERVED;
}

static int print_help(void)
{
    char room[2048];
    struct text text = text_in(room, sizeof room);
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
    text_string(&text, "\nWithout -i or -l, what is on standard input decides; see sse-server(8).");
    print(&text);
    return EXIT_SERVED;
}

/* getopt's string, ":" first: we say ourselves what is wrong. */
static void letters_of_rows(char *letters)
{
    *letters++ = ':';
    for (size_t i = 0; i < ROWS; i++) {
        *letters++ = rows[i].letter;
        if (rows[i].argument != NULL)
            *letters++ = ':';
    }
    *letters = '\0';
}

static int take_seconds(const char *argument, int64_t *ms)
{
    uint64_t seconds;
    if (!span_number(span_of(argument), MOST_SECONDS, &seconds) || seconds == 0)
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

static int take_option(int letter, const char *argument, struct options *options)
{
    const char given[2] = {(char)optopt, '\0'};
    switch (letter) {
    case 'i':
        options->stdin_door = true;
        return OPTIONS_GO_ON;
    case 'l':
        return take_listen(argument, options);
    case 'f':
        options->status_file = argument;
        return OPTIONS_GO_ON;
    case 't':
        return take_seconds(argument, &options->head_ms);
    case 'k':
        return take_seconds(argument, &options->idle_ms);
    case 'w':
        return take_seconds(argument, &options->write_ms);
    case 'n':
        return take_count(argument, &options->most);
    case 'p':
        return take_count(argument, &options->most_per_source);
    case 'u':
        return take_user(argument, options);
    case 'e':
        return take_seconds(argument, &options->end_ms);
    case 'c':
        options->check = true;
        return OPTIONS_GO_ON;
    case 'q':
        options->quiet = true;
        return OPTIONS_GO_ON;
    case 'V':
        return print_version();
    case 'h':
        return print_help();
    case ':':
        return usage_error("option needs an argument: -", given, "; see sse-server -h");
    default:
        return usage_error("unknown option: -", given, "; see sse-server -h");
    }
}

/* NULL for a variable that is set to nothing, as for one that is not set. */
static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

/*
 * A credential named "token" (LoadCredential=, systemd.exec(5)) serves as AUTH_TOKEN_FILE. If there are credentials and
 * it is not plain that this one is not among them, it is taken to be: then whoever cannot read it serves nobody.
 */
static void find_credential(struct options *options)
{
    const char *directory = variable("CREDENTIALS_DIRECTORY");
    struct text path = text_in(options->credential, sizeof options->credential - 1);
    if (directory == NULL || options->token_file != NULL)
        return;
    text_string(&path, directory);
    text_string(&path, "/token");
    options->credential[path.length] = '\0';
    if (access(options->credential, F_OK) == 0 || errno != ENOENT)
        options->token_file = options->credential;
}

static int read_environment(struct options *options)
{
    const char *port = variable("PORT");
    uint64_t number;
    options->runtime = variable("RUNTIME_DIRECTORY");
    options->token_file = variable("AUTH_TOKEN_FILE");
    options->token_value = variable("AUTH_TOKEN");
    find_credential(options);
    if (options->status_file == NULL)
        options->status_file = variable("STATUS_FILE");
    if (options->has_listen || options->stdin_door || port == NULL)
        return OPTIONS_GO_ON;
    if (!span_number(span_of(port), UINT16_MAX, &number))
        return usage_error("PORT is not a port: ", port, "; accepted is a number, 0 to 65535");
    options->from_port = true;
    return take_listen(port, options);
}

int options_read(int argc, char **argv, struct options *options)
{
    char letters[2 * ROWS + 2];
    int code = OPTIONS_GO_ON;
    *options = (struct options){.head_ms = LIMIT_HEAD_MS,
                                .idle_ms = LIMIT_IDLE_MS,
                                .write_ms = LIMIT_WRITE_MS,
                                .most = LIMIT_CONNECTIONS,
                                .most_per_source = LIMIT_CONNECTIONS};
    (void)address_parse("8080", &options->listen);
    letters_of_rows(letters);
    opterr = 0;
    for (int letter; code == OPTIONS_GO_ON && (letter = getopt(argc, argv, letters)) != -1;)
        code = take_option(letter, optarg, options);
    if (code == OPTIONS_GO_ON && optind < argc)
        code = usage_error("no arguments are taken, but given was: ", argv[optind], "; see sse-server -h");
    if (code == OPTIONS_GO_ON && options->stdin_door && options->has_listen)
        code = usage_error("-i and -l exclude each other", "", "");
    return code == OPTIONS_GO_ON ? read_environment(options) : code;
}
