// tools.js: small functions that all other parts use. Received text reaches the page only through textContent.
const LIMIT = { events: 10000, kept: 16e6, raw: 2000, piece: 2048, part: 65536, text: 20000, marks: 600, clients: 100, window: 60000 };
const $ = (id) => document.getElementById(id);
const all = (selector) => document.querySelectorAll(selector);
const write = (id, text) => $(id).textContent = text;
const make = (tag, text = '', name = '') => {
  const node = document.createElement(tag);
  node.textContent = text;
  if (name)
    node.className = name;
  return node;
};
const setAll = (node, attributes) => {
  for (const name in attributes)
    node.setAttribute(name, attributes[name]);
};
const button = (text, action) => {
  const node = make('button', text);
  node.type = 'button';
  node.onclick = action;
  return node;
};
const isAtEnd = (box) => box.scrollTop + box.clientHeight > box.scrollHeight - 40;
const commas = (n) => n.toLocaleString('en');
const plural = (n, what) => commas(n) + ' ' + what + (n === 1 ? '' : 's');
const clock = () => performance.now();
const seconds = (ms) => (ms / 1000).toFixed(ms < 1000 ? 2 : 1) + ' s';
const utf8 = (text) => new TextEncoder().encode(text);
const brief = (text, limit = 2000) => text.length <= limit ? text :
  text.slice(0, limit) + '… (' + plural(text.length, 'character') + ')';

// Shows bytes as ASCII, and all others as escapes. Lines end where a client ends them.
const escapes = { 10: '\\n\n', 13: '\\r', 9: '\\t', 0: '\\0', 92: '\\\\' };
const visible = (bytes, before = 0) => {
  let text = '';
  bytes.forEach((byte, i) => {
    if ((i ? bytes[i - 1] : before) === 13 && byte !== 10)
      text += '\n';
    text += escapes[byte] ||
      (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '\\x' + byte.toString(16).padStart(2, '0'));
  });
  return text;
};

// Announces the latest text to screen readers, at most every two seconds.
const say = (text) => {
  clearTimeout(say.due);
  say.due = setTimeout(() => {
    say.last = clock();
    write('said', text);
  }, Math.max(0, (say.last || 0) + 2000 - clock()));
};

// A browser offers navigator.clipboard only to HTTPS and to this machine.
const copy = async (text, from) => {
  if (navigator.clipboard)
    await navigator.clipboard.writeText(text);
  else {
    const field = make('textarea', text);
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  const before = from.textContent;
  from.textContent = 'Copied';
  say('Copied.');
  setTimeout(() => from.textContent = before, 1500);
};

// The token is only here: never stored, never in the hash.
let token = '';
const ask = (path, { headers, ...rest } = {}) => fetch(path, { cache: 'no-store', ...rest,
  headers: { ...(token && { Authorization: 'Bearer ' + token }), ...headers } });
// A header field has bytes; fetch() takes each from one character.
const idField = (id) => id ? { 'Last-Event-ID': String.fromCharCode(...utf8(id)) } : {};
