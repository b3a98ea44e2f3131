// Checks of a browser's EventSource with the handlers of web-platform-tests, each in a page of its own. They are on the page's origin;
// `other` has the same ones on another origin of the same site. A check returns '' if the browser is right, and else what it saw.
const R = '/eventsource/resources/';
const LIMIT_MS = 20000;

const sleep = (ms) => new Promise((over) => setTimeout(over, ms));

// What a stream did, as words: "open", "closed", "error" (it will reconnect), and TYPE:DATA of each event.
const watch = (url, types = ['message'], init = {}) => {
    const source = new EventSource(url, init), seen = [], ids = [];
    source.onopen = () => seen.push('open');
    source.onerror = () => seen.push(source.readyState === EventSource.CLOSED ? 'closed' : 'error');
    for (const type of types)
        source.addEventListener(type, ({ data, lastEventId }) => {
            seen.push(`${type}:${data}`);
            ids.push(lastEventId);
        });
    const until = async (isOver) => {
        for (const end = Date.now() + LIMIT_MS; !isOver(seen) && Date.now() < end;)
            await sleep(20);
    };
    return { source, seen, ids, until };
};

// A check that these words come first. WORDS may leave out "open" and "error".
const begins = async (url, words, ...more) => {
    const { source, seen, until } = watch(url, ...more);
    const wanted = words.filter((word) => word !== 'open' && word !== 'error');
    const now = () => seen.filter((word) => word !== 'open' && word !== 'error').slice(0, wanted.length);
    await until(() => now().length === wanted.length);
    source.close();
    return JSON.stringify(now()) === JSON.stringify(wanted) ? '' : `sees ${now().join(', ') || 'nothing'}`;
};

const once = () => `id${Math.random().toString(36).slice(2)}`;
const closes = (url, ...more) => begins(url, ['closed'], ...more);

// It is refused: an error, and no event.
const refuses = async (url, init) => {
    const { source, seen, until } = watch(url, ['message'], init);
    await until(() => seen.length > 0);
    source.close();
    return ['error', 'closed'].includes(seen[0]) ? '' : `sees ${seen.join(', ')}`;
};

const idsOf = async (type, wanted) => {
    const { source, ids, until } = watch(`${R}last-event-id2.py?type=${type}`);
    await until(() => ids.length >= wanted.length);
    source.close();
    return ids.slice(0, wanted.length).join() === wanted.join() ? '' : `has the IDs ${ids.slice(0, wanted.length).map((id) => JSON.stringify(id)).join(', ')}`;
};

const unsafeId = async (other, fixture) =>
    begins(`${other}${R}cors-unsafe-last-event-id.py?token=${once()}&fixture=${fixture}`, [`message:${fixture}`, 'success:'], ['message', 'success', 'failure'])
        .then((word) => (/^sees .*success:got/.test(word) ? '' : word));

// Waits until the server counts this many open streams.
const counts = async (token, wanted) => {
    let count;
    for (const end = Date.now() + LIMIT_MS; count !== wanted && Date.now() < end; await sleep(50))
        ({ count } = await (await fetch(`${R}bfcache-counter.py?query&token=${token}`)).json());
    return count === wanted;
};

