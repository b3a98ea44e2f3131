# mastodon_listener.py URL OPTIONS: the reader of Mastodon.py. It does not come back by itself, and its users get no ID but that of the event.
import json
import sys

import requests
from mastodon.streaming import StreamListener


class Listener(StreamListener):
    def _dispatch(self, event):
        print(json.dumps({'type': event.get('event', 'message'), 'data': event.get('data', ''), 'lastEventId': event.get('id', '')}), flush=True)


with requests.Session() as session:
    session.trust_env = False
    Listener().handle_stream(session.get(sys.argv[1], headers=json.loads(sys.argv[2]).get('headers'), stream=True))
print(json.dumps({'end': 'closed'}))
