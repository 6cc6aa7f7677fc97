package tested

import (
	"encoding/json"
	"reflect"
)

// A function of the tests as one of a type.
type function struct {
	number json.Number
	of     reflect.Type
}

// A function of the tests, as one that the program can call; nothing else of theirs can be used.
func ofTests(told message, into reflect.Type) (reflect.Value, error) {
	number, _ := told["ref"].(json.Number)
	if into.Kind() == reflect.Interface && into.NumMethod() == 0 {
		into = reflect.TypeFor[func(...any) any]()
	}
	if told["kind"] != "function" && told["kind"] != "class" || into.Kind() != reflect.Func {
		return mismatch(told, into)
	}
	key := function{number, into}
	if made, is := end.functions[key]; is {
		return made, nil
	}
	made := reflect.MakeFunc(into, func(args []reflect.Value) []reflect.Value { return callTheirs(number, into, args) })
	end.functions[key] = made
	identity, _ := identified(made)
	end.theirs[identity] = number
	return made, nil
}

// The number of a function of the tests.
func theirNumber(value reflect.Value) (number json.Number, is bool) {
	if value.Kind() != reflect.Func {
		return "", false
	}
	identity, _ := identified(value)
	number, is = end.theirs[identity]
	return number, is
}

// Calls a function of the tests. What it raises is its error where the type has one, and a panic otherwise.
func callTheirs(number json.Number, of reflect.Type, args []reflect.Value) (results []reflect.Value) {
	for i := range of.NumOut() {
		results = append(results, reflect.Zero(of.Out(i)))
	}
	values := results
	if last := len(results) - 1; last >= 0 && of.Out(last) == reflect.TypeFor[error]() {
		values = results[:last]
		defer func() {
			raised := recover()
			if err, is := raised.(error); is {
				results[last] = reflect.ValueOf(&err).Elem()
			} else if raised != nil {
				panic(raised)
			}
		}()
	}
	if last := len(args) - 1; of.IsVariadic() {
		rest := args[last]
		args = args[:last:last]
		for i := range rest.Len() {
			args = append(args, rest.Index(i))
		}
	}
	given := make([]any, len(args))
	for i, arg := range args {
		given[i] = encode(arg, 0)
	}
	told := ask(message{"do": "call", "of": message{"yours": number}, "args": given})["value"]
	items := []any{told}
	if len(values) > 1 {
		items, _ = itemsOf(told)
		if len(items) != len(values) {
			panic(refuse("TypeError", "%d values are needed of a function, and given is %s", len(values), kindOf(told)))
		}
	}
	for i := range values {
		value, err := decode(items[i], of.Out(i))
		if err != nil {
			panic(refuse("TypeError", "what a function gives %v", err))
		}
		values[i] = value
	}
	return results
}
