import { EventSource } from 'eventsource-3';
import { listen } from './listen.js';

export const connect = ({ url, headers, types, onevent, onend }) => listen(new EventSource(url, {
    fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
}), types, onevent, onend);
