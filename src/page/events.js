// events.js: the list of events. It keeps the latest 10,000 rows and draws only those that can be seen.
// A row is { mark, event, wanted, at } with a result of judge(), or { note }.
const list = { rows: [], shown: [], types: new Set(), kept: 0, total: 0, selected: null, follows: true, top: 0, isPaused: false, due: 0 };
const MARKS = { right: ['✓', 'right'], wrong: ['✗', 'wrong'], missing: ['−', 'missing'], extra: ['+', 'extra'], '': ['·', 'not compared'] };
const isFault = (mark) => mark === 'wrong' || mark === 'missing' || mark === 'extra';

const isShown = ({ note, event }) => {
  const type = $('type').value, words = $('find').value.toLowerCase();
  if (note)
    return !type && !words;
  return (!type || event.type === type) &&
    (!words || (event.data + '\n' + event.lastEventId + '\n' + event.type).toLowerCase().includes(words));
};

const rowNode = (row, index) => {
  const node = make('div', '', 'row');
  setAll(node, { role: 'option', 'aria-posinset': index + 1, 'aria-setsize': list.shown.length, 'aria-selected': row === list.selected });
  if (row === list.selected)
    node.id = 'selected';
  if (row.note) {
    node.classList.add('note');
    node.append(make('span', row.note));
    return node;
  }
  const { mark, event, at } = row;
  const sign = make('span', MARKS[mark][0], 'mark');
  sign.append(make('span', MARKS[mark][1], 'spoken'));
  node.classList.toggle('bad', isFault(mark));
  node.append(sign, make('time', at === undefined ? '' : '+' + (at / 1000).toFixed(3) + ' s'), make('b', brief(event.type, 100)),
    make('span', event.lastEventId ? brief(event.lastEventId, 100) : 'no id', 'id mono' + (event.lastEventId ? '' : ' dim')),
    make('span', event.data.slice(0, 300).replace(/\n/g, ' '), 'mono'));
  return node;
};

// A fraction of a pixel per row adds up.
const rowHeight = () => $('probe').getBoundingClientRect().height;

const drawList = () => {
  const box = $('list'), inner = $('inner'), { length } = list.shown;
  box.hidden = !length;
  $('intro').hidden = list.rows.length > 0 || run.number > 0;
  $('nothing').hidden = !$('intro').hidden || length > 0;
  write('nothing', list.rows.length ? 'No event matches the filter.' : 'No events yet.');
  write('events-name', 'Events (' + commas(list.total) + ')');
  write('pause', list.isPaused ? 'Resume' : 'Pause');
  if (!length)
    return;
  const height = rowHeight() || 34;
  inner.style.height = length * height + 'px';
  // Who scrolls back just now goes on doing so.
  list.follows &&= box.scrollTop >= list.top || isAtEnd(box);
  if (list.follows)
    box.scrollTop = length * height;
  list.top = box.scrollTop;
  const first = Math.max(0, Math.floor(box.scrollTop / height) - 5);
  const last = Math.min(length, first + Math.ceil(box.clientHeight / height) + 10);
  inner.style.paddingTop = first * height + 'px';
  inner.replaceChildren(...list.shown.slice(first, last).map((row, i) => rowNode(row, first + i)));
  if (list.selected && $('selected'))
    box.setAttribute('aria-activedescendant', 'selected');
  else
    box.removeAttribute('aria-activedescendant');
};
// A stream may be fast, so the list is drawn at most ten times a second.
const drawListSoon = () => {
  list.due ||= setTimeout(() => {
    list.due = 0;
    showVerdict();
    if (!list.isPaused)
      drawList();
  }, 100);
};

const filterList = () => {
  list.shown = list.rows.filter(isShown);
  drawList();
};

