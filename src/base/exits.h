/*
 * Exit codes, the super-servers' convention: 100 is the operator's mistake and stays so, 111 may be gone at the next
 * try. What a client does, however bad, is never a failure of this program.
 */
#ifndef BASE_EXITS_H
#define BASE_EXITS_H

enum {
    EXIT_SERVED = 0,      /* the connection ended, or the listener was told to stop */
    EXIT_UNHEALTHY = 1,   /* -c: no server answers */
    EXIT_USAGE = 100,     /* the command line or the environment is wrong */
    EXIT_TEMPORARY = 111, /* a system call failed */
};

#endif
