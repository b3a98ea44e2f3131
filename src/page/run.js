// run.js: runs an experiment: connects, reads, compares, and reconnects as an EventSource does.
const fresh = () => ({ began: clock(), ended: 0, events: 0, bytes: 0, turns: [], eventMarks: [], byteMarks: [],
  number: 0, reconnects: 0, isJudged: false, sum: { ...noResults(), wanted: 0 }, last: null, why: '', stop: null });
let run = fresh();
const KEY = 'page-' + [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// While the server log is open, requests carry the page's key. With by=cookie the key gives the page a cookie of its own.
const sentTarget = () => {
  const { path, pairs } = splitTarget(state.target);
  const hasKey = hasPair(pairs, 'key') || pairs.includes('by=key');
  const wantsKey = (has('log') && logWorks) || pairs.includes('by=cookie');
  return joinTarget(path, path === '/stream' && !hasKey && wantsKey ? [...pairs, 'key=' + KEY] : pairs);
};

const tell = (text) => {
  write('state', text);
  say(text);
  tellLine();
};
const showError = (text) => write('wrong', text);
const showVerdict = () => {
  const { sum, isJudged, why, last, reconnects, ended } = run;
  const { text, isBad } = isJudged ? summary({ ...sum, reconnects }, last, ended) : {};
  write('verdict', text ? text + (why ? '; no verdict for the rest: ' + why : '.') : why && 'No verdict: ' +
    ($('wrong').textContent.includes(why.trim()) ? 'the request is refused.' : why));
  $('verdict').className = isBad ? 'bad' : text ? '' : 'none';
};
const wait = (ms, signal) => new Promise((done) => {
  setTimeout(done, Math.min(ms, 2 ** 31 - 1));
  signal.addEventListener('abort', done);
});

// Passes a response to `parse` until it ends or fails.
const read = async (response, parse, source, turn) => {
  const reader = response.body.getReader();
  let before = 0, rest = clock(), isOdd = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done)
      return;
    const at = clock();
    run.bytes += value.length;
    turn.bytes += value.length;
    mark(run.byteMarks, at, value.length);
    const left = value.length - LIMIT.piece;
    addRaw(visible(value.subarray(0, LIMIT.piece), before) + (left > 0 ? '… (' + plural(left, 'byte') + ' more)\n' : ''),
      (isOdd = !isOdd) ? 'odd' : '');
    before = value[value.length - 1];
    source.at = at;
    // Lets the browser draw and the user stop during a fast stream. Firefox and WebKit pass on all that has arrived at once.
    for (let from = 0; from < value.length && !run.stop.signal.aborted; from += LIMIT.part) {
      parse(value.subarray(from, from + LIMIT.part));
      if (clock() - rest > 40) {
        await new Promise((done) => setTimeout(done, 16));
        rest = clock();
      }
    }
  }
};

const headOf = (response) => [response.status + ' ' + response.statusText + (response.redirected ? ' from ' + response.url : ''),
  ...[...response.headers].map(([name, value]) => name + ': ' + value), ''].join('\n');

const receive = (event, source, turn) => {
  run.events++;
  turn.events++;
  addText(modelText(event));
  for (const result of turn.judge.take(event)) {
    mark(run.eventMarks, source.at, 1, isFault(result.mark));
    addRow({ ...result, at: result.mark === 'missing' ? undefined : source.at - run.began });
  }
};

// Nothing can be expected of a connection that was not made, or that lacks what `require` asks for.
const withdraw = (turn, why) => {
  const { sum } = run;
  if (sum.wanted !== null)
    sum.wanted -= turn.wanted || 0;
  turn.judge = judge(undefined, false, sum);
  run.isJudged &&= turn.number > 1;
  run.why = why;
};

