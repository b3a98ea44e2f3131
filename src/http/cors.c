/* CORS fields. The values were checked before: they have no control characters. Nothing fails. */
#include "http/cors.h"

#include "http/fields.h"
#include "http/form.h"
#include "http/method.h"

static void origin_field(struct text *text, const struct cors *cors)
{
    text_string(text, "Access-Control-Allow-Origin: ");
    if (cors->origin.at == NULL)
        text_string(text, "*");
    else if (cors->is_encoded)
        form_decode(text, cors->origin);
    else
        text_span(text, cors->origin);
    text_string(text, "\r\n");
}

void cors_exposed_field(struct text *text, struct span names, struct span more)
{
    if (names.length == 0 && more.length == 0)
        return;
    text_string(text, "Access-Control-Expose-Headers: ");
    text_span(text, names);
    text_string(text, names.length > 0 && more.length > 0 ? ", " : "");
    text_span(text, more);
    text_string(text, "\r\n");
}

void cors_fields(struct text *text, const struct cors *cors)
{
    const char *headers = cors->is_preflight ? "*, Authorization, Last-Event-ID" : "*";
    unsigned methods = cors->is_preflight ? METHOD_ANY & ~(METHOD_OPTIONS | cors->withheld) : METHOD_GET;
    text_string(text, "Access-Control-Allow-Headers: ");
    text_span(text, cors->headers.at != NULL ? cors->headers : span_of(headers));
    text_string(text, "\r\nAccess-Control-Allow-Methods: ");
    method_names(text, methods);
    text_string(text, cors->method.at != NULL ? ", " : "");
    text_span(text, cors->method);
    text_string(text, "\r\n");
    origin_field(text, cors);
    if (cors->varies)
        text_string(text, "Vary: Origin\r\n");
    if (cors->credentials)
        text_string(text, "Access-Control-Allow-Credentials: true\r\n");
}

struct span cors_further_method(struct span head)
{
    struct span method = fields_find(head, "Access-Control-Request-Method");
    bool is_offered = (method_of(method) & (METHOD_OTHER | METHOD_OPTIONS)) == 0;
    if (is_offered || !fields_is_token(method) || span_is(method, "CONNECT"))
        return (struct span){NULL, 0};
    return method;
}
