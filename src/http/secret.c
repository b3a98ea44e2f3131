/* Fields that carry secrets. Nothing fails. */
#include "http/secret.h"

#include "http/fields.h"

static bool contains_like(struct span name, const char *word)
{
    while (name.length > 0 && !span_starts_like(name, word))
        name = span_after(name, 1);
    return name.length > 0;
}

/* Proxies add such fields to a visitor's requests. A page that reads an echo must not learn them. */
enum secret secret_of(struct span name)
{
    static const char *const words[] = {"api-key", "api_key", "apikey",   "auth",   "cookie", "credential",
                                        "jwt",     "oidc",    "password", "secret", "token"};
    if (span_like(name, "Cookie"))
        return SECRET_COOKIES;
    if (span_like(name, "Authorization") || span_like(name, "Proxy-Authorization"))
        return SECRET_CREDENTIALS;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (contains_like(name, words[i]))
            return SECRET_VALUE;
    return SECRET_NONE;
}

struct span secret_scheme(struct span value)
{
    size_t length = 0;
    while (length < value.length && fields_is_tchar(value.at[length]))
        length++;
    bool has_more = length < value.length && (value.at[length] == ' ' || value.at[length] == '\t');
    return (struct span){value.at, has_more ? length : 0};
}
