// cases.js: the named cases of the server, in groups, with a filter, and the bar that goes from one to the next.
const MEANINGS = {
  fields: 'how a line is cut into name and value',
  data: 'how lines of data become one event',
  'event-types': 'which listener gets an event',
  ids: 'what the last event ID is, and what it survives',
  retry: 'which reconnection times count',
  comments: 'lines that a client ignores',
  'line-ends': 'LF, CR and CR LF, in any mixture',
  'no-line-ends': 'characters that look like the end of a line',
  'byte-order-marks': 'U+FEFF at the start and elsewhere',
  'utf-8': 'characters that arrive in parts',
  'not-utf-8': 'bytes that are not UTF-8',
  ends: 'what happens to the rest when a stream ends',
  sizes: 'large and many events',
  ways: 'the same bytes, sent in other ways',
  heads: 'which responses are event streams',
  openai: 'answers and errors of the Chat Completions API',
  responses: 'answers and errors of the Responses API',
  anthropic: 'answers and errors of the Messages API',
  gemini: 'answers and errors of the Gemini API',
  'ui-message': 'the UI message stream of the AI SDK',
  mcp: 'the Streamable HTTP transport of MCP',
};
let cases = [];

const caseTarget = ({ name, stream }) => stream || '/stream?case=' + encodeURIComponent(name);
const currentCase = () => cases.findIndex((one) => caseTarget(one) === state.target);
const showCase = () => {
  const at = currentCase(), one = cases[at];
  $('case-bar').hidden = !one;
  if (!one)
    return;
  $('case-means').replaceChildren(make('strong', one.name), ' (' + (at + 1) + ' of ' + cases.length + ', ' + one.group + '): ' + one.means);
  for (const { row, name } of cases) {
    if (row)
      name === one.name ? row.setAttribute('aria-current', 'true') : row.removeAttribute('aria-current');
  }
};
const stepCase = (step) => go(caseTarget(cases[(currentCase() + step + cases.length) % cases.length]));

const showResult = (one, { isRight, why }) => {
  for (const square of [one.square, one.dot]) {
    square.className = isRight ? 'ok' : 'bad';
    square.title = one.name + ': ' + (isRight ? 'right' : why);
  }
  one.why.textContent = isRight ? '' : why;
};

const caseRow = (one) => {
  const row = button('', () => go(caseTarget(one))), words = make('span');
  Object.assign(one, { row, square: make('i'), dot: make('i'), why: make('span', '', 'why') });
  one.square.title = one.name;
  row.className = 'case';
  words.append(make('b', one.name), one.means, one.why);
  row.append(one.dot, words);
  return row;
};
const groupNode = (name, members) => {
  const group = make('details'), head = make('summary'), squares = make('div', '', 'squares');
  head.append(make('strong', name), make('p', ' ' + members.length + ': ' + (MEANINGS[name] || 'more cases')));
  const rows = members.map(caseRow);
  squares.append(...members.map(({ square }) => square));
  squares.setAttribute('aria-hidden', 'true');
  group.append(head, ...rows);
  const whole = make('div');
  whole.append(group, squares);
  return whole;
};

const filterCases = () => {
  const words = $('filter').value.toLowerCase();
  for (const { row, square, name, group, means } of cases)
    square.hidden = row.hidden = !(name + ' ' + group + ' ' + means).toLowerCase().includes(words);
  for (const group of $('groups').children) {
    group.hidden = ![...group.querySelectorAll('.case')].some((row) => !row.hidden);
    group.firstChild.open = words !== '';
  }
};

const prepareCases = (table) => {
  const groups = new Map();
  cases = table;
  for (const one of cases)
    groups.set(one.group, [...(groups.get(one.group) || []), one]);
  $('groups').replaceChildren(...[...groups].map(([name, members]) => groupNode(name, members)));
  $('filter').oninput = filterCases;
  $('previous').onclick = () => stepCase(-1);
  $('next').onclick = () => stepCase(1);
  $('run-all').onclick = () => testing ? testing.abort() : testBrowser();
  $('copy-table').onclick = () => copy(resultTable(cases, navigator.userAgent), $('copy-table'));
  showCase();
};
