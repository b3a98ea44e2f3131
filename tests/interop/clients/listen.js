// For all clients that look like the standard's EventSource: a listener for each type, and CLOSED when the client has given up.
// A server may name its events "error" too; those have data.
export const listen = (source, types, onevent, onend) => {
    for (const type of new Set([...types, 'error']))
        source.addEventListener(type, (event) => {
            if ('data' in event)
                onevent(event);
            else if (type === 'error' && source.readyState === 2)
                onend('closed');
        });
    return () => source.close();
};
