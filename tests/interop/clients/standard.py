# standard.py URL OPTIONS: an EventSource on Python's standard library, written from the standard (HTML, 9.2).
import codecs
import http.client
import json
import re
import sys
import time
import urllib.error
import urllib.request

url, options = sys.argv[1], json.loads(sys.argv[2])
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
wait, last_id = 3.0, ''


def lines(response):
    decoder, line, after_cr, is_first = codecs.getincrementaldecoder('utf-8')('replace'), [], False, True
    while piece := response.read1(65536):
        for char in decoder.decode(piece):
            is_bom, is_rest_of_end, is_first, after_cr = is_first and char == '\ufeff', after_cr and char == '\n', False, char == '\r'
            if char in '\r\n' and not is_rest_of_end:
                yield ''.join(line)
                line = []
            elif not is_bom and not is_rest_of_end:
                line.append(char)


def read(response):
    global wait, last_id
    data, kind, identity = [], '', last_id
    for line in lines(response):
        name, _, value = line.partition(':')
        value = value.removeprefix(' ')
        if line == '':
            last_id = identity
            if data:
                print(json.dumps({'type': kind or 'message', 'data': '\n'.join(data), 'lastEventId': last_id}), flush=True)
            data, kind = [], ''
        elif name == 'data':
            data.append(value)
        elif name == 'event':
            kind = value
        elif name == 'id' and '\0' not in value:
            identity = value
        elif name == 'retry' and re.fullmatch('[0-9]+', value):
            wait = float(value) / 1000


while True:
    sent = {'Accept': 'text/event-stream', 'Cache-Control': 'no-store', **options.get('headers', {})}
    if last_id:
        sent['Last-Event-ID'] = last_id.encode().decode('latin-1')
    try:
        with opener.open(urllib.request.Request(url, headers=sent)) as response:
            if response.status != 200 or response.headers.get_content_type() != 'text/event-stream':
                break
            read(response)
    except urllib.error.HTTPError:
        break
    except (OSError, http.client.HTTPException):
        pass  # a network error: it comes back
    time.sleep(min(wait, 1e6))
print(json.dumps({'end': 'closed'}))
