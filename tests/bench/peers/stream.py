"""A peer in Python: asyncio, a coroutine per connection. Arguments: PORT."""

import asyncio
import random
import sys
import time

HEAD = (
    b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: no-cache\r\nConnection: close\r\n"
    b"Content-Type: text/event-stream\r\n\r\n"
)


def message(number):
    return (
        f'id: message-{number}\ndata: {{\ndata:   "time": {int(time.time())},\n'
        f'data:   "random": "{random.getrandbits(64):016x}"\ndata: }}\n\n'
    ).encode()


async def stream(reader, writer):
    try:
        request = await reader.readuntil(b"\r\n\r\n")
        target = request.split(b" ", 2)[1]
        host, port = writer.get_extra_info("peername")
        writer.write(HEAD + f"id: hello\ndata: Hello, {host}:{port}!\n\n".encode())
        interval = 0 if b"interval=0" in target else 1
        due = time.monotonic()
        number = 1
        while b"count=0" not in target and not reader.at_eof():
            if interval:
                due += interval
                await asyncio.sleep(due - time.monotonic())
            writer.write(message(number))
            await writer.drain()
            number += 1
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(stream, "127.0.0.1", int(sys.argv[1]), backlog=65535)
    await server.serve_forever()


asyncio.run(main())
