/* Fields of the head. pairs_read() checked the values: they have no control characters. Nothing fails. */
#include "plan/response_fields.h"

#include "base/base64.h"
#include "http/cookie.h"
#include "http/cors.h"
#include "http/fields.h"
#include "http/form.h"
#include "http/percent.h"
#include "plan/attempt.h"
#include "plan/substitute.h"

#include <string.h>

enum { NAME_SHOWN = 64 }; /* bytes of a name in a refusal */

static void encoded_field(struct text *text, const char *name, struct span encoded)
{
    text_string(text, name);
    text_string(text, ": ");
    form_decode(text, encoded);
    text_string(text, "\r\n");
}

bool plan_has_own_cors(const struct plan *plan)
{
    return plan_has(plan, P_CORS) || plan_has(plan, P_CREDENTIALS);
}

static bool is_shared(const struct plan *plan)
{
    return !plan_has(plan, P_CORS) || !percent_decodes_to(plan->values[P_CORS].text, "none");
}

static struct cors cors_of(const struct plan *plan, const struct request *request)
{
    struct cors cors = {.credentials = plan_number(plan, P_CREDENTIALS) == 1};
    if (!plan_has(plan, P_CORS))
        return cors;
    cors.varies = percent_decodes_to(plan->values[P_CORS].text, "echo");
    cors.is_encoded = !cors.varies;
    cors.origin = cors.varies ? fields_find(request->head, "Origin") : plan->values[P_CORS].text;
    return cors;
}

static void planned_cors_fields(struct text *text, const struct plan *plan, const struct request *request)
{
    struct cors cors = cors_of(plan, request);
    if (plan_has_own_cors(plan) && is_shared(plan))
        cors_fields(text, &cors);
}

/* With credentials "*" is not a wildcard (Fetch standard, 3.3.5). So the requested headers are named. */
void plan_preflight_fields(struct text *text, const struct plan *plan, const struct request *request)
{
    struct cors cors = cors_of(plan, request);
    struct span requested = fields_find(request->head, "Access-Control-Request-Headers");
    cors.is_preflight = true;
    cors.method = cors_further_method(request->head);
    cors.headers = requested.at != NULL ? requested : span_of("*");
    if (is_shared(plan))
        cors_fields(text, &cors);
}

static void caller_fields(struct text *text, const struct plan *plan, const struct request *request)
{
    const struct substitute substitute = {plan, request, true, 1};
    unsigned index = 0;
    struct span header;
    while (plan_has(plan, P_HEADER) && plan_next(plan, &index, P_HEADER, &header)) {
        substitute_text(text, &substitute, header);
        text_string(text, "\r\n");
    }
}

static void cookie_field(struct text *text, const struct plan *plan, const struct request *request)
{
    if (plan_number(plan, P_BY) != BY_COOKIE)
        return;
    text_string(text, "Set-Cookie: ");
    plan_attempt_cookie_name(text, request);
    text_string(text, "=");
    text_number(text, plan->attempt);
    text_string(text, "; Max-Age=");
    text_number(text, LIMIT_COOKIE_S);
    text_string(text, "; Path=/\r\n");
}

bool plan_is_random(const struct plan *plan)
{
    return plan_number(plan, P_JITTER) > 0 ||
           (plan_has(plan, P_SPLIT) && percent_decodes_to(plan->values[P_SPLIT].text, "random"));
}

static bool has_random_seed(const struct plan *plan)
{
    return plan_is_random(plan) && !plan_has(plan, P_SEED);
}

void plan_fields(struct text *text, const struct plan *plan, const struct request *request, uint64_t seed)
{
    bool is_callers =
        plan_has(plan, P_TYPE) || plan_has(plan, P_HEADER) || !plan_has_messages(plan) || plan_is_error(plan);
    planned_cors_fields(text, plan, request);
    if (plan_has(plan, P_LOCATION))
        encoded_field(text, "Location", plan->values[P_LOCATION].text);
    caller_fields(text, plan, request);
    cookie_field(text, plan, request);
    if (plan->format != NULL && !plan_is_error(plan))
        text_string(text, plan->format->fields);
    if (plan_number(plan, P_ENCODING) != 0)
        fields_write(text, "Content-Encoding", span_of("gzip"));
    if (is_callers)
        text_string(text, RESPONSE_NOSNIFF "Content-Security-Policy: sandbox\r\n");
    if (has_random_seed(plan)) {
        text_string(text, "X-Seed: ");
        text_number(text, seed);
        text_string(text, "\r\n");
    }
}

bool plan_is_exposed(const struct plan *plan, const struct request *request)
{
    return is_shared(plan) && fields_find(request->head, "Origin").at != NULL;
}

static void exposed_name(struct text *text, struct span header)
{
    size_t before = text->length;
    text_string(text, before > 0 ? ", " : "");
    size_t start = text->length;
    form_decode(text, header);
    struct span name = span_after(text_written(text), start);
    name = span_cut(&name, ':');
    text->length = span_like(name, "Set-Cookie") ? before : start + name.length;
}

void plan_exposed_names(struct text *text, const struct plan *plan)
{
    unsigned index = 0;
    struct span header;
    if (has_random_seed(plan))
        text_string(text, "X-Seed");
    while (plan_has(plan, P_HEADER) && plan_next(plan, &index, P_HEADER, &header))
        exposed_name(text, header);
}

static bool has_credentials(struct span authorization, const char *scheme, struct span wanted)
{
    struct span rest = authorization;
    if (!span_like(span_cut(&rest, ' '), scheme) || rest.at == NULL)
        return false;
    struct span given = span_trim(rest);
    return given.length == wanted.length && memcmp(given.at, wanted.at, wanted.length) == 0;
}

