/*
 * Accept and spawn. accept(2) fails in three ways. An error of one client is ignored. A shortage is logged once, and
 * the listener pauses for LIMIT_PAUSE_MS; so it does if there is no process. Any other error ends it with
 * EXIT_TEMPORARY.
 *
 * Signals arrive through a descriptor, so they interrupt no call. The end of a child wakes nobody while the listener
 * accepts. A wakeup, a read and two looks for children would cost each short request 8 us of CPU more, of 164.
 */
#include "listen/listener.h"

#include "base/clock.h"
#include "base/exit.h"
#include "base/log.h"
#include "listen/children.h"
#include "listen/lingering_close.h"
#include "listen/notify.h"
#include "listen/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
    SIGNALS = 3,    /* at most: a signal is pending only once */
    REAP_MS = 1000, /* without a connection, while there are children */
};

struct run {
    const struct listener *listener;
    struct children children;
    struct lingering_close lingering_close;
    pid_t self;
    int signals;  /* descriptor */
    int notify;   /* descriptor, or -1 */
    int short_of; /* errno of the present shortage, or 0 */
    bool full;    /* there are `most` connections */
    bool stopping;
    int fatal; /* errno of an accept that cannot succeed any more, or 0 */
};

/* Logs when a shortage begins and when it is over. */
static void set_shortage(struct run *run, const char *what, int error)
{
    if (error != 0 && run->short_of == 0)
        log_error(what, error);
    if (error == 0 && run->short_of != 0)
        log_notice("Accepting connections again");
    run->short_of = error;
}

/* Logs when the limit of -n is reached and when there is room again. */
static void set_full(struct run *run, bool full)
{
    if (full && !run->full)
        log_error("Limit of -n reached: turning clients away", 0);
    if (!full && run->full)
        log_notice("Accepting connections again");
    run->full = full;
}

/* Everything that a new process needs: it does not have the listener's stack. */
struct child_args {
    listener_serve *serve;
    void *context;
    pid_t listener;
    int fd;
    struct sockaddr_storage address;
    int closes; /* descriptors of the listener that it closes */
    int close[LIMIT_SOCKETS + LIMIT_LINGERING_CLOSES + 2];
};

/* If the listener dies, this process is told to stop, and ends its stream properly. */
static void end_with_listener(pid_t listener)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != listener) /* it died before that */
        exit_process(EXIT_SERVED);
}

static void be_child(void *argument)
{
    const struct child_args *args = argument;
    end_with_listener(args->listener);
    for (int i = 0; i < args->closes; i++)
        (void)close(args->close[i]);
    struct peer peer = peer_of_address(&args->address);
    args->serve(args->context, args->fd, &peer);
}

static struct child_args child_args_for(const struct run *run, int fd, const struct sockaddr_storage *address)
{
    const struct listener *listener = run->listener;
    struct child_args args = {.serve = listener->serve, .context = listener->context, .fd = fd, .address = *address};
    args.listener = run->self;
    for (int i = 0; i < listener->count; i++)
        args.close[args.closes++] = listener->sockets[i];
    args.close[args.closes++] = run->signals;
    if (run->notify >= 0)
        args.close[args.closes++] = run->notify;
    args.closes += lingering_close_descriptors(&run->lingering_close, &args.close[args.closes]);
    return args;
}

/* Spawns a process for the connection, if need be after reaping. Returns false and sets errno if that fails. */
static bool spawn_for(struct run *run, int fd, const struct sockaddr_storage *address, uint32_t source)
{
    struct child_args args = child_args_for(run, fd, address);
    pid_t child = spawn_process(run->listener->stack, be_child, &args, sizeof args);
    if (child < 0) {
        children_reap(&run->children);
        child = spawn_process(run->listener->stack, be_child, &args, sizeof args);
    }
    if (child < 0)
        return false;
    (void)children_add(&run->children, child, source);
    set_shortage(run, NULL, 0);
    (void)close(fd);
    return true;
}

static bool is_full(const struct run *run)
{
    return run->children.count >= run->listener->most;
}

static bool is_crowded(const struct run *run, uint32_t source)
{
    return run->children.sources[source] >= run->listener->most_per_source;
}

static void admit_client(struct run *run, int fd, const struct sockaddr_storage *address)
{
    const struct listener *listener = run->listener;
    uint32_t source = children_source(&run->children, address);
    children_reap_some(&run->children, is_full(run) || is_crowded(run, source));
    set_full(run, is_full(run));
    if (run->full)
        lingering_close_send(&run->lingering_close, fd, listener->busy);
    else if (is_crowded(run, source))
        lingering_close_send(&run->lingering_close, fd, listener->crowded);
    else if (!spawn_for(run, fd, address, source)) {
        set_shortage(run, "No process for a connection (limits: kernel.pid_max, TasksMax=, ulimit -u)", errno);
        lingering_close_send(&run->lingering_close, fd, listener->busy);
    }
}

