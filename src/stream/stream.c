/* Delivery. Fails only as its client does: gone, or not reading. */
#include "stream/stream.h"

#include "base/clock.h"
#include "base/wait.h"
#include "http/response.h"
#include "stream/message.h"

static enum out_state send_event(const struct stream *stream, struct span event)
{
    if (stream->chunked)
        chunk(&stream->out->text, event);
    else
        text_span(&stream->out->text, event);
    return out_flush(stream->out);
}

static enum out_state send_hello(const struct stream *stream)
{
    char room[LIMIT_EVENT];
    struct text event = text_in(room, sizeof room);
    hello_text(&event, stream->peer);
    return send_event(stream, text_written(&event));
}

static enum out_state send_message(const struct stream *stream, uint64_t number)
{
    char room[LIMIT_EVENT];
    struct text event = text_in(room, sizeof room);
    message_text(&event, number, (uint64_t)(clock_realtime() / NS_PER_S));
    return send_event(stream, text_written(&event));
}

/* Until `due`. False if there is nothing more to send then: the client went, or we were told to stop. */
static bool wait_until(const struct stream *stream, int64_t due)
{
    switch (wait_for(stream->out->fd, 0, due)) {
    case WAIT_STOP:
        out_stop(stream->out);
        return false;
    case WAIT_GONE:
        stream->out->state = OUT_GONE;
        return false;
    default:
        return true;
    }
}

static void send_messages(struct stream *stream)
{
    int64_t due = clock_monotonic();
    uint64_t end = plan_end(stream->plan);
    for (uint64_t number = stream->plan->first; number < end; number++) {
        due += NS_PER_S;
        if (stream->out->stopping || !wait_until(stream, due))
            return;
        stream->seat = board_move(stream->board, stream->seat,
                                  number + 1); /* first: whoever has read a message finds it in /status */
        if (send_message(stream, number) != OUT_OPEN)
            return;
    }
}

enum stream_end stream_deliver(struct stream *stream)
{
    struct out *out = stream->out;
    if (send_hello(stream) == OUT_OPEN)
        send_messages(stream);
    bool stopped = out->stopping;
    board_leave(stream->board, stream->seat); /* first: whoever has read the end is no longer in /status */
    if (stream->chunked)
        chunk_last(&out->text);
    switch (out_flush(out)) {
    case OUT_GONE:
        return STREAM_GONE;
    case OUT_STALLED:
        return STREAM_STALLED;
    default:
        return stopped ? STREAM_STOPPED : STREAM_SERVED;
    }
}
