import { EventSource } from 'eventsource';
import { listen } from './listen.js';

// Its way to send header fields is a fetch of one's own.
export const connect = ({ url, headers, types, onevent, onend }) => listen(new EventSource(url, {
    fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
}), types, onevent, onend);
