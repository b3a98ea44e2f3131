/* The environment. What is not set is NULL, or stays as the command line has it; nothing fails. */
#include "environment.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

const char *environment_variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

/*
 * A credential named "token" (LoadCredential=, systemd.exec(5)) serves as AUTH_TOKEN_FILE. If there are credentials and
 * it is not plain that this one is not among them, it is taken to be: then whoever cannot read it serves nobody.
 */
static void find_credential(struct options *options)
{
    const char *directory = environment_variable("CREDENTIALS_DIRECTORY");
    struct text path = text_in(options->credential, sizeof options->credential - 1);
    if (directory == NULL || options->token_file != NULL)
        return;
    text_string(&path, directory);
    text_string(&path, "/token");
    options->credential[path.length] = '\0';
    if (access(options->credential, F_OK) == 0 || errno != ENOENT)
        options->token_file = options->credential;
}

void environment_read(struct options *options)
{
    options->runtime = environment_variable("RUNTIME_DIRECTORY");
    options->token_file = environment_variable("AUTH_TOKEN_FILE");
    options->token_value = environment_variable("AUTH_TOKEN");
    find_credential(options);
    if (options->status_file == NULL)
        options->status_file = environment_variable("STATUS_FILE");
}
