// The baseline: the standard's EventSource (HTML, 9.2) over fetch() and a reader, with header fields of one's own. /expect decides what is
// right; this client shows that one can be right in everything.
const RECONNECTION_MS = 3000;

// Event streams, 9.2.5 and 9.2.6. Text arrives in pieces; the result goes to the state or to onevent.
export class Interpreter {
    constructor(state, onevent) {
        Object.assign(this, { state, onevent, rest: '', afterReturn: false, data: [], type: '', id: state.lastEventId });
    }

    feed(piece) {
        const text = this.afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
        this.afterReturn = piece === '' ? this.afterReturn : piece.endsWith('\r');
        let start = 0;
        for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
            this.line(this.rest + text.slice(start, index));
            this.rest = '';
            start = index + end.length;
        }
        this.rest += text.slice(start);
    }

    line(line) {
        if (line === '')
            return this.dispatch();
        const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
        if (name === 'data')
            this.data.push(value);
        else if (name === 'event')
            this.type = value;
        else if (name === 'id' && !value.includes('\0'))
            this.id = value;
        else if (name === 'retry' && /^[0-9]+$/.test(value))
            this.state.reconnectionTime = Number(value);
    }

    dispatch() {
        const data = this.data.join('\n');
        this.state.lastEventId = this.id;
        if (this.data.length > 0)
            this.onevent({ type: this.type || 'message', data, lastEventId: this.id });
        this.data = [];
        this.type = '';
    }
}

const isEventStream = (response) => response.status === 200 &&
    /^text\/event-stream[\t ]*(;|$)/i.test(response.headers.get('Content-Type') ?? '');

// As a field's value, in UTF-8: a character for each byte is what fetch() takes.
const encode = (id) => String.fromCharCode(...new TextEncoder().encode(id));

// One attempt. False if the client must not come back.
const attempt = async (url, headers, state, signal, onevent) => {
    const sent = { Accept: 'text/event-stream', ...headers };
    if (state.lastEventId !== '')
        sent['Last-Event-ID'] = encode(state.lastEventId);
    try {
        const response = await fetch(url, { headers: sent, signal, cache: 'no-store' });
        if (!isEventStream(response))
            return false;
        const interpreter = new Interpreter(state, onevent);
        const decoder = new TextDecoder();
        const reader = response.body.getReader();
        for (let read = await reader.read(); !read.done; read = await reader.read())
            interpreter.feed(decoder.decode(read.value, { stream: true }));
    } catch {
        // A network error: it comes back.
    }
    return !signal.aborted;
};

export const connect = ({ url, headers, onevent, onend }) => {
    const controller = new AbortController();
    const state = { lastEventId: '', reconnectionTime: RECONNECTION_MS };
    (async () => {
        while (await attempt(url, headers, state, controller.signal, onevent))
            await new Promise((over) => setTimeout(over, Math.min(state.reconnectionTime, 2 ** 31 - 1)));
        onend('closed');
    })();
    return () => controller.abort();
};
