import { EventSource } from 'undici';
import { listen } from './listen.js';

export const connect = ({ url, types, onevent, onend }) => listen(new EventSource(url), types, onevent, onend);
