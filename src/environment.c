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

/* Copies `value` and `suffix` to `room`. Returns false if they do not fit. */
static bool copy_variable(const char **copied, char *room, size_t size, const char *value, const char *suffix)
{
    *copied = room;
    return snprintf(room, size, "%s%s", value, suffix) < (int)size;
}

/*
 * The file of the token is a credential if AUTH_TOKEN_FILE is not set (LoadCredential=, systemd.exec(5)). A credential
 * that exists but cannot be read must not open the server to everyone: only ENOENT means that there is none.
 */
static bool read_token_file(struct environment *environment)
{
    const char *file = variable("AUTH_TOKEN_FILE");
    const char *directory = variable("CREDENTIALS_DIRECTORY");
    if (file != NULL)
        return copy_variable(&environment->token_file, environment->file_room, sizeof environment->file_room, file, "");
    if (directory == NULL)
        return true;
    if (!copy_variable(&environment->token_file, environment->file_room, sizeof environment->file_room, directory,
                       "/token"))
        return false;
    if (access(environment->token_file, F_OK) != 0 && errno == ENOENT)
        environment->token_file = NULL;
    return true;
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
    return copy_variable(&environment->token_value, environment->value_room, sizeof environment->value_room, token,
                         "") &&
           fits;
}
