/*
 * Telling systemd how we are (sd_notify(3)), without its library.
 */
#ifndef DOOR_NOTIFY_H
#define DOOR_NOTIFY_H

/* Sends `state` ("READY=1") to NOTIFY_SOCKET. Does nothing where there is none, and nothing depends on its arrival. */
void notify(const char *state);

#endif
