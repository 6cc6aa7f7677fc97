// Package tested is a program's end of the line to its tests, as tested.py is of one in Python: it does what
// they ask for, with the types that the program is declared with.
package tested

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"syscall"
)

// A message is one JSON text in one line: a request, or the answer to one.
type message = map[string]any

// The program's end of the line.
var end struct {
	file   int
	unread []byte
	// What the tests know by a number, which is its place and one more; and the numbers of what can be told
	// from all else.
	known   []reflect.Value
	numbers map[identity]int
	// The functions of the tests, as the program has them, and their numbers.
	functions map[function]reflect.Value
	theirs    map[identity]json.Number
}

// Run does what tests ask for until they end, and ends the program.
func Run() {
	end.numbers, end.theirs = map[identity]int{}, map[identity]json.Number{}
	end.functions = map[function]reflect.Value{}
	file, err := syscall.Open("/dev/line", syscall.O_RDWR, 0)
	if err != nil {
		fail("there is no line to tests: %v", err)
	}
	end.file = file
	for {
		request := receive()
		if request == nil {
			os.Exit(0)
		}
		serve(request)
	}
}

// Ends the program with what is wrong.
func fail(format string, parts ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", parts...)
	os.Exit(1)
}

// The next message; none when the tests have ended.
func receive() message {
	text := end.unread
	for !bytes.ContainsRune(text, '\n') {
		part := make([]byte, 1<<16)
		count, err := syscall.Read(end.file, part)
		if err != nil || count <= 0 {
			return nil
		}
		text = append(text, part[:count]...)
	}
	text, end.unread, _ = bytes.Cut(text, []byte("\n"))
	var told message
	numbers := json.NewDecoder(bytes.NewReader(text))
	numbers.UseNumber()
	if err := numbers.Decode(&told); err != nil {
		fail("what tests ask for can't be read: %v", err)
	}
	return told
}

func send(told message) {
	text, err := json.Marshal(told)
	if err != nil {
		fail("tests can't be told: %v", err)
	}
	text = append(text, '\n')
	for len(text) > 0 {
		count, err := syscall.Write(end.file, text)
		if err != nil {
			os.Exit(1)
		}
		text = text[count:]
	}
}

// What tests answer; panics with what they raised.
func ask(request message) message {
	send(request)
	for {
		answer := receive()
		if answer == nil {
			// Nobody waits any more.
			os.Exit(0)
		}
		if raised, is := answer["raised"].(message); is {
			panic(raisedBy(raised))
		}
		if _, is := answer["do"]; !is {
			return answer
		}
		serve(answer)
	}
}

// Does what tests ask for, and answers.
func serve(request message) {
	send(func() (answer message) {
		defer func() {
			if raised := recover(); raised != nil {
				answer = message{"raised": described(raised)}
			}
		}()
		return perform(request)
	}())
}

func perform(request message) message {
	name, _ := request["name"].(string)
	switch request["do"] {
	case "load":
		return message{"value": encode(reflect.ValueOf(load(name)), 0)}
	case "get":
		return message{"value": named(name, attribute(known(request["of"]), name))}
	case "set":
		set(known(request["of"]), name, request["value"])
		return message{"value": nil}
	case "apply":
		args, _ := request["args"].([]any)
		return message{"value": apply(name, args)}
	case "names":
		return message{"value": names(known(request["of"]))}
	case "printed":
		return message{"value": text(printed())}
	case "call":
		return call(request)
	}
	panic(refuse("TypeError", "a program in Go can't do what is asked for"))
}

// What was written to standard output since it was last asked for: the sandbox lets it be read there.
func printed() string {
	var all []byte
	for {
		part := make([]byte, 1<<16)
		count, err := syscall.Read(syscall.Stdout, part)
		if err != nil || count <= 0 {
			return string(all)
		}
		all = append(all, part[:count]...)
	}
}
