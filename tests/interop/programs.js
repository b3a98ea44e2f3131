// Clients that are programs: one process for each case, in a process group of its own. See PROTOCOL.md.
import { spawn } from 'node:child_process';
import { Session } from './session.js';
import { until } from './server.js';

const QUIET_MS = 150; // a program may dispatch in another thread than the one that reconnects
const CLOSE_MS = 10000;

const end = (child) => {
    try {
        process.kill(-child.pid, 'SIGKILL');
    } catch {
        // It is gone already.
    }
};

const takeText = (session, text) => {
    try {
        session.take(JSON.parse(text));
    } catch {
        session.failed ??= `printed ${JSON.stringify(text.slice(0, 80))}, which is no JSON`;
    }
};

const running = new Set();
process.on('exit', () => running.forEach(end));

// startProgram(COMMAND, DIRECTORY, OPTIONS): runs COMMAND in DIRECTORY with two arguments: the URL, and the other options as JSON.
export const startProgram = (command, directory, { url, ...options }) => {
    const child = spawn(command[0], [...command.slice(1), url, JSON.stringify(options)], {
        cwd: directory, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    running.add(child);
    let isClosed = false, isStopped = false, errors = '', unfinished = [];
    const session = new Session(async () => {
        await until(() => isClosed || unfinished.length === 0 && Date.now() - session.lastLine > QUIET_MS, CLOSE_MS);
        isStopped = true;
        end(child);
        await until(() => isClosed, CLOSE_MS);
    });
    child.stdout.setEncoding('utf8').on('data', (piece) => {
        const [first, ...others] = piece.split('\n');
        unfinished.push(first);
        for (const next of others) {
            takeText(session, unfinished.join(''));
            unfinished = [next];
        }
        unfinished = unfinished.filter((part) => part !== '');
    });
    child.stderr.on('data', (piece) => {
        errors = (errors + piece).slice(0, 20000);
    });
    const closed = (code) => {
        isClosed = true;
        running.delete(child);
        if (isStopped)
            return;
        const lines = (errors.trim() || `exit ${code}`).split('\n');
        if (code !== 0)
            session.failed ??= lines.filter((line) => /^[^ ]*(Error|Exception)\b/.test(line)).at(-1) ?? lines.at(-1);
        session.ended ??= `exit ${code}`;
    };
    child.on('error', (error) => {
        errors = error.message;
        closed('none');
    });
    child.on('close', closed);
    return session;
};