/* Handles an error of accept(2). */
static void accept_failed(struct run *run, int error)
{
    switch (error) {
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
        set_shortage(run, "No descriptor or memory for a connection (limits: ulimit -n, LimitNOFILE=)", error);
        break;
    case EBADF:
    case EFAULT:
    case EINVAL:
    case ENOTSOCK:
    case EOPNOTSUPP:
        run->fatal = error;
        break;
    case EAGAIN: /* the same as EWOULDBLOCK on Linux */
    case ECONNABORTED:
    case EINTR:
    case EPROTO:
    case ETIMEDOUT:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENOPROTOOPT:
    case ENONET: /* the client is gone, or its network failed */
        break;
    default: /* for example a filter, which may leave the connection in the queue: do not try again at once */
        set_shortage(run, "Cannot accept a connection", error);
    }
}

/* Accepts one connection: a socket that has more is ready at once, and the signals and other sockets get their turn. */
static void accept_from(struct run *run, int socket)
{
    struct sockaddr_storage address = {.ss_family = AF_UNSPEC};
    socklen_t length = sizeof address;
    int fd = accept4(socket, (struct sockaddr *)&address, &length, SOCK_CLOEXEC);
    if (fd >= 0)
        admit_client(run, fd, &address);
    else
        accept_failed(run, errno);
}

static void take_signals(struct run *run)
{
    struct signalfd_siginfo signals[SIGNALS];
    ssize_t length = read(run->signals, signals, sizeof signals);
    for (ssize_t i = 0; i < length / (ssize_t)sizeof *signals; i++) {
        if (signals[i].ssi_signo != SIGCHLD && run->stopping)
            children_signal(&run->children, SIGKILL); /* the second signal to stop */
        run->stopping |= signals[i].ssi_signo != SIGCHLD;
    }
    children_reap(&run->children);
}

/* How long to wait for clients, ms; -1: without limit. */
static int patience(const struct run *run)
{
    if (run->children.count > 0)
        return REAP_MS;
    return run->listener->end_ms > 0 ? (int)run->listener->end_ms : -1;
}

static int sooner(int one, int other)
{
    return one < 0 || (other >= 0 && other < one) ? other : one;
}

/* Waits once and handles what happened. In a shortage it waits only for signals, for LIMIT_PAUSE_MS. */
static void turn(struct run *run)
{
    const struct listener *listener = run->listener;
    struct pollfd polls[1 + LIMIT_SOCKETS] = {{.fd = run->signals, .events = POLLIN}};
    for (int i = 0; i < listener->count; i++)
        polls[1 + i] = (struct pollfd){.fd = listener->sockets[i], .events = POLLIN};
    bool resting = run->short_of != 0;
    bool had_children = run->children.count > 0;
    int lingering = lingering_close_expire(&run->lingering_close);
    int wait = sooner(resting ? LIMIT_PAUSE_MS : patience(run), lingering);
    int ready = poll(polls, resting ? 1 : 1 + (nfds_t)listener->count, wait);
    if (ready == 0 && had_children)
        children_reap(&run->children);
    run->stopping |= ready == 0 && !had_children && !resting && lingering < 0;
    if (polls[0].revents != 0)
        take_signals(run);
    for (int i = 0; i < listener->count && !run->stopping; i++)
        if (resting || polls[1 + i].revents != 0)
            accept_from(run, listener->sockets[i]);
}

/* Children end their streams at SIGTERM. Those that still run after LIMIT_STOP_CHILDREN_MS are killed. */
static void stop(struct run *run)
{
    int64_t deadline = clock_monotonic() + LIMIT_STOP_CHILDREN_MS * NS_PER_MS;
    for (int i = 0; i < run->listener->count; i++)
        (void)close(run->listener->sockets[i]);
    notify_send(run->notify, "STOPPING=1");
    children_watch(true);
    children_reap(&run->children);
    children_signal(&run->children, SIGTERM);
    while (run->children.count > 0 && children_kill_key(&run->children) != 0) {
        struct pollfd poll_fd = {.fd = run->signals, .events = POLLIN};
        int64_t left = (deadline - clock_monotonic()) / NS_PER_MS;
        if (left <= 0)
            children_signal(&run->children, SIGKILL);
        (void)poll(&poll_fd, 1, left > 0 ? (int)left + 1 : -1);
        take_signals(run);
    }
}

/* The parent may have ignored SIGCHLD. Then the kernel would report no child. */
static int open_signals(void)
{
    static const struct sigaction usual = {.sa_handler = SIG_DFL};
    sigset_t signals;
    (void)sigaction(SIGCHLD, &usual, NULL);
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    int fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    sigdelset(&signals, SIGCHLD); /* until stop() */
    children_watch(false);
    return sigprocmask(SIG_BLOCK, &signals, NULL) == 0 ? fd : -1;
}

int listener_run(const struct listener *listener)
{
    struct run run = {.listener = listener, .self = getpid(), .signals = open_signals(), .notify = notify_open()};
    if (run.signals < 0 || !children_open(&run.children)) {
        log_error("Cannot start to accept connections", errno);
        return EXIT_TEMPORARY;
    }
    for (int i = 0; i < listener->count; i++)
        (void)fcntl(listener->sockets[i], F_SETFL, fcntl(listener->sockets[i], F_GETFL) | O_NONBLOCK);
    spawn_prepare();
    listener->confine(listener->context, children_kill_key(&run.children));
    notify_send(run.notify, "READY=1");
    while (!run.stopping && run.fatal == 0)
        turn(&run);
    stop(&run);
    if (run.fatal != 0)
        log_error("Cannot accept connections", run.fatal);
    return run.fatal != 0 ? EXIT_TEMPORARY : EXIT_SERVED;
}
