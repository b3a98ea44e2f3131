// A peer in Go that a super-server executes for a connection: it answers one request.
package main

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
)

func main() {
	if _, err := http.ReadRequest(bufio.NewReader(os.Stdin)); err != nil {
		os.Exit(1)
	}
	fmt.Print("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n",
		"id: hello\ndata: Hello, ", os.Getenv("TCPREMOTEIP"), ":", os.Getenv("TCPREMOTEPORT"), "!\n\n")
}
