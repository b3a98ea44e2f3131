"""A peer in Python that a super-server executes for a connection: it answers one request."""

import os
import sys

while sys.stdin.buffer.readline().strip():
    pass
sys.stdout.write(
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    f"id: hello\ndata: Hello, {os.environ['TCPREMOTEIP']}:{os.environ['TCPREMOTEPORT']}!\n\n"
)
