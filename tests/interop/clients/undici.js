import { EventSource } from 'undici';
import { listen } from './listen.js';

export const about = { name: 'undici', package: 'undici', home: 'node', reconnectionTime: 3000, headers: false };

export const connect = ({ url, types, onevent, onend }) => listen(new EventSource(url), types, onevent, onend);
