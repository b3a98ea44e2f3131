// The package is a script that adds a name to globalThis.
import 'event-source-polyfill';
import { listen } from './listen.js';

export const connect = ({ url, headers, types, onevent, onend }) =>
    listen(new globalThis.EventSourcePolyfill(url, { headers, heartbeatTimeout: 60000 }), types, onevent, onend);
