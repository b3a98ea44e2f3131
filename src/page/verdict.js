// verdict.js: compares events with those of /expect. Pure.

// Two requests differ in the client's port and in the time. Neither is an error.
const masked = (data) => data.replace(/^Hello, [^ ]*!$/m, 'Hello, client!').replace(/("time": )\d+/, '$1…');
const same = (one, other) => one.type === other.type && one.lastEventId === other.lastEventId &&
  (one.data === other.data || masked(one.data) === masked(other.data));

const noResults = () => ({ right: 0, wrong: 0, missing: 0, extra: 0, '': 0 });

// Compares the events of one connection, in order. `expected` are the events of /expect, or undefined if there are none to compare with.
// Adds to the counts of `results`.
// If `isPrefix`, the stream goes on after them.
// take(event) returns the results for the list: { mark, event, wanted }. mark is right, wrong, missing, extra or ''.
// rest() returns what is missing at the end. An event that is right proves that the ones before it are missing.
const judge = (expected, isPrefix, results) => {
  let next = 0;
  const result = (mark, event, wanted) => {
    results[mark]++;
    return { mark, event, wanted };
  };
  return {
    take(event) {
      if (!expected || (isPrefix && next >= expected.length))
        return [result('', event)];
      const found = expected.slice(next, next + 8).findIndex((wanted) => same(wanted, event));
      if (found >= 0) {
        const lost = expected.slice(next, next + found).map((wanted) => result('missing', wanted));
        next += found + 1;
        return [...lost, result('right', event)];
      }
      if (next >= expected.length || (next && same(expected[next - 1], event)))
        return [result('extra', event)];
      return [result('wrong', event, expected[next++])];
    },
    rest: () => !expected || isPrefix ? [] : expected.slice(next).map((wanted) => result('missing', wanted)),
  };
};

// Where two texts differ: [before, one, other, after].
const difference = (one, other) => {
  const most = Math.min(one.length, other.length);
  let from = 0, after = 0;
  while (from < most && one[from] === other[from])
    from++;
  while (after < most - from && one[one.length - 1 - after] === other[other.length - 1 - after])
    after++;
  return [one.slice(0, from), one.slice(from, one.length - after), other.slice(from, other.length - after), one.slice(one.length - after)];
};

// One sentence about all connections: `sum` has the results, `wanted` (null: unknown) and `reconnects`; `last` is the last reconnect.
const summary = ({ right, wanted, reconnects, ...faults }, last, isOver) => {
  const found = ['wrong', 'missing', 'extra'].filter((mark) => faults[mark]);
  const parts = [wanted === 0 ? 'no events, as expected' :
    (wanted === null ? '' : commas(right) + ' of ') + plural(wanted ?? right, 'event') + ' right' + (isOver ? '' : ' so far'),
    ...found.map((mark) => commas(faults[mark]) + ' ' + mark)];
  if (faults[''])
    parts.push(commas(faults['']) + ' not compared');
  if (last)
    parts.push((reconnects > 1 ? commas(reconnects) + ' reconnects, the last ' : 'reconnected ') +
      (last.id ? 'with ' + brief(last.id, 60) : 'without an ID') + ' after ' + seconds(last.waited));
  return { text: parts.join('; '), isBad: found.length > 0 };
};
