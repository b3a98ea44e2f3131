// panes.js: the panes beside the events: raw bytes, the text of a model, the server's log, the connected clients.
const raw = { rows: [], due: 0 };
const drawRaw = () => {
  raw.due = 0;
  const box = $('raw'), atEnd = isAtEnd(box);
  box.append(...raw.rows.splice(0));
  while (box.childNodes.length > LIMIT.raw)
    box.firstChild.remove();
  if (atEnd)
    box.scrollTop = box.scrollHeight;
  write('raw-name', 'Raw bytes (' + commas(run.bytes) + ')');
};
const addRaw = (text, name) => {
  raw.rows.push(make('span', text, name));
  if (raw.rows.length > LIMIT.raw)
    raw.rows.shift();
  raw.due ||= setTimeout(drawRaw, 100);
};

// The page opens the pane of the text when there is some.
let modelWords = '';
const addText = (text) => {
  if (!text)
    return;
  modelWords = (modelWords + text).slice(-LIMIT.text);
  addText.due ||= setTimeout(() => {
    const box = $('text'), atEnd = isAtEnd(box);
    addText.due = 0;
    box.textContent = modelWords;
    if (atEnd)
      box.scrollTop = box.scrollHeight;
    if (modelWords && !has('text'))
      toggle('text');
  }, 100);
};
const clearPanes = () => {
  Object.assign(raw, { rows: [] });
  modelWords = '';
  $('raw').replaceChildren();
  write('text', 'Nothing yet. Streams with a format, such as format=openai-chat, have text.');
};

// The server's log of the page's key, next to what the page saw.
let logWorks = true;
const cells = (values) => {
  const row = make('tr');
  row.append(...values.map((value) => make('td', value)));
  return row;
};

// Repeats a task while its pane can be seen. The task returns the milliseconds until the next time.
const poll = (word, id, task) => {
  const next = async () => {
    clearTimeout(next.due);
    if (!has(word) || document.hidden || $('app').hidden)
      return;
    const ms = await task().catch(() => {
      write(id, 'The server does not answer.');
      return 2000;
    });
    clearTimeout(next.due);
    next.due = setTimeout(next, ms);
  };
  return next;
};
const showTable = (id, rows) => {
  $(id).replaceChildren(...rows);
  $(id).closest('table').hidden = !rows.length;
};

const watchLog = poll('log', 'log-why', async () => {
  const { pairs } = splitTarget(sentTarget()), key = pairs.find((pair) => pairName(pair) === 'key');
  const isOwn = key === 'key=' + KEY;
  const response = key ? await ask('/log?' + key) : { ok: false, text: () => 'This path has no key.' };
  const entries = response.ok ? await response.json() : [];
  logWorks &&= response.status !== 503;
  write('log-why', !response.ok ? await response.text() :
    isOwn ? 'While this is open, requests carry ' + key + '.' : 'All requests with ' + brief(key, 100) + '.');
  showTable('log', entries.slice(-LIMIT.clients).map((entry) => {
    const turn = isOwn && run.turns.find(({ number }) => number === entry.attempt);
    return cells([entry.attempt, brief(entry.headers.lastEventId || 'none', 100), entry.status, commas(entry.bytes),
      turn ? commas(turn.bytes) : '', commas(entry.events), turn ? commas(turn.events) : '', entry.end]);
  }));
  return run.stop ? 1000 : 5000;
});

const watchClients = poll('clients', 'many', async () => {
  const response = await ask('/status');
  const clients = response.ok ? Object.values(await response.json()) : [];
  write('many', !response.ok ? response.status + ' ' + await response.text() :
    plural(clients.length, 'stream') + (clients.length > LIMIT.clients ? ', the last ' + LIMIT.clients + ':' : ''));
  showTable('clients', clients.slice(-LIMIT.clients).map(({ remote, connectedAt, lastEventId }) =>
    cells([remote, commas(Math.max(0, Math.round((Date.now() - Date.parse(connectedAt)) / 1000))) + ' s', lastEventId])));
  return response.ok ? 2000 : 10000;
});
