// When a stream ends it resolves, and does not come back; its own documentation throws in onclose to have it do so. It tells of each
// event the id that stands in it, "" for none, and no last one: that is remembered here, so an id that is reset cannot be seen.
import { fetchEventSource } from '@microsoft/fetch-event-source';

export const about = { name: 'fetch-event-source', package: '@microsoft/fetch-event-source', home: 'chromium', reconnectionTime: 1000, headers: true };

export const connect = ({ url, headers, credentials, onevent, onend }) => {
    const controller = new AbortController();
    let lastEventId = '';
    fetchEventSource(url, {
        headers, credentials, signal: controller.signal, openWhenHidden: true,
        onmessage: ({ event, data, id }) => {
            lastEventId = id || lastEventId;
            onevent({ type: event || 'message', data, lastEventId });
        },
        onclose: () => { throw new Error('ended'); },
    }).then(() => onend('resolved'), () => onend('rejected'));
    return () => controller.abort();
};
