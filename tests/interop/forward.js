// The handlers of web-platform-tests for a page of our own: requests to its origin are passed on to the server.
import { request as makeRequest } from 'node:http';

export const isHandler = (path) => /^\/(eventsource|common)\//.test(path);

export const forward = (request, response, port) => new Promise((over) => {
    const passed = makeRequest({ host: '127.0.0.1', port, path: request.url, method: request.method, headers: request.headers, agent: false }, (answer) => {
        const { connection, 'transfer-encoding': coding, ...fields } = answer.headers;
        response.writeHead(answer.statusCode, answer.statusMessage, fields);
        response.flushHeaders();
        answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => {
        passed.destroy();
        over();
    });
    passed.end();
});
