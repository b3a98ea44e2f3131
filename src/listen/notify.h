/*
 * Telling systemd how we are (sd_notify(3)), without its library.
 */
#ifndef LISTEN_NOTIFY_H
#define LISTEN_NOTIFY_H

/* A socket to NOTIFY_SOCKET, or -1 where there is none. Nothing depends on it. */
int notify_open(void);

/* Sends `state` ("READY=1"); does nothing with -1. */
void notify_send(int fd, const char *state);

#endif
