/* The sandbox, from inside: what it forbids ends the process that tries, and what it allows does not. */
#include "base/build.h"
#include "check.h"
#include "confine/confine.h"
#include "confine/user.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILL_KEY UINT64_C(0x123456789abcdef0)

/* Tries something in a process that is confined. Returns the signal that ended it, or 0 if it went on. */
static int tried(bool listens, void (*attempt)(void))
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        const struct confine_needs needs = {.listens = listens, .kill_key = listens ? KILL_KEY : 0, .shared_file = -1};
        const char *refused = confine_process(&needs);
        if (refused != NULL && strcmp(refused, "Landlock") != 0 && !BUILD_IS_LOOSE)
            _exit(99);
        attempt();
        _exit(0);
    }
    check(child > 0 && waitpid(child, &status, 0) == child);
    check(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void try_exec(void)
{
    (void)execl("/bin/true", "true", (char *)NULL);
}

static void try_socket(void)
{
    (void)socket(AF_INET, SOCK_STREAM, 0);
}

static void try_ptrace(void)
{
    (void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static void try_write_file(void)
{
    (void)open("/tmp/never-written", O_WRONLY | O_CREAT, 0600);
}

static void try_executable_memory(void)
{
    (void)mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void try_namespace(void)
{
    (void)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
}

static void try_unlink(void)
{
    (void)unlink("/tmp/never-there");
}

static void try_fork(void)
{
    if (fork() == 0)
        _exit(0);
}

static void try_kill(void)
{
    (void)kill(getpid(), 0);
}

static void try_kill_with_half_a_key(void)
{
    (void)syscall(SYS_kill, getpid(), 0, KILL_KEY & UINT32_MAX);
}

static void try_kill_with_key(void)
{
    (void)syscall(SYS_kill, getpid(), 0, KILL_KEY);
}

static void try_congestion_control(void)
{
    (void)setsockopt(0, IPPROTO_TCP, SO_LINGER, NULL, 0); /* the same number as TCP_CONGESTION */
}

static void try_send_elsewhere(void)
{
    const struct sockaddr address = {.sa_family = AF_INET};
    (void)sendto(0, "", 0, 0, &address, sizeof address);
}

static void try_prlimit_of_another(void)
{
    (void)syscall(SYS_prlimit64, getppid(), 0, NULL, NULL);
}

static void try_what_is_needed(void)
{
    char byte;
    (void)read(open("/dev/null", O_RDONLY | O_CLOEXEC), &byte, 1);
    (void)write(STDERR_FILENO, "", 0);
    (void)mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    free(malloc(100000));
}

void test_confine(void)
{
    static void (*const forbidden[])(void) = {try_exec,
                                              try_socket,
                                              try_ptrace,
                                              try_write_file,
                                              try_executable_memory,
                                              try_namespace,
                                              try_unlink,
                                              try_prlimit_of_another,
                                              try_kill,
                                              try_kill_with_half_a_key,
                                              try_congestion_control,
                                              try_send_elsewhere};
    static void (*const listeners[])(void) = {try_fork, try_kill_with_key};
    check(tried(false, try_what_is_needed) == 0 && tried(true, try_what_is_needed) == 0);
    for (size_t i = 0; !BUILD_IS_LOOSE && i < sizeof forbidden / sizeof *forbidden; i++)
        check(tried(false, forbidden[i]) == SIGSYS && tried(true, forbidden[i]) == SIGSYS);
    for (size_t i = 0; !BUILD_IS_LOOSE && i < sizeof listeners / sizeof *listeners; i++)
        check(tried(false, listeners[i]) == SIGSYS && tried(true, listeners[i]) == 0);
}

void test_user(void)
{
    static const char passwd[] =
        "root:x:0:0:root:/root:/bin/sh\nbroken:x:a:1::/:\nno\nsse:x:123:456:a b:/:/bin/false\nlast:x:7:8";
    struct span bytes = span_of(passwd);
    struct user user;
    check(user_find(bytes, "sse", &user) && user.uid == 123 && user.gid == 456);
    check(user_find(bytes, "last", &user) && user.uid == 7 && user.gid == 8);
    check(!user_find(bytes, "broken", &user) && !user_find(bytes, "no", &user) && !user_find(bytes, "", &user));
    check(!user_find(bytes, "ss", &user) && !user_find(bytes, "sse:x", &user));
    check(user_parse("65532:65533", &user) && user.uid == 65532 && user.gid == 65533);
    check(!user_parse("1:", &user) && !user_parse(":1", &user) && !user_parse("1:2:3", &user) &&
          !user_parse("-1:1", &user));
    check(!user_parse("4294967295:1", &user) && !user_parse("1", &user));
    check(user_parse("root", &user) && user.uid == 0);
}
