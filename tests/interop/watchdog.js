// A thread of its own: if the other one sends nothing for as long as workerData says (ms), it says what was under way and ends the process.
import { parentPort, workerData } from 'node:worker_threads';
import { writeSync } from 'node:fs';

let jobs = [], last = Date.now();
parentPort.on('message', (message) => {
    jobs = message;
    last = Date.now();
});
setInterval(() => {
    if (Date.now() - last < workerData)
        return;
    const lines = [`interop: a client has not given the thread back for ${workerData / 1000} s`, ...jobs.map((one) => `interop: under way: ${one}`)];
    writeSync(2, lines.join('\n') + '\n');
    process.kill(process.pid, 'SIGKILL');
}, 1000);
