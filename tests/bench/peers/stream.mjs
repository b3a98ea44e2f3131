// A peer in JavaScript: Node's http. Arguments: PORT.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";

function message(number) {
    const time = Math.floor(Date.now() / 1000);
    const random = randomBytes(8).toString("hex");
    return `id: message-${number}\ndata: {\ndata:   "time": ${time},\ndata:   "random": "${random}"\ndata: }\n\n`;
}

// Writes until the response's buffer is full, and goes on when it has room.
function writeAll(response) {
    let number = 1;
    const write = () => {
        while (!response.destroyed && response.write(message(number++)));
    };
    response.on("drain", write);
    write();
}

const server = createServer((request, response) => {
    const query = new URL(request.url, "http://bench").searchParams;
    const { remoteAddress, remotePort } = request.socket;
    response.writeHead(200, {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "no-cache",
        "Content-Type": "text/event-stream",
    });
    response.write(`id: hello\ndata: Hello, ${remoteAddress}:${remotePort}!\n\n`);
    if (query.get("count") === "0") {
        response.end();
    } else if (query.get("interval") === "0") {
        writeAll(response);
    } else {
        let number = 1;
        const timer = setInterval(() => response.write(message(number++)), 1000);
        response.on("close", () => clearInterval(timer));
    }
});
server.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 65535 });
