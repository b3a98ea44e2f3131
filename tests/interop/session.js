// What a client printed in one case: see PROTOCOL.md. Programs and browsers give the harness the same sessions.
//
//   events   { type, data, lastEventId }, in order
//   ended    why the client gave up for good, or null
//   failed   what was thrown where nobody caught it, or null
//   stop()   ends the client; resolves after everything that it printed has arrived

export class Session {
    constructor(stop) {
        Object.assign(this, { events: [], ended: null, failed: null, stop, lastLine: Date.now() });
    }

    take(line) {
        this.lastLine = Date.now();
        if ('end' in line)
            this.ended ??= String(line.end);
        else if ('failed' in line)
            this.failed ??= String(line.failed).split('\n')[0];
        else if (typeof line.type === 'string' && typeof line.data === 'string' && typeof line.lastEventId === 'string')
            this.events.push({ type: line.type, data: line.data, lastEventId: line.lastEventId });
        else
            this.failed ??= `printed ${JSON.stringify(line).slice(0, 80)}, which PROTOCOL.md does not have`;
    }
}
