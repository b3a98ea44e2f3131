// Like the standard's EventSource, but it has an event "closed" for giving up.
import launchdarkly from 'launchdarkly-eventsource';

export const connect = ({ url, headers, types, onevent, onend }) => {
    const source = new launchdarkly.EventSource(url, { headers });
    for (const type of new Set([...types, 'error']))
        source.addEventListener(type, (event) => {
            if ('data' in event)
                onevent(event);
        });
    source.addEventListener('closed', () => onend('closed'));
    return () => source.close();
};
