/* Reads the environment once, at the start. */
#include "environment.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

/*
 * The file of the token is a credential if AUTH_TOKEN_FILE is not set (LoadCredential=, systemd.exec(5)). A credential
 * that exists but cannot be read must not open the server to everyone: only ENOENT means that there is none.
 */
static bool read_token_file(struct environment *environment)
{
    const char *file = variable("AUTH_TOKEN_FILE"), *directory = variable("CREDENTIALS_DIRECTORY");
    char *room = environment->file_room;
    const char *path = file != NULL ? file : directory;
    if (path == NULL)
        return true;
    bool fits = snprintf(room, LIMIT_PATH, "%s%s", path, file != NULL ? "" : "/token") < LIMIT_PATH;
    if (file != NULL || access(room, F_OK) == 0 || errno != ENOENT)
        environment->token_file = room;
    environment->lacks_token = environment->token_file == NULL && variable("AUTH_TOKEN") == NULL;
    return fits;
}

bool environment_read(struct environment *environment)
{
    const char *token = variable("AUTH_TOKEN");
    environment->port = variable("PORT");
    environment->status_file = variable("STATUS_FILE");
    environment->runtime = variable("RUNTIME_DIRECTORY");
    bool fits = read_token_file(environment);
    if (token == NULL)
        return fits;
    environment->token_value = environment->value_room;
    return snprintf(environment->value_room, sizeof environment->value_room, "%s", token) <= LIMIT_TOKEN && fits;
}
