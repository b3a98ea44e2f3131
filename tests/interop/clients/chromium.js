// The browser's own.
import { listen } from './listen.js';

export const about = { name: 'Chromium', home: 'chromium', reconnectionTime: 3000, headers: false, version: (browser) => browser.version() };

export const connect = ({ url, types, onevent, onend }) => listen(new EventSource(url), types, onevent, onend);
