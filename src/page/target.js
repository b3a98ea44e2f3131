// target.js: what the URL field accepts, and the forms in which an experiment is shown. Pure.

// Cuts a command into words, as a shell does.
const shellWords = (line) => {
  const words = [];
  const pattern = /\\\r?\n|\s+|\$?'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|[^\s'"\\]+|['"\\]/g;
  let open = false;
  for (const [part, single, double, escaped] of line.matchAll(pattern)) {
    if (/^(\s|\\\r?\n)/.test(part)) {
      open = false;
      continue;
    }
    const text = single ?? (double === undefined ? escaped : double.replace(/\\([^])/g, '$1')) ?? part;
    if (open)
      words[words.length - 1] += text;
    else
      words.push(text);
    open = true;
  }
  return words;
};

// The options of curl that take a value and change nothing here, and those that add to the query.
const curlValues = /^(-[mobcwAeuTx]|--(max-time|output|cookie|cookie-jar|write-out|user-agent))$/;
const curlData = /^(-d|--data|--data-raw|--data-ascii|--data-urlencode)$/;

// Reads a curl command. Returns { url, extra, token } or { error }. `extra` are further pairs of the query.
const readCommand = (line) => {
  const words = shellWords(line).slice(1);
  const found = { url: '', extra: [], token: '' };
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (/^(-[A-Za-z]*H|--header)$/.test(word)) {
      const [, name, value] = /^([^:]*):\s*(.*)$/.exec(words[++i] || '') || [];
      if (/^authorization$/i.test(name))
        found.token = value.replace(/^bearer\s+/i, '');
      else if (/^last-event-id$/i.test(name))
        found.extra.push('lastEventId=' + encodeURIComponent(value));
    } else if (word === '--oauth2-bearer')
      found.token = words[++i] || '';
    else if (/^(-[A-Za-z]*X|--request)$/.test(word)) {
      if (!/^GET$/i.test(words[++i]))
        return { error: 'This page sends GET only. It cannot send ' + words[i] + '.' };
    } else if (curlData.test(word))
      found.extra.push(words[++i] || '');
    else if (word === '--json' || word === '-F' || word === '--form')
      return { error: 'This page sends no body, so it cannot do what ' + word + ' does.' };
    else if (curlValues.test(word))
      i++;
    else if (!word.startsWith('-') && !found.url)
      found.url = word;
  }
  return found.url ? found : { error: 'This curl command has no URL.' };
};

// All names of this machine mean the same server.
const isLoopback = (name) => /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|\[::\])$/.test(name);
const isSameServer = (url, origin) => {
  const here = new URL(origin), [one, other] = [url.hostname, here.hostname].map((name) => name.replace(/\.$/, ''));
  return url.port === here.port && (one === other || (isLoopback(one) && isLoopback(other)));
};

// Reads the text of the URL field: a path, a query, a URL of this server, or a curl command. Returns { target, token } or { error }.
const readTarget = (typed, origin) => {
  let text = typed.trim().replace(/^\$\s+/, ''), extra = [], secret = '';
  if (/^curl\s/.test(text)) {
    const found = readCommand(text);
    if (found.error)
      return found;
    ({ url: text, extra, token: secret } = found);
  }
  const isQuery = /^\??[\w.-]+=/.test(text) || text === '?';
  const isName = /^(with\/|[\w-]+(\?|$))/.test(text);
  if (isQuery || !text)
    text = '/stream?' + text.replace(/^\?/, '');
  else if (!text.startsWith('/') && isName)
    text = '/' + text;
  if (!/^(\/(?!\/)|[a-z]+:\/\/)/i.test(text))
    text = origin.replace(/[^/]+$/, () => text.replace(/^\/\//, ''));
  let url;
  try {
    url = new URL(text, origin);
  } catch {
    return { error: 'This is not a URL: ' + brief(typed, 200) };
  }
  // A link to this page.
  if (url.pathname === '/' && url.hash.includes('/') && isSameServer(url, origin))
    return readTarget(url.hash.slice(url.hash.indexOf('/')), origin);
  if (!/^https?:$/.test(url.protocol) || !isSameServer(url, origin))
    return { error: 'This page can only reach its own server, ' + new URL(origin).host + '. ' + (url.host || url.protocol) +
      ' is another one. Keep only what follows the host, such as ' + brief(url.pathname + url.search, 200) };
  const query = [url.search.slice(1), ...extra].filter(Boolean).join('&');
  return { target: url.pathname + (query && '?' + query), token: secret };
};

const splitTarget = (target) => {
  const [, path, query] = /^([^?]*)\??(.*)$/s.exec(target);
  return { path, pairs: query.split('&').filter(Boolean) };
};
const joinTarget = (path, pairs) => path + (pairs.length ? '?' + pairs.join('&') : '');
// The name of an encoded pair, without its prefix for attempts.
const pairName = (pair) => pair.split('=')[0].replace(/^([A-Z]+\.)?([0-9-]+\.)?/, '');
const hasPair = (pairs, name) => pairs.some((pair) => pairName(pair) === name);

// In the value of `raw`, backslashes write control characters: \n \r \t \0 \\ \x1f.
const bytesOf = (value, isRaw) => {
  const bytes = [], control = { n: 10, r: 13, t: 9, 0: 0, '\\': 92 };
  for (const [part, escape] of value.matchAll(isRaw ? /\\(x[0-9a-f]{2}|[nrt0\\])|[^]/giu : /[^]/gu)) {
    if (escape)
      bytes.push(escape.length > 1 ? parseInt(escape.slice(1), 16) : control[escape.toLowerCase()]);
    else
      bytes.push(...utf8(part));
  }
  return bytes;
};
const encoded = (bytes) => bytes.map((byte) => {
  const char = String.fromCharCode(byte);
  if (byte === 32)
    return '+';
  return /[\w.~/:,?=@!*()$;-]/.test(char) ? char : '%' + byte.toString(16).padStart(2, '0').toUpperCase();
}).join('');
const decoded = (text) => visible(bytesOf(text.replace(/\+/g, ' ').replace(/%([0-9a-f]{2})/gi, '\\x$1'), true)).replace(/\n/g, '');

const formText = (text) => decodeURIComponent(text.replace(/\+/g, ' '));

// The command that gets the same stream. The shell or curl would interpret the characters that it escapes.
const curlOf = (origin, target, withToken) => {
  const { pairs } = splitTarget(target);
  const quoted = origin + target.replace(/['[\]{}]/g, (char) => '%' + char.charCodeAt().toString(16));
  return 'curl -iN' + (hasPair(pairs, 'location') ? 'L' : '') + (withToken ? ' --oauth2-bearer "$TOKEN"' : '') +
    (pairs.includes('by=cookie') ? ' -b jar -c jar' : '') + " '" + quoted + "'";
};
// The base URL for an SDK, or nothing.
const baseOf = (origin, target) => {
  const { path, pairs } = splitTarget(target);
  return path === '/stream' && pairs.length ? origin + '/with/' + pairs.join('&').replace(/[/?#%]/g, encodeURIComponent) : '';
};

// The pairs of the experiment, for /stream and for /with/EXPERIMENT, or null. The paths of LLM APIs add a format, so they give null.
const experimentOf = (target) => {
  const { path, pairs } = splitTarget(target);
  const [, segment] = /^\/with\/([^/]*)(?!.*\/(chat|v1|v1beta|responses|api)\b)/.exec(path) || [];
  if (path === '/stream' || segment === undefined)
    return path === '/stream' ? pairs : null;
  try {
    return decodeURIComponent(segment).split('&').filter(Boolean);
  } catch {
    return null;
  }
};
