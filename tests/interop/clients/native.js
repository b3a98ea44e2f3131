// The EventSource of the browser or the runtime.
import { listen } from './listen.js';

export const connect = ({ url, types, onevent, onend }) => listen(new EventSource(url), types, onevent, onend);
