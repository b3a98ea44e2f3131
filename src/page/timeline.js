// timeline.js: the last minute as a picture: events, bytes as they arrived, connections and reconnects.
const mark = (marks, at, n, isBad) => {
  const last = marks[marks.length - 1];
  if (last && last.at === at)
    last.n += n;
  else
    marks.push({ at, n });
  marks[marks.length - 1].isBad ||= isBad;
  if (marks.length > LIMIT.marks)
    marks.shift();
};

const drawLine = () => {
  const svg = $('line'), width = svg.clientWidth || 300, left = 84, now = run.ended || clock();
  const from = Math.max(run.began, now - LIMIT.window), span = Math.max(2000, now - from), scale = (width - left - 20) / span;
  const x = (at) => left + Math.max(0, at - from) * scale;
  const all = [];
  const shape = (tag, name, values, text) => {
    const node = document.createElementNS(svg.namespaceURI, tag);
    setAll(node, { class: name, ...values });
    node.textContent = text || '';
    all.push(node);
  };
  const step = [100, 200, 500, 1000, 2000, 5000, 10000, 20000].find((ms) => ms * scale > 64) || 30000;
  for (let ms = Math.ceil((from - run.began) / step) * step; ms <= from - run.began + span; ms += step) {
    shape('line', 'axis', { x1: x(run.began + ms), x2: x(run.began + ms), y1: 16, y2: 70 });
    shape('text', '', { x: x(run.began + ms), y: 83, 'text-anchor': 'middle' }, ms / 1000 + ' s');
  }
  ['events', 'bytes', 'connected'].forEach((text, i) => shape('text', '', { x: 8, y: [28, 49, 68][i] }, text));
  for (const turn of run.turns) {
    const end = turn.end || now;
    if (end < from)
      continue;
    if (turn.open)
      shape('rect', turn.isBad ? 'down' : 'up', { x: x(turn.open), y: 60, width: Math.max(3, x(end) - x(turn.open)), height: 9 });
    if (turn.number > 1 && turn.at >= from) {
      shape('line', 'again', { x1: x(turn.at), x2: x(turn.at), y1: 14, y2: 70 });
      shape('text', 'name', { x: x(turn.at), y: 12, 'text-anchor': 'middle' }, '↻' + turn.number);
    }
  }
  for (const { at, n } of run.byteMarks)
    if (at >= from)
      shape('line', 'bytes', { x1: x(at), x2: x(at), y1: 53, y2: 49 - Math.min(14, 2 * Math.log2(n)) });
  for (const { at, n, isBad } of run.eventMarks)
    if (at >= from)
      shape('circle', isBad ? 'event bad' : 'event', { cx: x(at), cy: 24, r: Math.min(7, 3.5 + Math.log2(n) / 2) });
  svg.replaceChildren(...all);
};
const tellLine = () => $('line').setAttribute('aria-label', 'Timeline: ' + plural(run.events, 'event') + ', ' +
  plural(run.bytes, 'byte') + ', ' + plural(Math.max(0, run.number - 1), 'reconnect') + ' in ' +
  ((clock() - run.began) / 1000).toFixed(1) + ' s');
const isStill = matchMedia('(prefers-reduced-motion: reduce)');
const redrawLine = () => {
  if (!list.isPaused)
    drawLine();
  // The seconds until it reconnects count down.
  if (run.waits)
    write('state', run.waits());
  redrawLine.due = setTimeout(redrawLine, isStill.matches ? 2000 : 250);
};
