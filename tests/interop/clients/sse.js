// It comes back only if it is asked to, and where nothing limits that, for ever.
import { SSE } from 'sse.js';

export const about = { name: 'sse.js', package: 'sse.js', home: 'chromium', reconnectionTime: 3000, headers: true };

export const connect = ({ url, headers, credentials, types, onevent, onend }) => {
    const source = new SSE(url, { headers, withCredentials: credentials === 'include', autoReconnect: true });
    for (const type of types)
        source.addEventListener(type, (event) => {
            if (event.lastEventId !== undefined)
                onevent({ type: event.type, data: event.data, lastEventId: event.lastEventId });
        });
    source.addEventListener('readystatechange', ({ readyState }) => {
        if (readyState === SSE.CLOSED && !source.autoReconnect)
            onend('closed');
    });
    return () => source.close();
};
