import { CustomEventSource } from 'extended-eventsource';
import { listen } from './listen.js';

export const connect = ({ url, headers, types, onevent, onend }) =>
    listen(new CustomEventSource(url, { headers, disableLogger: true }), types, onevent, onend);
