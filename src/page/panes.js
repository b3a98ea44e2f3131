// panes.js: the panes beside the events: raw bytes, the text of a model, the server's log, the connected clients.
const raw = { rows: [], due: 0 };
const drawRaw = () => {
  raw.due = 0;
  const box = $('raw'), atEnd = box.scrollTop + box.clientHeight > box.scrollHeight - 40;
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
    const box = $('text'), atEnd = box.scrollTop + box.clientHeight > box.scrollHeight - 40;
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
  row.append(...values.map((value) => make('td', String(value ?? ''))));
  return row;
};
const watchLog = async () => {
  clearTimeout(watchLog.due);
  if (!has('log') || document.hidden || $('app').hidden)
    return;
  const { pairs } = splitTarget(sentTarget()), key = pairs.find((pair) => pairName(pair) === 'key');
  const isOwn = key === 'key=' + KEY;
  try {
    const response = key ? await ask('/log?' + key) : { ok: false, text: () => 'This path has no key.' };
    const entries = response.ok ? await response.json() : [];
    logWorks &&= response.status !== 503;
    write('log-why', !response.ok ? await response.text() :
      isOwn ? 'While this is open, requests carry ' + key + '.' : 'All requests with ' + brief(key, 100) + '.');
    $('log').replaceChildren(...entries.slice(-LIMIT.clients).map((entry) => {
      const turn = isOwn ? run.turns.find(({ number }) => number === entry.attempt) : null;
      return cells([entry.attempt, brief(entry.headers.lastEventId || 'none', 100), entry.status, commas(entry.bytes),
        commas(turn?.bytes), commas(entry.events), commas(turn?.events), entry.end]);
    }));
    $('log').closest('table').hidden = !entries.length;
  } catch {
    write('log-why', 'The server does not answer.');
  }
  clearTimeout(watchLog.due);
  watchLog.due = setTimeout(watchLog, run.stop ? 1000 : 5000);
};

// Lists the connected clients while the list is visible.
const watchClients = async () => {
  clearTimeout(watchClients.due);
  if (!has('clients') || document.hidden || $('app').hidden)
    return;
  let again = 2000;
  try {
    const response = await ask('/status');
    const clients = response.ok ? Object.values(await response.json()) : [];
    write('many', !response.ok ? response.status + ' ' + await response.text() :
      plural(clients.length, 'stream') + (clients.length > LIMIT.clients ? ', the first ' + LIMIT.clients + ':' : ''));
    again = response.ok ? again : 10000;
    $('clients').closest('table').hidden = !clients.length;
    $('clients').replaceChildren(...clients.slice(0, LIMIT.clients).map(({ remote, connectedAt, lastEventId }) =>
      cells([remote, Math.max(0, Math.round((Date.now() - Date.parse(connectedAt)) / 1000)).toLocaleString('en') + ' s', lastEventId])));
  } catch {
    write('many', 'The server does not answer.');
  }
  clearTimeout(watchClients.due);
  watchClients.due = setTimeout(watchClients, again);
};