const addRow = (row) => {
  const { event } = row;
  if (event) {
    list.kept += Math.min(event.data.length, LIMIT.text);
    row.event = { ...event, data: brief(event.data, LIMIT.text) };
    if (row.mark !== 'missing')
      list.total++;
    if (!list.types.has(event.type) && list.types.size < 50) {
      list.types.add(event.type);
      $('type').append(new Option(brief(event.type, 40), event.type));
    }
  }
  list.rows.push(row);
  if (!list.isPaused && isShown(row))
    list.shown.push(row);
  if (list.rows.length > LIMIT.events * 1.1 || list.kept > LIMIT.kept)
    dropRows();
  drawListSoon();
};
// Drops the oldest rows, many at a time. Who has scrolled back goes on seeing the same rows.
const dropRows = () => {
  list.rows.splice(0, Math.max(list.rows.length - LIMIT.events, Math.ceil(list.rows.length / 4)));
  list.kept = list.rows.reduce((sum, { event }) => sum + (event ? event.data.length : 0), 0);
  if (list.isPaused)
    return;
  const { length } = list.shown;
  list.shown = list.rows.filter(isShown);
  if (!list.follows)
    $('list').scrollTop -= (length - list.shown.length) * rowHeight();
};
const clearList = () => {
  Object.assign(list, { rows: [], shown: [], kept: 0, total: 0, top: 0, isPaused: false });
  selectRow(null);
  list.follows = true;
};

// Shows a row as a whole. For a wrong event, both sides mark where they differ.
const selectRow = (row) => {
  list.selected = row;
  $('detail').hidden = !row;
  $('events').classList.toggle('selected', row !== null);
  if (row) {
    const { event, wanted, mark } = row, close = button('Close', () => selectRow(null));
    const part = (title, text, [before, middle, after]) => {
      const node = make('div', '', 'grow'), pre = make('pre', before);
      if (after !== undefined)
        pre.append(make('mark', middle), after);
      node.append(make('h3', title), make('p', text), pre);
      return node;
    };
    const sides = make('div', '', 'line');
    const fields = ({ type, lastEventId }) => 'type ' + brief(type, 200) + ', ' + (lastEventId ? 'ID ' + brief(lastEventId, 200) : 'no ID');
    if (wanted) {
      const [before, one, other, after] = difference(masked(event.data), masked(brief(wanted.data, LIMIT.text)));
      sides.append(part('Received', fields(event), [before, one, after]), part('Right', fields(wanted), [before, other, after]));
    } else
      sides.append(part(mark === 'missing' ? 'Missing' : mark === 'extra' ? 'Extra: nothing is right here' : 'Event', fields(event), [event.data]));
    $('detail').replaceChildren(close, sides);
    showRow(list.shown.indexOf(row));
  }
  list.follows = !row && isAtEnd($('list'));
  drawList();
};
// The list is lower while an event is shown below it.
const showRow = (index) => {
  const box = $('list'), height = rowHeight();
  box.scrollTop = Math.max(Math.min(box.scrollTop, index * height), (index + 1) * height - box.clientHeight);
};
const moveSelection = (to) => {
  const { shown } = list;
  while (shown[to.index]?.note)
    to.index += to.step;
  if (shown[to.index])
    selectRow(shown[to.index]);
};

const prepareList = () => {
  const box = $('list');
  box.onscroll = () => {
    list.follows = isAtEnd(box);
    requestAnimationFrame(drawList);
  };
  // The rows under a press may be drawn again before it ends, so the place decides, not the node.
  box.onclick = (event) => {
    const row = list.shown[Math.floor((event.clientY - $('inner').getBoundingClientRect().top) / rowHeight())];
    if (row && !row.note)
      selectRow(row === list.selected ? null : row);
  };
  box.onkeydown = (event) => {
    const at = list.shown.indexOf(list.selected), end = list.shown.length - 1;
    const to = { ArrowDown: [at + 1, 1], ArrowUp: [at < 0 ? end : at - 1, -1], Home: [0, 1], End: [end, -1] }[event.key];
    if (!to)
      return;
    event.preventDefault();
    moveSelection({ index: to[0], step: to[1] });
  };
  $('type').onchange = $('find').oninput = filterList;
  $('clear').onclick = clearAll;
  $('pause').onclick = () => {
    list.isPaused = !list.isPaused;
    say(list.isPaused ? 'Paused.' : 'Resumed.');
    list.follows ||= !list.isPaused;
    filterList();
  };
};
