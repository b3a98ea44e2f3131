// run_module.js MODULE URL OPTIONS: a client that is a JavaScript module, as a program, in Node, Deno or Bun. PROTOCOL.md says what a
// module exports.
const [module, url, options] = globalThis.Deno ? globalThis.Deno.args : process.argv.slice(2);
const { connect } = await import(new URL(module, import.meta.url));
const print = (line) => console.log(JSON.stringify(line));

// Deno waits for nothing but what it has under way.
setInterval(() => {}, 60000);
connect({
    url,
    ...JSON.parse(options),
    onevent: ({ type, data, lastEventId }) => print({ type, data, lastEventId }),
    onend: (why) => print({ end: why }),
});
