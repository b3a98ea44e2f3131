// A peer in Go: net/http, which runs a goroutine per connection. Arguments: PORT.
package main

import (
	"fmt"
	"log"
	"math/rand"
	"net/http"
	"os"
	"time"
)

func writeMessage(w http.ResponseWriter, number int) error {
	_, err := fmt.Fprintf(w, "id: message-%d\ndata: {\ndata:   \"time\": %d,\ndata:   \"random\": \"%016x\"\ndata: }\n\n",
		number, time.Now().Unix(), rand.Uint64())
	w.(http.Flusher).Flush()
	return err
}

func stream(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprintf(w, "id: hello\ndata: Hello, %s!\n\n", r.RemoteAddr)
	w.(http.Flusher).Flush()
	if query.Get("count") == "0" {
		return
	}
	if query.Get("interval") == "0" {
		for number := 1; writeMessage(w, number) == nil; number++ {
		}
		return
	}
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for number := 1; ; number++ {
		select {
		case <-r.Context().Done():
			return
		case <-ticker.C:
			writeMessage(w, number)
		}
	}
}

func main() {
	http.HandleFunc("/stream", stream)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
