// A plain HTTP/1.1 client for the tests that judge the server. It shares no code with the program.
//
// readResponse(bytes, ended): what the bytes of a connection hold so far: null (no whole head yet), or { status, fields: [[name,
//     value]], body, whole, length }. `body` has its chunks and its gzip undone, as far as it came. `whole`: it ended as its framing says.
//     `length` is how many bytes it took. `ended`: the server has closed, and not by a reset.
// valuesOf(response, name): the values of the fields of that name.
'use strict';
const { gunzipSync, constants } = require('zlib');

const valuesOf = (response, name) => response.fields.filter(([is]) => is.toLowerCase() === name.toLowerCase()).map(([, value]) => value);

// Up to the first chunk that is incomplete or invalid.
const undoChunks = (bytes) => {
    const parts = [];
    for (let at = 0; ;) {
        const end = bytes.indexOf('\r\n', at);
        const size = end < 0 ? '' : bytes.toString('latin1', at, end);
        if (!/^[0-9a-fA-F]{1,8}$/.test(size))
            return { content: Buffer.concat(parts), whole: false, length: bytes.length };
        const from = end + 2, to = from + parseInt(size, 16);
        if (to === from)
            return { content: Buffer.concat(parts), whole: bytes.toString('latin1', from, from + 2) === '\r\n', length: from + 2 };
        parts.push(bytes.subarray(from, to));
        if (bytes.toString('latin1', to, to + 2) !== '\r\n')
            return { content: Buffer.concat(parts), whole: false, length: bytes.length };
        at = to + 2;
    }
};

const undoFraming = (response, bytes, ended) => {
    const length = valuesOf(response, 'Content-Length')[0];
    if ([204, 304].includes(response.status))
        return { content: Buffer.alloc(0), whole: true, length: 0 };
    if (valuesOf(response, 'Transfer-Encoding')[0] === 'chunked')
        return undoChunks(bytes);
    if (length === undefined)
        return { content: bytes, whole: ended, length: bytes.length };
    return { content: bytes.subarray(0, Number(length)), whole: bytes.length >= Number(length), length: Math.min(bytes.length, Number(length)) };
};

// Nothing of a body whose gzip is wrong: then it cannot be taken for a right one.
const undoGzip = (content, whole) => {
    try {
        return gunzipSync(content, { finishFlush: whole ? constants.Z_FINISH : constants.Z_SYNC_FLUSH });
    } catch {
        return Buffer.alloc(0);
    }
};

const readResponse = (bytes, ended) => {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0)
        return null;
    const [first, ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
    const fields = lines.map((line) => /^([^:]*):[ \t]*(.*?)[ \t]*$/s.exec(line).slice(1));
    const response = { status: Number(/^HTTP\/1\.1 ([0-9]{3}) /.exec(first)[1]), fields };
    const { content, whole, length } = undoFraming(response, bytes.subarray(end + 4), ended);
    const coded = valuesOf(response, 'Content-Encoding')[0] === 'gzip' && content.length > 0;
    return { ...response, body: coded ? undoGzip(content, whole) : content, whole, length: end + 4 + length };
};

module.exports = { readResponse, valuesOf };
