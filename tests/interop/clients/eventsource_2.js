import EventSource from 'eventsource-2';
import { listen } from './listen.js';

export const connect = ({ url, headers, types, onevent, onend }) => listen(new EventSource(url, { headers }), types, onevent, onend);