// One connection. Returns how it ended, and whether an EventSource would reconnect.
const connect = async (source, turn, sent, signal) => {
  let good = false, words = '';
  try {
    const response = await ask(sent, { signal, headers: { Accept: 'text/event-stream', ...idField(source.id) } });
    const type = response.headers.get('content-type') || '';
    turn.open = clock();
    if (turn.number > 1) {
      run.reconnects++;
      run.last = turn;
    }
    good = response.status === 200 && /^\s*text\/event-stream\s*(;|$)/i.test(type);
    turn.isBad = !good && response.status !== 204;
    showError('');
    addRaw(headOf(response), 'told');
    tell('Connection ' + turn.number + (good ? ' is open.' : ' got ' + response.status + ', ' + (type || 'no type') + '.'));
    if (response.status === 401) {
      withdraw(turn, 'the request lacks the right token.');
      wantToken('The server answered 401: it needs a token, or a different one.');
    }
    const first = new TextDecoder();
    const isRefusal = response.status >= 400, isText = /^(text\/plain|application\/json)/.test(type);
    if (isRefusal)
      showError(response.status + ' ' + response.statusText);
    await read(response, good ? parser(source, (event) => receive(event, source, turn)) : (bytes) => {
      if (isRefusal && isText && words.length < 2000)
        showError(response.status + ': ' + (words += first.decode(bytes, { stream: true })).slice(0, 2000));
    }, source, turn);
    return { why: good ? 'The stream ended.' : 'Not an event stream: an EventSource gives up.', again: good };
  } catch {
    turn.isBad ||= !turn.open;
    if (!turn.open && !signal.aborted) {
      withdraw(turn, 'there was no connection.');
      showError('The server does not answer. Does it still run?');
    }
    return { why: turn.open ? 'The connection broke.' : 'No connection.', again: good || !turn.open };
  } finally {
    turn.end = clock();
  }
};

const prepareTurn = async (number, source, sent, signal) => {
  const found = await expectation(state.target, sent, source.id, signal);
  showExpectation('connection ' + number, found);
  const { events, isPrefix, why = '' } = found, { sum, turns } = run, at = clock();
  const turn = { number, at, id: source.id, waited: at - turns[turns.length - 1]?.end, open: 0, end: 0, events: 0, bytes: 0, isBad: false, wanted: isPrefix ? 0 : events?.length, judge: judge(events, isPrefix, sum) };
  if (events) {
    run.isJudged = true;
    sum.wanted = isPrefix || sum.wanted === null ? null : sum.wanted + events.length;
  }
  Object.assign(run, { why, number });
  turns.push(turn);
  if (turns.length > LIMIT.marks)
    turns.shift();
  return turn;
};

// Returns how the last connection ended, or nothing if the user stopped.
const runAll = async (signal) => {
  const source = { id: '', retry: 3000, at: 0 };
  for (let number = 1; !signal.aborted; number++) {
    const sent = sentTarget(), turn = await prepareTurn(number, source, sent, signal);
    if (signal.aborted)
      return;
    const told = 'Connection ' + number + (source.id ? ', Last-Event-ID: ' + source.id : '');
    addRaw(told, 'told');
    addRow({ note: told });
    tell(told + ': connecting.');
    showVerdict();
    made[sent] = (made[sent] || 0) + 1;
    const { why, again } = await connect(source, turn, sent, signal);
    if (signal.aborted)
      return;
    turn.judge.rest().forEach(addRow);
    addRaw(why, 'told');
    addRow({ note: why });
    showVerdict();
    if (state.mode === 'never' || (!again && state.mode !== 'always'))
      return why;
    const due = clock() + source.retry;
    run.waits = () => why + ' Reconnects in ' + Math.min(source.retry, Math.ceil((due - clock()) / 1000) * 1000) / 1000 + ' s.';
    tell(run.waits());
    await wait(source.retry, signal);
    run.waits = null;
  }
};

// Forgets what was received. The connection goes on.
const clearAll = () => {
  Object.assign(run, { eventMarks: [], byteMarks: [] });
  clearList();
  clearPanes();
  drawLine();
};

const showRunning = () => {
  const hadFocus = [$('start'), $('stop')].includes(document.activeElement);
  $('start').hidden = Boolean(run.stop);
  $('stop').hidden = !run.stop;
  if (hadFocus)
    (run.stop ? $('stop') : $('start')).focus();
};

// Starts the experiment of `state`, after the one that runs has stopped.
let running = Promise.resolve();
const start = () => {
  run.stop?.abort();
  running = running.then(async () => {
    const used = KEY in start;
    clearTimeout(showExpectationSoon.due);
    run = fresh();
    run.stop = new AbortController();
    const { signal } = run.stop;
    showError('');
    showRunning();
    if (has('log') && used)
      await ask('/log?key=' + KEY, { method: 'DELETE', signal }).catch(() => {});
    start[KEY] = true;
    clearAll();
    redrawLine();
    watchLog();
    const why = await runAll(signal);
    clearTimeout(redrawLine.due);
    Object.assign(run, { stop: null, ended: clock() });
    showRunning();
    drawLine();
    drawListSoon();
    showVerdict();
    tell((why || 'Stopped.') + ' ' + plural(run.events, 'event') + ' in ' + plural(run.number, 'connection') + '.');
  });
};
const stopRun = () => run.stop?.abort();
