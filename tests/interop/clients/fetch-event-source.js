// When a stream ends it resolves, and does not come back. Its own documentation throws in onclose to make it reconnect. An event has
// only the ID that it brought along ("" for none), and the client does not tell the last one. It is remembered here, so an ID that the
// server takes away cannot be seen in an event.
import { fetchEventSource } from '@microsoft/fetch-event-source';

export const connect = ({ url, headers, onevent, onend }) => {
    const controller = new AbortController();
    let lastEventId = '';
    fetchEventSource(url, {
        headers, signal: controller.signal, openWhenHidden: true,
        onmessage: ({ event, data, id }) => {
            lastEventId = id || lastEventId;
            onevent({ type: event || 'message', data, lastEventId });
        },
        onclose: () => { throw new Error('ended'); },
    }).then(() => onend('resolved'), () => onend('rejected'));
    return () => controller.abort();
};
