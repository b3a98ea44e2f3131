// curl carries streams and does not read them: of each case it must deliver the bytes that another capture has.
import { execFile } from 'node:child_process';
import { get } from 'node:http';

const LIMIT = 10; // seconds

const byCurl = (url) => new Promise((done) => {
    execFile('curl', ['-sN', '-m', String(LIMIT), url], { encoding: 'buffer', maxBuffer: 1 << 28 }, (_, body) => done(body));
});

// However the body ends, what came of it counts.
const captured = (url) => new Promise((done) => {
    const pieces = [], end = () => done(Buffer.concat(pieces));
    get(url, { agent: false, timeout: LIMIT * 1000 }, (response) => {
        response.on('data', (piece) => pieces.push(piece));
        response.on('error', () => {}).on('close', end);
    }).on('error', end).on('timeout', end);
});

export const version = () => new Promise((done) => execFile('curl', ['--version'], (_, text) => done(text.split(' ')[1])));

export const runCase = async ({ stream }, server) => {
    const [ours, theirs] = await Promise.all([byCurl(server.url + stream), captured(server.url + stream)]);
    return { events: ours.equals(theirs) ? '' : `${ours.length} bytes, not ${theirs.length}`, wait: null, id: null };
};
