// browser.js: sends every case to the browser's own EventSource and compares the result with /expect.
const TEST = { together: 4, limit: 60000, hang: 500 };
let testing = null;

// Compares what came with what should. Pure. `reconnects` is null if the browser has not decided.
const judgeCase = (expected, got, reconnects, isLate) => {
  const wrong = expected.events.findIndex((event, i) => !got[i] || !same(event, got[i]));
  if (isLate)
    return 'no end after ' + TEST.limit / 1000 + ' s';
  if (got.length !== expected.events.length)
    return 'got ' + got.length + ' of ' + plural(expected.events.length, 'event');
  if (wrong >= 0)
    return 'event ' + (wrong + 1) + ' differs: got ' + brief(JSON.stringify(got[wrong]), 200);
  if (expected.reconnects !== null && reconnects !== expected.reconnects)
    return reconnects ? 'reconnects, but must give up' : 'gives up, but must reconnect';
  return '';
};

const testCase = async (one, signal) => {
  const expected = await (await ask(one.expect || '/expect?case=' + one.name, { signal })).json();
  const source = new EventSource(caseTarget(one)), got = [];
  const why = await new Promise((done) => {
    let due = setTimeout(() => done(judgeCase(expected, got, null, true)), TEST.limit);
    const take = (event) => {
      // The end of the connection.
      if (!(event instanceof MessageEvent)) {
        if (event.type === 'error')
          done(judgeCase(expected, got, source.readyState !== EventSource.CLOSED));
        return;
      }
      got.push({ type: event.type, data: event.data, lastEventId: event.lastEventId });
      if (expected.reconnects === null && got.length >= expected.events.length) {
        clearTimeout(due);
        due = setTimeout(() => done(judgeCase(expected, got, null)), TEST.hang);
      }
    };
    for (const type of new Set(['message', 'error', ...expected.events.map(({ type }) => type)]))
      source.addEventListener(type, take);
    signal.addEventListener('abort', () => done('stopped'));
  });
  source.close();
  return { isRight: !why, why };
};

// The results as a table in Markdown. Pure.
const resultTable = (cases, browser) => {
  const groups = new Map();
  for (const { group, result } of cases) {
    const sum = groups.get(group) || { right: 0, of: 0 };
    groups.set(group, { right: sum.right + (result?.isRight ? 1 : 0), of: sum.of + 1 });
  }
  return [browser, '', '| group | right | cases |', '| --- | ---: | ---: |',
    ...[...groups].map(([name, { right, of }]) => '| ' + name + ' | ' + right + ' | ' + of + ' |'), '',
    ...cases.filter(({ result }) => result && !result.isRight).map(({ name, result }) => '- ' + name + ': ' + result.why.replace(/\n/g, ' '))].join('\n') + '\n';
};

const showTotals = (isOver) => {
  const done = cases.filter(({ result }) => result), right = done.filter(({ result }) => result.isRight).length;
  write('totals', (isOver ? '' : 'Running. ') + right + ' right, ' + (done.length - right) + ' wrong, ' + done.length + ' of ' + plural(cases.length, 'case') + '.' +
    (isOver && right < done.length ? ' Wrong: ' + done.filter(({ result }) => !result.isRight).map(({ name }) => name).join(', ') + '.' : ''));
};

// Slow cases start first, so that the others do not wait for them.
const isSlow = ({ query }) => /interval=[^&]*\ds/.test(query);

const testBrowser = async () => {
  if (token) {
    write('totals', 'An EventSource cannot send a token. Reload to forget it, or use a server without one.');
    return;
  }
  testing = new AbortController();
  const { signal } = testing, rest = [...cases].sort((one, other) => isSlow(other) - isSlow(one));
  write('run-all', 'Stop');
  for (const one of cases) {
    one.result = null;
    one.square.className = one.dot.className = one.why.textContent = '';
  }
  await Promise.all(Array.from({ length: TEST.together }, async () => {
    for (let one; (one = rest.shift()) && !signal.aborted;) {
      const result = await testCase(one, signal).catch(() => ({ isRight: false, why: 'the server does not answer' }));
      if (signal.aborted)
        return;
      one.result = result;
      showResult(one, result);
      showTotals();
    }
  }));
  testing = null;
  write('run-all', 'Run all');
  $('copy-table').hidden = false;
  showTotals(true);
  for (const { row, result } of cases)
    row.parentNode.open ||= result?.why;
};
