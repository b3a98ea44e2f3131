// hash.js: the state that a link carries, as in #run,never,raw/stream?count=3. Words come first, the target after them. Pure.
const WORDS = ['run', 'big', 'build', 'cases', 'raw', 'expected', 'log', 'text', 'clients', 'always', 'never'];

// Unknown words are ignored. The mode is '' (like an EventSource), 'always' or 'never'.
const readHash = (hash) => {
  const [, words, target] = /^#?([^/]*)(.*)$/s.exec(hash);
  const known = words.split(',').filter((word) => WORDS.includes(word));
  return { target: target || '/stream', mode: known.find((word) => word === 'always' || word === 'never') || '', words: new Set(known) };
};
const writeHash = ({ target, mode, words }) =>
  '#' + WORDS.filter((word) => words.has(word) && word !== 'always' && word !== 'never').concat(mode || []).join(',') + target;
