package tested

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"runtime"
	"strings"
)

// A refusal is told to tests by the name of an exception.
type refusal struct{ class, words string }

func refuse(class, format string, parts ...any) refusal {
	return refusal{class, fmt.Sprintf(format, parts...)}
}

// A returned error, which is raised where tests called the function.
type returned struct{ err error }

// What the tests raised: an error of theirs, which has a number unless it is no exception.
type theirs struct {
	number json.Number
	words  string
}

func (t *theirs) Error() string { return t.words }

// What is to be raised where the tests raised it.
func raisedBy(told message) any {
	if _, is := told["yours"]; is {
		// It was raised by the program before.
		return known(told).Interface()
	}
	number, _ := told["of"].(json.Number)
	words, _ := told["text"].(string)
	return &theirs{number, words}
}

// What is raised, as tests are told of it.
func described(raised any) message {
	switch it := raised.(type) {
	case refusal:
		return exception(it.class, it.words, reflect.ValueOf(it.words))
	case returned:
		return ofError(it.err)
	case error:
		told := ofError(it)
		if at := place(); at != "" && told["yours"] == nil {
			told["at"] = at
		}
		return told
	}
	told := exception("Exception", fmt.Sprint(raised), reflect.ValueOf(raised))
	if at := place(); at != "" {
		told["at"] = at
	}
	return told
}

func exception(class any, words string, of reflect.Value) message {
	return message{"class": class, "args": []any{text(words)}, "text": text(words), "of": number(of)}
}

// An error is known by the type of the program that it or one that it wraps is of, or by the variable that
// holds it; those of the library by what Python calls them.
func ofError(err error) message {
	words := wordsOfError(err)
	var told message
	walkErrors(err, func(each error) bool {
		if it, is := each.(*theirs); is && it.number != "" {
			told = message{"yours": it.number}
			return true
		}
		of := reflect.ValueOf(each)
		class := any(nil)
		if name, is := sentinelOf(each); is {
			class = sentinel(of, name)
		} else if kind := classes[pointedType(of.Type())]; kind != nil {
			class = kind.told(reflect.ValueOf(kind))
		}
		if class != nil {
			told = exception(class, words, of)
			told["name"] = class.(message)["name"]
		}
		return class != nil
	})
	if told != nil {
		return told
	}
	return exception(libraryName(err, words), words, reflect.ValueOf(err))
}

func wordsOfError(err error) (words string) {
	defer func() {
		if recover() != nil {
			words = "an error that has no words"
		}
	}()
	return err.Error()
}

func pointedType(of reflect.Type) reflect.Type {
	if of.Kind() == reflect.Pointer {
		return of.Elem()
	}
	return of
}

// Shows an error and those that it wraps until one is taken.
func walkErrors(err error, take func(error) bool) bool {
	if err == nil {
		return false
	}
	if take(err) {
		return true
	}
	switch it := err.(type) {
	case interface{ Unwrap() error }:
		return walkErrors(it.Unwrap(), take)
	case interface{ Unwrap() []error }:
		for _, each := range it.Unwrap() {
			if walkErrors(each, take) {
				return true
			}
		}
	}
	return false
}

// The name of the variable that holds an error.
func sentinelOf(err error) (name string, is bool) {
	of := reflect.ValueOf(err)
	if !of.Comparable() || of.Kind() == reflect.Pointer && of.IsNil() {
		return "", false
	}
	name, is = sentinels[err]
	return name, is
}

// An error that a variable holds is a kind of exceptions to tests, below that of its type.
func sentinel(value reflect.Value, name string) message {
	bases := []any{"Exception"}
	if class := classes[pointedType(value.Type())]; class != nil {
		bases = []any{class.told(reflect.ValueOf(class)), "Exception"}
	}
	return message{"ref": number(value), "kind": "error", "name": name, "bases": bases}
}

// How the words of errors of Go's own begin or go on, and what Python calls them.
var runtimeErrors = [][2]string{
	{"integer divide by zero", "ZeroDivisionError"},
	{"out of range [", "IndexError"},
	{"slice bounds out of range", "IndexError"},
	{"cannot convert slice", "IndexError"},
	{"interface conversion", "TypeError"},
	{"unhashable type", "TypeError"},
	{"uncomparable type", "TypeError"},
	{"makeslice", "ValueError"},
	{"makechan", "ValueError"},
	{"negative shift amount", "ValueError"},
}

func libraryName(err error, words string) string {
	switch of := fmt.Sprintf("%T", err); {
	case errors.Is(err, io.EOF):
		return "EOFError"
	case errors.Is(err, fs.ErrNotExist):
		return "FileNotFoundError"
	case of == "*strconv.NumError":
		return "ValueError"
	}
	if _, is := err.(runtime.Error); is {
		for _, known := range runtimeErrors {
			if strings.Contains(words, known[0]) {
				return known[1]
			}
		}
		return "RuntimeError"
	}
	return "Exception"
}

// Where in the program a panic began.
func place() string {
	callers := make([]uintptr, 100)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for more, isRaised := true, false; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		isRaised = isRaised || frame.Function == "runtime.gopanic"
		for _, each := range spaces {
			if isRaised && strings.HasSuffix(frame.File, ".go") && strings.HasPrefix(frame.Function, each.path+".") {
				return fmt.Sprintf("%s:%d", strings.TrimPrefix(frame.File, "/"), frame.Line)
			}
		}
	}
	return ""
}
