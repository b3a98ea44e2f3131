/* GET /: the page for a client that accepts HTML, the text of /help for all others. */
#include "http/media_type.h"
#include "page/page.h"
#include "serve/answers.h"
#include "serve/reply.h"

bool answer_page_is_wanted(const struct request *request)
{
    return (request->method & (METHOD_GET | METHOD_HEAD)) != 0 && media_type_is_accepted(request->head, "text/html");
}

void answer_page(struct connection *connection)
{
    struct response response = {
        .type = span_of("text/html; charset=utf-8"),
        .fields = page_fields(),
        .no_cache = true,
    };
    if (answer_page_is_wanted(&connection->exchange.request))
        reply_whole(connection, &response, page_html());
    else
        answer_help_text(connection);
}
