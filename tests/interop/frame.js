// One case in a frame: fetches its options, starts the client and posts what it prints. Everything that is thrown here belongs to it.
const id = Number(new URL(import.meta.url).searchParams.get('id'));

let lines = [], sending = Promise.resolve(), isStopped = false;

// Again, if the connection breaks.
const surely = async (path, options) => {
    for (let tries = 0; ; tries++)
        try {
            return await fetch(`${path}?id=${id}`, options);
        } catch (error) {
            if (tries === 20)
                throw error;
            await new Promise((over) => setTimeout(over, 100));
        }
};

// As ASCII: WebKit brings a body into Unicode's normal form.
const encode = (batch) => JSON.stringify(batch).replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

const flush = async () => {
    const batch = lines;
    lines = [];
    if (batch.length > 0)
        await surely('/lines', { method: 'POST', body: encode(batch) });
};

const print = (line) => {
    lines.push(line);
    sending = sending.then(flush);
    return sending;
};

const fail = (error) => isStopped || print({ failed: String(error) });
addEventListener('error', ({ message, error }) => fail(error ?? message));
addEventListener('unhandledrejection', ({ reason }) => fail(reason));

let close = () => {};
addEventListener('message', async () => {
    isStopped = true;
    close();
    await print({ stopped: true });
    parent.postMessage(id, '*');
});

const options = await (await surely('/options')).json();
const { connect } = await import(`/clients/${options.module}`);
close = connect({
    ...options,
    onevent: ({ type, data, lastEventId }) => print({ type, data, lastEventId }),
    onend: (why) => print({ end: why }),
});
