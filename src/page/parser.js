// parser.js: interprets bytes as an EventSource does (HTML standard, 9.2.6). Pure.
// `source` has `id` and `retry`, which the parser sets. Returns a function that takes bytes and calls dispatch(event).
const parser = (source, dispatch) => {
  const text = new TextDecoder();
  let tail = '', carriage = false, data = [], type = '', id = source.id;
  const field = (name, value) => {
    if (name === 'data')
      data.push(value);
    else if (name === 'event')
      type = value;
    else if (name === 'id' && !value.includes('\0'))
      id = value;
    else if (name === 'retry' && /^[0-9]+$/.test(value))
      source.retry = Number(value);
  };
  const line = (text) => {
    const colon = text.indexOf(':');
    if (colon > 0)
      return field(text.slice(0, colon), text.slice(colon + 1).replace(/^ /, ''));
    if (colon < 0 && text)
      return field(text, '');
    if (text)
      return;
    source.id = id;
    if (data.length)
      dispatch({ type: type || 'message', data: data.join('\n'), lastEventId: id });
    data = [];
    type = '';
  };
  return (bytes) => {
    let more = text.decode(bytes, { stream: true });
    if (!more)
      return;
    if (carriage && more[0] === '\n')
      more = more.slice(1);
    carriage = more ? more.endsWith('\r') : false;
    const lines = more.split(/\r\n|\r|\n/);
    lines[0] = tail + lines[0];
    tail = lines.pop();
    lines.forEach(line);
  };
};

// The text in an event of an LLM API (format=openai-chat and the others), or ''.
const modelText = ({ data }) => {
  if (data[0] !== '{' || data.length > 65536)
    return '';
  try {
    const { type, delta, choices, candidates } = JSON.parse(data);
    const found = choices?.[0]?.delta?.content ?? candidates?.[0]?.content?.parts?.map(({ text }) => text || '').join('') ??
      (/^(response\.output_text\.delta|text-delta)$/.test(type) ? delta : type === 'content_block_delta' ? delta?.text : '');
    return typeof found === 'string' ? found : '';
  } catch {
    return '';
  }
};
