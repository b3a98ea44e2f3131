// expect.js: what /expect says about a connection, for the verdict and for the pane.
// With by=cookie and by=key the server counts the attempts, and /expect does not. So the page counts its own requests.
const made = {};
const countAttempts = async (pairs, sent) => {
  if (hasPair(pairs, 'attempt') || !pairs.some((pair) => pair === 'by=cookie' || pair === 'by=key'))
    return [];
  const key = pairs.find((pair) => pairName(pair) === 'key');
  if (!pairs.includes('by=key') || !key)
    return ['attempt=' + ((made[sent] || 0) + 1)];
  const entries = (await (await ask('/log?' + key)).json()).filter(({ method }) => method === 'GET');
  return ['attempt=' + ((entries.pop()?.attempt || 0) + 1)];
};

// Returns the answer of /expect with `isPrefix`, or { why } if there is none. `sent` is the target with the page's key.
// /expect refuses a stream without an end. So the page asks for its first 100 messages. An attempt that ends earlier has fewer events.
const expectation = async (target, sent, id, signal) => {
  const pairs = experimentOf(target);
  if (!pairs)
    return { why: '/expect knows only the streams of /stream.' };
  try {
    const attempt = await countAttempts(pairs, sent);
    const isPrefix = !pairs.some((pair) => /^(count|case|cut|[^=]*(raw|format))=/.test(pair));
    const response = await ask('/expect?' + [...pairs, ...attempt, ...isPrefix ? ['count=100'] : []].join('&'), { headers: idField(id), signal });
    if (!response.ok)
      return { why: await response.text() || 'it answers ' + response.status + '.' };
    const answer = await response.json(), location = pairs.find((pair) => pairName(pair) === 'location');
    // A redirect.
    if (location && answer.reconnects === null && !answer.events.length)
      return expectation(formText(location.replace(/^[^=]*=/, '')), '', id, signal);
    return { ...answer, isPrefix: isPrefix && answer.events.length > 99, attempt: attempt[0] };
  } catch {
    return { why: 'the server does not answer.' };
  }
};

const showExpectation = (name, { why, events = [], reconnectionTime, lastEventId, discarded, reconnects, disputed, isPrefix, attempt }) => {
  write('expected-name', 'Expected from ' + name + (attempt ? ', ' + attempt.replace('=', ' ') : ''));
  write('outcome', why ? 'No expectation: ' + why : [
    isPrefix ? 'the first ' + plural(events.length, 'event') + ' of a stream without an end' : plural(events.length, 'event'),
    'last event ID: ' + (lastEventId || 'none'),
    'reconnection time: ' + (reconnectionTime === null ? 'not set' : reconnectionTime + ' ms'),
    'discarded: ' + (discarded ? brief(visible(utf8(discarded))) : 'nothing'),
    'an EventSource reconnects: ' + (reconnects === null ? 'not decided' : reconnects ? 'yes' : 'no')].join('\n'));
  $('disputed').replaceChildren();
  if (disputed) {
    const link = make('a', 'More about this');
    link.href = disputed.link;
    link.rel = 'noreferrer';
    $('disputed').append(disputed.what + ' ', link);
  }
  $('expected').replaceChildren(...events.slice(0, 200).map(({ type, data, lastEventId }) => {
    const item = make('li');
    item.append(make('b', brief(type, 200) + ' '), make('span', lastEventId ? 'id ' + brief(lastEventId, 200) : 'no id', 'dim mono'), make('pre', brief(data)));
    return item;
  }));
};

// Shows what the experiment in the URL field gives, before it runs.
let asked = 0;
const showExpectationSoon = () => {
  clearTimeout(showExpectationSoon.due);
  showExpectationSoon.due = setTimeout(async () => {
    const turn = ++asked;
    if (!has('expected') || run.stop)
      return;
    const found = await expectation(state.target, sentTarget(), '');
    if (turn === asked && !run.stop)
      showExpectation('connection 1', found);
  }, 200);
};
