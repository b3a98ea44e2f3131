// sdks.js URL STRINGS   has the SDKs of language models read streams in the format of their provider. STRINGS is the file of random strings.
//
// Prints a line for each SDK and scenario: "SDK|SCENARIO|OUTCOME|TEXT|REASON|TOKENS|MODEL|ID". OUTCOME is "ends well", if the SDK takes the
// answer for a complete one, or "fails" and the error. TEXT is how many messages arrived, or "wrong".
import { readFileSync } from 'node:fs';
import { drivers as ai } from './drivers/ai.js';
import { drivers as anthropic } from './drivers/anthropic.js';
import { drivers as google } from './drivers/google.js';
import { drivers as openai } from './drivers/openai.js';

const [URL, STRINGS] = process.argv.slice(2);

const SCENARIOS = {
    whole: 'count=200&interval=1ms',
    split: 'count=200&interval=0&split=random&seed=7',
    errorAfter: 'errorAfter=3&interval=20ms',
    'finish=no': 'count=3&interval=20ms&finish=no',
    truncate: 'count=3&interval=20ms&finish=no&end=truncate',
    'status=429': 'status=429',
};

// The base URL of this experiment. The path that the SDK appends selects the format.
const at = (query) => `${URL}/with/${encodeURIComponent(query)}`;

const wanted = readFileSync(STRINGS, 'utf8').split('\n').filter((line) => /^\d/.test(line)).map((line) => line.split('\t')[1] + ' ');

const count = (text) => {
    const messages = text.split(' ').length - 1;
    return text === wanted.slice(0, messages).join('') ? messages : 'wrong';
};

const describe = (error) => `fails: ${error.constructor.name} ${error.status ?? error.statusCode ?? error.type ?? ''}`.trim();

for (const { name, read } of [...openai, ...anthropic, ...google, ...ai])
    for (const [scenario, query] of Object.entries(SCENARIOS)) {
        const seen = { text: '', args: '' };
        const timeout = new Promise((resolve) => setTimeout(resolve, 20000, 'does not end').unref());
        const outcome = await Promise.race([timeout, read(at(query), seen, 0).then(() => 'ends well', (error) => {
            if (process.env.DEBUG)
                console.error(name, scenario, error);
            return describe(error);
        })]);
        console.log([name, scenario, outcome, seen.isDisordered ? 'wrong' : count(seen.text), seen.reason, seen.tokens, seen.model, seen.id].join('|'));
    }
process.exit(0);
