// A peer in JavaScript that a super-server executes for a connection: it answers one request.
process.stdin.once("data", () => {
    const { TCPREMOTEIP, TCPREMOTEPORT } = process.env;
    process.stdout.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" +
            `id: hello\ndata: Hello, ${TCPREMOTEIP}:${TCPREMOTEPORT}!\n\n`,
        () => process.exit(),
    );
});
