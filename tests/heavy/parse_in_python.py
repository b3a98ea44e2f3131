#!/usr/bin/env python3
"""parse_in_python.py <FILE: reads what `sse-server -C` prints with a parser that is written from the HTML standard, 9.2.6.

Prints the name of each case whose events, reconnection time or last event ID come out otherwise. Exit 1 if there is one,
or if fewer than 200 cases were read. What a client does not read as an event stream is left out.
"""
import base64
import codecs
import json
import re
import sys


class Parser:
    def __init__(self):
        self.decoder = codecs.getincrementaldecoder('utf-8')('replace')
        self.text, self.begun = '', False
        self.events, self.time, self.last_id = [], None, ''
        self.data, self.type, self.id = '', '', ''

    def feed(self, piece, final=False):
        self.text += self.decoder.decode(piece, final)
        if not self.begun and (self.text or final):
            self.text, self.begun = self.text.removeprefix('\ufeff'), True
        # A CR at the very end waits for the LF that may follow, unless nothing can.
        while found := re.search('\r\n|\n|\r' if final else '\r\n|\n|\r(?=.)', self.text, re.DOTALL):
            line, self.text = self.text[:found.start()], self.text[found.end():]
            self.take(line)

    def take(self, line):
        name, _, value = line.partition(':')
        value = value.removeprefix(' ')
        if line == '':
            self.dispatch()
        elif name == 'data':
            self.data += value + '\n'
        elif name == 'event':
            self.type = value
        elif name == 'id' and '\0' not in value:
            self.id = value
        elif name == 'retry' and re.fullmatch('[0-9]+', value):
            self.time = min(int(value), 2**64 - 1)

    def dispatch(self):
        self.last_id = self.id
        if self.data:
            self.events.append({'type': self.type or 'message', 'data': self.data[:-1], 'lastEventId': self.id})
        self.data, self.type = '', ''


def outcome(writes):
    parser = Parser()
    for write in writes:
        parser.feed(base64.b64decode(write))
    parser.feed(b'', final=True)
    return {'events': parser.events, 'reconnectionTime': parser.time, 'lastEventId': parser.last_id}


def main():
    cases = [one for one in json.load(sys.stdin) if one['reconnects'] is not False]
    different = [one['name'] for one in cases if any(one[name] != value for name, value in outcome(one['writes']).items())]
    print('\n'.join(different), end='')
    return 1 if different or len(cases) < 200 else 0


sys.exit(main())
