// main.js: the state and its hash, the token, and the start of the page.
const PANES = ['raw', 'expected', 'log', 'text', 'clients'];
const state = { target: '/stream', mode: '', words: new Set() };
const has = (word) => state.words.has(word);
let written = location.hash;

// The start of the page and what has run keep their entries for the Back button. All else is replaced.
const save = () => {
  const hash = writeHash(state), before = readHash(location.hash);
  if (hash === location.hash)
    return;
  if (!location.hash.includes('/') || (before.words.has('run') && before.target !== state.target))
    location.hash = hash;
  else
    location.replace(hash);
  written = location.hash;
};

const showWords = () => {
  const { words } = state;
  for (const node of all('[data-word]'))
    node.setAttribute(node.parentNode.id === 'tools' ? 'aria-expanded' : 'aria-pressed', words.has(node.dataset.word));
  for (const word of PANES)
    $(word + '-pane').hidden = !words.has(word);
  const panes = PANES.filter(has).length, isWide = has('build') || has('cases');
  $('results').style.setProperty('--panes', Math.max(1, panes));
  $('builder').hidden = !words.has('build');
  $('catalog').hidden = !words.has('cases');
  $('columns').classList.toggle('wide', isWide);
  $('columns').classList.toggle('more', isWide || panes > 0);
  document.documentElement.classList.toggle('big', words.has('big'));
  watchClients();
  watchLog();
  showExpectationSoon();
  drawLine();
  drawList();
};
const toggle = (word) => {
  const { words } = state;
  if (!words.delete(word))
    words.add(word);
  if (words.has(word) && (word === 'build' || word === 'cases'))
    words.delete(word === 'build' ? 'cases' : 'build');
  save();
  showWords();
  $({ build: 'builder', cases: 'catalog' }[word])?.scrollIntoView({ block: 'nearest' });
};

const refuse = (error) => {
  showError(error);
  $('target').setAttribute('aria-invalid', 'true');
};
// Takes what is typed. Returns whether it is valid.
const accept = (typed) => {
  const { error, target, token: secret } = readTarget(typed, location.origin);
  if (error) {
    refuse(error);
    return false;
  }
  token = secret || token;
  if ($('target').hasAttribute('aria-invalid'))
    showError('');
  if (target !== state.target)
    state.words.delete('run');
  state.target = target;
  showExperiment();
  return true;
};
const setTarget = (typed) => accept(typed) && save();
const go = (typed) => {
  if (!accept(typed))
    return;
  state.words.add('run');
  save();
  start();
};

const applyHash = () => {
  const { target, mode, words } = readHash(location.hash);
  written = location.hash;
  Object.assign(state, { mode, words: new Set() });
  if (accept(target)) {
    state.words = words;
    if (words.has('run'))
      start();
    else
      reset();
  }
  showWords();
};

const prepareControls = () => {
  $('bar').onsubmit = (event) => {
    event.preventDefault();
    go($('target').value);
  };
  $('target').onchange = () => setTarget($('target').value);
  $('stop').onclick = stopRun;
  $('again').onchange = () => {
    state.mode = $('again').value;
    save();
  };
  for (const node of all('[data-word]'))
    node.onclick = () => toggle(node.dataset.word);
  $('large').onclick = $('small').onclick = () => {
    toggle('big');
    (has('big') ? $('small') : $('large')).focus();
  };
  $('link').onclick = () => copy(location.origin + '/' + writeHash(state), $('link'));
  $('copy-curl').onclick = () => copy($('curl').textContent, $('copy-curl'));
  $('ten').onclick = (event) => {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    event.preventDefault();
    const { target, mode, words } = readHash(link.hash);
    state.mode = mode;
    words.forEach((word) => state.words.add(word));
    go(target);
    showWords();
  };
  addEventListener('keydown', ({ key }) => key === 'Escape' && stopRun());
  addEventListener('resize', () => {
    drawLine();
    drawList();
  });
  addEventListener('hashchange', () => location.hash !== written && applyHash());
  document.addEventListener('visibilitychange', () => {
    watchClients();
    watchLog();
  });
  for (const pane of all('.pane'))
    setAll(pane, { tabindex: 0, role: 'group', 'aria-labelledby': pane.parentNode.getAttribute('aria-labelledby') });
  prepareList();
};

const wantToken = (why) => {
  $('auth').hidden = false;
  write('why', why + ' The page keeps the token only in memory.');
  $('token').focus();
};

const begin = async () => {
  const json = { headers: { Accept: 'application/json' } };
  const help = await ask('/help', json);
  if (help.status === 401)
    return wantToken(token ? 'The token is wrong.' : 'This server needs a token.');
  if (!help.ok)
    return wantToken(help.status + ': ' + await help.text());
  const { paths, parameters: table } = await help.json();
  $('auth').hidden = true;
  $('bar').hidden = $('app').hidden = false;
  if (token)
    $('start').focus();
  prepareBuilder(table);
  if (!run.stop)
    applyHash();
  const found = paths.some(({ path }) => path === '/cases') ? await ask('/cases', json) : { ok: false };
  $('cases').hidden = !found.ok;
  if (found.ok)
    prepareCases(await found.json());
};
const tryToBegin = () => begin().catch(() => wantToken('The server does not answer, or the token is invalid.'));
$('unlock').onsubmit = (event) => {
  event.preventDefault();
  token = $('token').value;
  $('token').value = '';
  tryToBegin();
};
prepareControls();
tryToBegin();
