// client URL OPTIONS: donovanhide/eventsource. An event has only the ID that it brought along; the last one is remembered here.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"github.com/donovanhide/eventsource"
)

func print(line map[string]string) {
	text, _ := json.Marshal(line)
	fmt.Println(string(text))
}

func main() {
	var options struct{ Headers map[string]string }
	request, err := http.NewRequest("GET", os.Args[1], nil)
	if err == nil {
		err = json.Unmarshal([]byte(os.Args[2]), &options)
	}
	if err != nil {
		panic(err)
	}
	for name, value := range options.Headers {
		request.Header.Set(name, value)
	}
	stream, err := eventsource.SubscribeWithRequest("", request)
	if err != nil {
		print(map[string]string{"end": err.Error()})
		return
	}
	last := ""
	for {
		select {
		case event := <-stream.Events:
			if event.Id() != "" {
				last = event.Id()
			}
			kind := event.Event()
			if kind == "" {
				kind = "message"
			}
			print(map[string]string{"type": kind, "data": event.Data(), "lastEventId": last})
		case <-stream.Errors: // it comes back by itself
		}
	}
}
