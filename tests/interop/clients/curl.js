// curl.js URL OPTIONS: curl carries the stream, and the baseline's interpreter reads it. So this shows whether curl delivers every byte.
import { spawn } from 'node:child_process';
import { Interpreter } from './baseline.js';

const [url, options] = process.argv.slice(2);
const fields = Object.entries(JSON.parse(options).headers ?? {}).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
const print = (line) => console.log(JSON.stringify(line));
const interpreter = new Interpreter({ lastEventId: '' }, print);
const decoder = new TextDecoder();

const curl = spawn('curl', ['-sNL', ...fields, url], { stdio: ['ignore', 'pipe', 'inherit'] });
curl.stdout.on('data', (piece) => interpreter.feed(decoder.decode(piece, { stream: true })));
curl.on('close', (code) => print({ end: `exit ${code}` }));
