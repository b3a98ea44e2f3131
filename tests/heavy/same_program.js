// same_program.js FOLDER PAGE   checks that the script in PAGE has the syntax tree of the sources in FOLDER, in the order of
// FOLDER/assemble. So each string, pattern and operator survives. Prints how many nodes and strings it compared.
const acorn = require('acorn');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const [folder, page] = process.argv.slice(2);
const read = (name) => fs.readFileSync(path.join(folder, name), 'utf8');
const [, order] = /^cat (.*\.js) \|$/m.exec(read('assemble'));
const source = order.split(' ').map(read).join('\n');
const [, script] = /<script>\n(.*)<\/script>/s.exec(fs.readFileSync(page, 'utf8'));

// The nodes without their places in the text. `raw` is how a string is written: '\n' and a line feed are not the same.
let nodes = 0, strings = 0;
const tree = (text) => JSON.stringify(acorn.parse(text, { ecmaVersion: 'latest' }), (key, value) => {
    nodes += value?.type ? 1 : 0;
    strings += value?.type === 'Literal' && typeof value.value === 'string' ? 1 : 0;
    return key === 'start' || key === 'end' ? undefined : value;
}, 1).split('\n');

const [wanted, found] = [tree("'use strict';\n" + source), tree(script)];
const at = wanted.findIndex((line, i) => line !== found[i]);
assert.deepEqual(found.slice(Math.max(0, at - 5), at + 5), at < 0 ? found.slice(0, 4) : wanted.slice(Math.max(0, at - 5), at + 5));
assert.equal(found.length, wanted.length);
console.log(`${nodes / 2} nodes and ${strings / 2} strings are the same`);
