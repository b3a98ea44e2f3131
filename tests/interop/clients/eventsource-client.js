// It tells of each event the id that stands in it, and of itself the last one; that is taken, as others have it in their events.
import { createEventSource } from 'eventsource-client';

export const about = { name: 'eventsource-client', package: 'eventsource-client', home: 'node', reconnectionTime: 2000, headers: true };

export const connect = ({ url, headers, credentials, onevent, onend }) => {
    const client = createEventSource({
        url, headers, credentials,
        onMessage: ({ event, data }) => onevent({ type: event ?? 'message', data, lastEventId: client.lastEventId ?? '' }),
        onDisconnect: () => setTimeout(() => client.readyState === 'closed' && onend('closed')), // it closes behind that
    });
    return () => client.close();
};
