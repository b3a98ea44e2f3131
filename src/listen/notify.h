/*
 * Reporting the state to systemd (sd_notify(3)), without its library.
 */
#ifndef LISTEN_NOTIFY_H
#define LISTEN_NOTIFY_H

/* Returns a socket to NOTIFY_SOCKET; -1 if there is none or it cannot be reached. */
int notify_open(void);

/* Sends `state`, for example "READY=1". Does nothing if `fd` is -1. */
void notify_send(int fd, const char *state);

#endif
