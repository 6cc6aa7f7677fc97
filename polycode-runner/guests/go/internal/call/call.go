// Package call calls a function of a program by the types that it is declared with: it reads what is asked,
// and leaves the answer.
package call

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
)

const (
	request = "/run/request.json"
	answer  = "/run/answer"
)

// A Function of the program, and the name that it is called by.
type Function struct {
	Name  string
	Value any
}

// A call that is asked for.
type call struct {
	Function string
	Args     []json.RawMessage
}

// Run calls the function that is asked for, and ends the program.
func Run(functions []Function) {
	var asked struct{ Call call }
	text, err := os.ReadFile(request)
	if err == nil {
		err = json.Unmarshal(text, &asked)
	}
	if err != nil {
		fail("%s can't be read: %v", request, err)
	}
	for _, function := range functions {
		if function.Name == asked.Call.Function {
			if err := os.WriteFile(answer, asked.Call.make(reflect.ValueOf(function.Value)), 0o600); err != nil {
				fail("%s can't be written: %v", answer, err)
			}
			os.Exit(0)
		}
	}
	fail("there is no function named '%s'", asked.Call.Function)
}

// Ends the program with what is wrong.
func fail(format string, parts ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", parts...)
	os.Exit(1)
}

// Calls the function with the arguments; the result as JSON.
func (c *call) make(function reflect.Value) []byte {
	if function.Kind() != reflect.Func || function.IsNil() {
		fail("%s is no function", c.Function)
	}
	arguments := c.arguments(function.Type())
	results := function.Call(arguments)
	if last := len(results) - 1; last >= 0 && function.Type().Out(last) == reflect.TypeFor[error]() {
		if !results[last].IsNil() {
			fail("%s returned an error: %v", c.Function, results[last].Interface())
		}
		results = results[:last]
	}
	if function.Type().NumOut() == 0 {
		results = changed(arguments)
	}
	var w writer
	var err error
	switch len(results) {
	case 0:
		return []byte("null")
	case 1:
		err = w.write(results[0], 0)
	default:
		err = w.list(len(results), func(i int) error { return w.write(results[i], 0) })
	}
	if err != nil {
		fail("what %s returned is not JSON: %v", c.Function, err)
	}
	return []byte(w.String())
}

// The arguments as the types of the parameters have it.
func (c *call) arguments(function reflect.Type) (arguments []reflect.Value) {
	parameters, err := Parameters(function, len(c.Args))
	if err != nil {
		fail("%s %v", c.Function, err)
	}
	for i, text := range c.Args {
		argument := reflect.New(parameters[i]).Elem()
		if err := read(argument, text); err != nil {
			fail("parameter %d of %s %v", i+1, c.Function, err)
		}
		arguments = append(arguments, argument)
	}
	return arguments
}

// Parameters are the types of as many arguments as a function is given, if it takes so many.
func Parameters(function reflect.Type, given int) (parameters []reflect.Type, err error) {
	count, more := function.NumIn(), ""
	if function.IsVariadic() {
		count, more = count-1, " or more"
	}
	if given < count || given > count && more == "" {
		arguments := "arguments"
		if count == 1 {
			arguments = "argument"
		}
		return nil, fmt.Errorf("takes %d %s%s, and is given %d", count, arguments, more, given)
	}
	for i := range given {
		if i < count {
			parameters = append(parameters, function.In(i))
		} else {
			parameters = append(parameters, function.In(count).Elem())
		}
	}
	return parameters, nil
}

// What a function may have changed that has no result: what its arguments lead to.
func changed(arguments []reflect.Value) (places []reflect.Value) {
	for _, argument := range arguments {
		switch argument.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			places = append(places, argument)
		}
	}
	return places
}

// The field of a structure that has a name in JSON: that of its tag, or else its own.
func field(of reflect.StructField) (name string, isThere bool) {
	name, _, _ = strings.Cut(of.Tag.Get("json"), ",")
	switch {
	case !of.IsExported() || name == "-":
		return "", false
	case name == "":
		return of.Name, true
	}
	return name, true
}
