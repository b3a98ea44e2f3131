/*
 * The paths of this server and what they accept: one table for dispatch, GET /help, 405 and OPTIONS. Pure.
 */
#ifndef SERVE_ROUTES_H
#define SERVE_ROUTES_H

#include "base/text.h"

/* In the order of the help. */
enum route {
    ROUTE_STREAM,
    ROUTE_STATUS,
    ROUTE_EXPECT,
    ROUTE_LOG,
    ROUTE_CASES,
    ROUTE_HELP,
    ROUTE_PAGE,
    ROUTE_WITH,     /* every path that begins with /with */
    ROUTE_PROVIDER, /* several paths: providers.h knows them */
    ROUTE_WPT,      /* many paths: wpt/handlers.h knows them */
    ROUTES,         /* their number; also: nothing is at this path */
};

/* The route of a percent-encoded path. ROUTES if there is none, or if only wpt/handlers.h knows the path. */
enum route routes_find(struct span path);

/* The route is a stream: its requests may have any method, and bodies of up to LIMIT_UPLOAD bytes. */
bool routes_are_streams(enum route route);

/* The set of methods that a route accepts (enum method). For ROUTES: every method that some route accepts. */
unsigned routes_methods(enum route route);

/* Appends all paths, one per line, for people. */
void routes_text(struct text *text);

/* Appends them as a JSON array of objects. */
void routes_json(struct text *text);

#endif
