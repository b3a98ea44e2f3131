// The page that a browser opens: fetches commands, and gives each case a frame.
const frames = new Map();

const start = ({ start: id }) => {
    const frame = document.createElement('iframe');
    frame.src = `/frame?id=${id}`;
    document.body.append(frame);
    frames.set(id, frame);
};

const stop = ({ stop: id }) => frames.get(id)?.contentWindow.postMessage('stop', '*');

addEventListener('message', ({ data: id }) => {
    frames.get(id)?.remove();
    frames.delete(id);
});

for (;;)
    try {
        for (const command of await (await fetch('/commands')).json())
            ('start' in command ? start : stop)(command);
    } catch {
        await new Promise((over) => setTimeout(over, 100));
    }
