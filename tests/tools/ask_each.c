/*
 * Asks for many targets, each from a process of its own.
 *
 *   ask_each PROGRAM [OPTION...] <TARGETS >ANSWERS
 *
 * For each line of TARGETS it starts the program with these options and -i, and sends a GET for that line over pipes.
 * The answer goes to ANSWERS, followed by "\n-- " and the number of the line. Exit 2 if a system call fails.
 */
#include "tool.h"

#include <spawn.h>
#include <sys/wait.h>

enum { LINE_MOST = 1 << 16, OPTIONS_MOST = 16 };

extern char **environ;

/* Starts the program. Its input is the descriptor *in, its output *out. */
static pid_t start(char **arguments, int *in, int *out)
{
    posix_spawn_file_actions_t actions;
    int questions[2], answers[2];
    pid_t process;
    if (pipe2(questions, O_CLOEXEC) != 0 || pipe2(answers, O_CLOEXEC) != 0)
        give_up("pipe2");
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_adddup2(&actions, questions[0], STDIN_FILENO);
    (void)posix_spawn_file_actions_adddup2(&actions, answers[1], STDOUT_FILENO);
    if (posix_spawn(&process, arguments[0], &actions, NULL, arguments, environ) != 0)
        give_up(arguments[0]);
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(questions[0]);
    (void)close(answers[1]);
    *in = questions[1];
    *out = answers[0];
    return process;
}

/* A request is shorter than the room of a pipe, so writing it does not wait. */
static void ask(char **arguments, const char *target)
{
    static char bytes[LINE_MOST];
    int in, out;
    pid_t process = start(arguments, &in, &out);
    int length = snprintf(bytes, sizeof bytes, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", target);
    if (write(in, bytes, (size_t)length) != length)
        give_up("write");
    (void)close(in);
    for (ssize_t got; (got = read(out, bytes, sizeof bytes)) > 0;)
        (void)fwrite(bytes, 1, (size_t)got, stdout);
    (void)close(out);
    if (waitpid(process, NULL, 0) < 0)
        give_up("waitpid");
}

int main(int argc, char **argv)
{
    static char line[LINE_MOST / 2];
    static char serves_input[] = "-i";
    char *arguments[OPTIONS_MOST + 2] = {NULL};
    if (argc < 2 || argc > OPTIONS_MOST)
        return 2;
    for (int i = 1; i < argc; i++)
        arguments[i - 1] = argv[i];
    arguments[argc - 1] = serves_input;
    (void)signal(SIGPIPE, SIG_IGN);
    for (int number = 1; fgets(line, sizeof line, stdin) != NULL; number++) {
        line[strcspn(line, "\n")] = '\0';
        ask(arguments, line);
        printf("\n-- %d\n", number);
    }
    return 0;
}