static bool has_cookie(const struct request *request, struct span wanted)
{
    char room[LIMIT_VALUE];
    struct text name = text_in(room, sizeof room - 1);
    text_span(&name, span_cut(&wanted, '='));
    room[name.length] = '\0';
    struct span given = cookie_find(request->head, room);
    return given.at != NULL && given.length == wanted.length && memcmp(given.at, wanted.at, wanted.length) == 0;
}

/* One of the fields of that name has the value. Without "=VALUE" any value will do. */
static bool has_field(const struct request *request, struct span wanted)
{
    char room[LIMIT_VALUE];
    struct text name = text_in(room, sizeof room - 1);
    text_span(&name, span_cut(&wanted, '='));
    room[name.length] = '\0';
    struct span rest = fields_begin(request->head), found, given;
    bool takes_any = wanted.at == NULL;
    wanted = span_trim(wanted);
    while (fields_next(&rest, &found, &given))
        if (span_like(found, room) &&
            (takes_any || (given.length == wanted.length && memcmp(given.at, wanted.at, wanted.length) == 0)))
            return true;
    return false;
}

/* Not inlined: requests without `require` must not touch its buffers, a page of stack while the stream runs. */
__attribute__((noinline)) static bool has_required(const struct plan *plan, const struct request *request)
{
    char room[LIMIT_VALUE], coded_room[LIMIT_VALUE * 4 / 3 + 4];
    struct text text = text_in(room, sizeof room);
    struct text coded = text_in(coded_room, sizeof coded_room);
    plan_text(plan, P_REQUIRE, &text);
    struct span wanted = text_written(&text);
    struct span scheme = span_cut(&wanted, ':');
    if (span_is(scheme, "cookie"))
        return has_cookie(request, wanted);
    if (span_is(scheme, "header"))
        return has_field(request, wanted);
    if (span_is(scheme, "bearer"))
        return has_credentials(request->authorization, "Bearer", wanted);
    base64_encode(&coded, wanted);
    return has_credentials(request->authorization, "Basic", text_written(&coded));
}

/* Names the kind of what is required and the name of a cookie or field. The rest is a secret. */
__attribute__((noinline)) static int refuse_unsatisfied(const struct plan *plan, struct refusal *refusal)
{
    char room[LIMIT_VALUE];
    struct text required = text_in(room, sizeof room);
    plan_text(plan, P_REQUIRE, &required);
    struct span rest = text_written(&required);
    struct span kind = span_cut(&rest, ':');
    bool has_name = span_is(kind, "cookie") || span_is(kind, "header");
    int status = refuse(refusal, 401, "the request does not carry what parameter \"require\" asks for: ");
    if (!has_name)
        text_string(&refusal->reason, "Authorization with the right ");
    text_span(&refusal->reason, kind);
    if (has_name) {
        text_string(&refusal->reason, " \"");
        text_printable(&refusal->reason, span_cut(&rest, '='), NAME_SHOWN);
        text_string(&refusal->reason, rest.at != NULL ? "\" with the right value" : "\"");
    } else {
        text_string(&refusal->reason, span_is(kind, "bearer") ? " token" : " credentials");
    }
    return status;
}

int plan_check_required(const struct plan *plan, const struct request *request, struct refusal *refusal)
{
    return !plan_has(plan, P_REQUIRE) || has_required(plan, request) ? 0 : refuse_unsatisfied(plan, refusal);
}

void plan_error_fields(struct text *text, const struct plan *plan, const struct request *request)
{
    planned_cors_fields(text, plan, request);
    cookie_field(text, plan, request);
}

/* Not inlined: requests without `forbid` must not touch its buffer. */
__attribute__((noinline)) static int refuse_forbidden(const struct plan *plan, const struct request *request,
                                                      struct refusal *refusal)
{
    char room[LIMIT_VALUE + 1];
    struct text name = text_in(room, LIMIT_VALUE);
    plan_text(plan, P_FORBID, &name);
    room[name.length] = '\0';
    if (fields_find(request->head, room).at == NULL)
        return 0;
    int status = refuse(refusal, 400, "the request has the field \"");
    text_printable(&refusal->reason, text_written(&name), NAME_SHOWN);
    text_string(&refusal->reason, "\", which parameter \"forbid\" forbids");
    return status;
}

int plan_check_forbidden(const struct plan *plan, const struct request *request, struct refusal *refusal)
{
    return plan_has(plan, P_FORBID) ? refuse_forbidden(plan, request, refusal) : 0;
}

/* A field name has no byte that a quoted string would escape. The value, if one is required, is a secret. */
static void header_challenge(struct text *text, struct span required)
{
    text_string(text, "WWW-Authenticate: Header name=\"");
    text_span(text, span_cut(&required, '='));
    text_string(text, "\"\r\n");
}

void plan_challenge_fields(struct text *text, const struct plan *plan, const struct request *request)
{
    char room[LIMIT_VALUE];
    struct text required = text_in(room, sizeof room);
    plan_text(plan, P_REQUIRE, &required);
    plan_error_fields(text, plan, request);
    if (span_starts(text_written(&required), "bearer:"))
        text_string(text, "WWW-Authenticate: Bearer\r\n");
    else if (span_starts(text_written(&required), "basic:"))
        text_string(text, "WWW-Authenticate: Basic realm=\"sse-server\"\r\n");
    else if (span_starts(text_written(&required), "header:"))
        header_challenge(text, span_after(text_written(&required), sizeof "header:" - 1));
}
