// builder.js: the form that builds an experiment from the parameters of /help, and the forms in which it is shown.
let parameters = [];

const showExperiment = () => {
  const { target } = state, { path, pairs } = splitTarget(target);
  $('target').value = target;
  $('target').removeAttribute('aria-invalid');
  $('again').value = state.mode;
  write('url', location.origin + target);
  write('base', baseOf(location.origin, target) || '-');
  write('curl', curlOf(location.origin, target, token));
  $('chosen').replaceChildren(...pairs.map((pair, i) => {
    const item = make('li'), remove = button('×', () => {
      setTarget(joinTarget(path, pairs.filter((_, at) => at !== i)));
      ($('chosen').querySelectorAll('button')[Math.min(i, pairs.length - 2)] || $('name')).focus();
    });
    remove.setAttribute('aria-label', 'Remove ' + decoded(pair));
    item.append(make('code', decoded(pair)), remove);
    return item;
  }));
  if (!pairs.length)
    $('chosen').append(make('li', 'None: a hello, then one message per second.', 'dim'));
  showCase();
  showExpectationSoon();
};

const showParameter = () => {
  const { name, help, accepts, words, forAttempts } = parameters.find(({ name }) => name === $('name').value);
  write('help', name + ': ' + help);
  write('takes', accepts + (name === 'raw' ? '; \\n \\r \\t \\0 \\\\ \\x1f for control characters' : ''));
  $('values').replaceChildren(...words.map((word) => new Option(word)));
  $('attempts').disabled = !forAttempts;
};

const addParameter = () => {
  const { path, pairs } = splitTarget(state.target);
  const name = $('name').value, isRaw = name === 'raw', attempts = $('attempts').disabled ? '' : $('attempts').value;
  const key = (attempts && attempts + '.') + name;
  const { repeats } = parameters.find((one) => one.name === name);
  const pair = key + '=' + encoded(bytesOf($('value').value, isRaw));
  const kept = repeats ? pairs : pairs.filter((one) => one.split('=')[0] !== key);
  setTarget(joinTarget(path === '/stream' ? path : '/stream', [...(path === '/stream' ? kept : []), pair]));
  $('value').value = '';
  $('name').focus();
};

const prepareBuilder = (table) => {
  parameters = table;
  $('name').replaceChildren(...table.map(({ name }) => new Option(name)));
  $('name').onchange = showParameter;
  $('add').onsubmit = (event) => {
    event.preventDefault();
    addParameter();
  };
  for (const from of all('[data-copy]'))
    from.onclick = () => copy($(from.dataset.copy).textContent, from);
  showParameter();
};
