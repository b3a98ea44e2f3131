// An event has only the ID that it brought along. The client itself has the last ID, which is what others have in their events.
import { createEventSource } from 'eventsource-client';

export const connect = ({ url, headers, onevent, onend }) => {
    const client = createEventSource({
        url, headers,
        onMessage: ({ event, data }) => onevent({ type: event ?? 'message', data, lastEventId: client.lastEventId ?? '' }),
        onDisconnect: () => setTimeout(() => client.readyState === 'closed' && onend('closed')), // it closes afterwards
    });
    return () => client.close();
};
