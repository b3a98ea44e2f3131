// It reconnects only if it is asked to, and then forever unless something limits that.
import { SSE } from 'sse.js';

export const connect = ({ url, headers, types, onevent, onend }) => {
    const source = new SSE(url, { headers, autoReconnect: true });
    for (const type of types)
        source.addEventListener(type, (event) => {
            if (event.lastEventId !== undefined)
                onevent(event);
        });
    source.addEventListener('readystatechange', ({ readyState }) => {
        if (readyState === SSE.CLOSED && !source.autoReconnect)
            onend('closed');
    });
    return () => source.close();
};
