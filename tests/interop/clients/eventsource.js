import { EventSource } from 'eventsource';
import { listen } from './listen.js';

export const about = { name: 'eventsource', package: 'eventsource', home: 'node', reconnectionTime: 3000, headers: true };

// Its way to send fields is a fetch of one's own.
export const connect = ({ url, headers, types, onevent, onend }) => listen(new EventSource(url, {
    fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
}), types, onevent, onend);
