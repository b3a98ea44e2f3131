// An event has only the ID that it brought along. The client itself has the last one.
import { EventSourcePlus } from 'event-source-plus';

export const connect = ({ url, headers, onevent, onend }) => {
    const source = new EventSourcePlus(url, { headers });
    const controller = source.listen({
        onMessage: ({ event, data }) => onevent({ type: event, data, lastEventId: source.lastEventId ?? '' }),
    });
    controller.onAbort(({ type }) => type !== 'manual' && onend(type));
    return () => controller.abort();
};
