/*
 * The IDs of messages: "message-" and a number. Pure.
 */
#ifndef PLAN_MESSAGE_ID_H
#define PLAN_MESSAGE_ID_H

#include "base/span.h"

#define MESSAGE_ID_PREFIX "message-"

/* The number K of an ID "message-K", 1 to 2^63 - 1. False, *number untouched, for any other ID. */
bool message_id_parse(struct span id, uint64_t *number);

#endif