export const checks = {
    'message.py': () => begins(`${R}message.py`, ['message:data']),
    'message.py, two lines of data': () => begins(`${R}message.py?message=data:a%0Adata:b`, ['message:a\nb']),
    'message.py, cut off': async () => {
        const { source, seen, until } = watch(`${R}message.py?message=data:x&newline=none`);
        await until(() => seen.includes('error'));
        source.close();
        return seen.join() === 'open,error' ? '' : `sees ${seen.join(', ')}`;
    },
    'message.py, another type': () => closes(`${R}message.py?mime=text/html`),
    'message.py, a charset': () => begins(`${R}message.py?mime=text/event-stream;charset=utf-8`, ['message:data']),
    'message.py, late': async () => {
        const start = performance.now();
        return await begins(`${R}message.py?sleep=300`, ['message:data']) || (performance.now() - start >= 290 ? '' : 'sees it too early');
    },
    'message2.py': () => begins(`${R}message2.py`, ['message:msg\nmsg', 'message:', 'message:end']),
    'accept.event_stream': () => begins(`${R}accept.event_stream?pipe=sub`, ['message:text/event-stream']),
    'cache-control.event_stream': () => begins(`${R}cache-control.event_stream?pipe=sub`, ['message:no-cache']),
    'last-event-id.py': () => begins(`${R}last-event-id.py`, ['message:hello', 'message:\u2026']),
    'last-event-id.py, a short one': () => begins(`${R}last-event-id.py?idvalue=a`, ['message:hello', 'message:a']),
    'last-event-id2.py, 1': () => idsOf(1, ['1', '1', '2', '2']),
    'last-event-id2.py, 2': () => idsOf(2, ['1', '', '']),
    'last-event-id2.py, 3': () => idsOf(3, ['1', '', '']),
    'reconnect-fail.py': () => begins(`${R}reconnect-fail.py?id=${once()}`, ['message:opened', 'message:reconnected', 'closed']),
    'status-error.py': () => closes(`${R}status-error.py`),
    'status-error.py, 204': () => closes(`${R}status-error.py?status=204`),
    'status-error.py, 500': () => closes(`${R}status-error.py?status=500`),
    'status-reconnect.py': () => begins(`${R}status-reconnect.py?status=200&ok_first&id=${once()}`, ['message:ok', 'message:data']),
    'status-reconnect.py, 503': () => closes(`${R}status-reconnect.py?status=503&id=${once()}`),
    'redirect.py': () => begins(`/common/redirect.py?location=${R}message.py`, ['message:data']),
    'redirect.py, 307': () => begins(`/common/redirect.py?status=307&location=${R}message.py`, ['message:data']),
    'redirect.py, to another origin': (other) => begins(`/common/redirect.py?location=${encodeURIComponent(`${other}${R}cors.py?run=message`)}`, ['message:data']),
    'redirect.py, from another origin': (other) => refuses(`${other}/common/redirect.py?location=${R}cors.py%3frun=message`),
    'redirect.py, from another origin with enable-cors': (other) =>
        begins(`${other}/common/redirect.py?enable-cors&location=${R}cors.py%3frun=message%26origin=*%26credentials=none`, ['message:data']),
    'cors.py': (other) => begins(`${other}${R}cors.py?run=message&origin=${location.origin}`, ['message:data']),
    'cors.py, with credentials': (other) => begins(`${other}${R}cors.py?run=message&origin=${location.origin}`, ['message:data'], ['message'], { withCredentials: true }),
    'cors.py, for another origin': (other) => refuses(`${other}${R}cors.py?run=message&origin=http://example.org`),
    'cors.py, for all, with credentials': (other) => refuses(`${other}${R}cors.py?run=message&origin=*`, { withCredentials: true }),
    'cors.py, reconnection': (other) => begins(`${other}${R}cors.py?run=status-reconnect&status=200&ok_first&id=${once()}`, ['message:ok', 'message:data'], ['message'], { withCredentials: true }),
    'cors-cookie.py': (other) => begins(`${other}${R}cors-cookie.py?ident=${once()}&origin=${location.origin}`, ['message:first NO_COOKIE', 'message:second COOKIE', 'closed'], ['message'], { withCredentials: true }),
    'cors-cookie.py, without credentials': (other) => begins(`${other}${R}cors-cookie.py?ident=${once()}&origin=${location.origin}`, ['message:first NO_COOKIE', 'message:second NO_COOKIE', 'closed']),
    'cors-unsafe-last-event-id.py, safe': (other) => unsafeId(other, 'safe'),
    'cors-unsafe-last-event-id.py, unsafe': (other) => unsafeId(other, 'unsafe'),
    'cors-unsafe-last-event-id.py, long': (other) => unsafeId(other, 'long'),
    'bfcache-counter.py': async () => {
        const token = once(), { source, until, seen } = watch(`${R}bfcache-counter.py?token=${token}`);
        await until(() => seen.includes('message:opened'));
        const isOpen = await counts(token, 1);
        source.close();
        if (!isOpen)
            return 'does not keep the stream open';
        return await counts(token, 0) ? '' : 'does not close the connection';
    },
};

export const connect = ({ url, check, onend }) => {
    checks[check](url).then((word) => onend(word || 'right'), (error) => onend(`fails: ${error}`));
    return () => {};
};
