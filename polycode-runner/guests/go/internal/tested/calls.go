package tested

import (
	calling "bootstrap/go/internal/call"
	"encoding/json"
	"reflect"
)

// Calls a function, or makes an object.
func call(request message) message {
	of := known(request["of"])
	args, _ := request["args"].([]any)
	given, _ := request["named"].(message)
	if class, is := of.Interface().(*Class); is {
		maker, is := class.maker()
		if !is || len(given) > 0 {
			return message{"value": encode(class.made(args, given), 0)}
		}
		of = maker
	}
	if of.Kind() != reflect.Func {
		panic(refuse("TypeError", "an object of type %s can't be called", nameOf(of.Type())))
	}
	if len(given) > 0 {
		panic(refuse("TypeError", "functions of Go take no arguments by name"))
	}
	values := arguments(of, args)
	before := make([]string, len(args))
	for i, value := range values {
		before[i] = open(args[i], value)
	}
	answer := message{"value": result(of, of.Call(values))}
	var changed []any
	for i, value := range values {
		if before[i] != "" && open(args[i], value) != before[i] {
			changed = append(changed, []any{i, changedTo(args[i], reflect.Indirect(value))})
		}
	}
	if changed != nil {
		answer["changed"] = changed
	}
	return answer
}

// The arguments as the types of the parameters have it.
func arguments(of reflect.Value, args []any) (values []reflect.Value) {
	name := functionName(of)
	parameters, err := calling.Parameters(of.Type(), len(args))
	if err != nil {
		panic(refuse("TypeError", "%s %v", name, err))
	}
	for i, told := range args {
		value, err := decode(told, parameters[i])
		if err != nil {
			panic(refuse("TypeError", "parameter %d of %s %v", i+1, name, err))
		}
		values = append(values, value)
	}
	return values
}

// What a list, map or set of the tests is at the moment; nothing of what a function can't change for them.
func open(told any, value reflect.Value) string {
	switch tag, _ := tagged(told); tag {
	case "", "map", "pairs", "set":
	default:
		return ""
	}
	value = reflect.Indirect(value)
	for value.Kind() == reflect.Interface {
		value = value.Elem()
	}
	if kind := value.Kind(); kind != reflect.Slice && kind != reflect.Map {
		return ""
	}
	words, _ := json.Marshal(encode(value, 0))
	return string(words)
}

// What became of an argument, told as it was: JavaScript tells maps and objects apart.
func changedTo(before any, value reflect.Value) any {
	told := encode(value, 0)
	if about, is := told.(message); is && about["map"] != nil {
		if tag, _ := tagged(before); tag == "pairs" {
			return message{"pairs": about["map"]}
		}
	}
	return told
}

// What comes of a call. An error that comes last and is one is raised.
func result(of reflect.Value, results []reflect.Value) any {
	if last := len(results) - 1; last >= 0 && results[last].Type() == reflect.TypeFor[error]() {
		if !results[last].IsNil() {
			panic(returned{results[last].Interface().(error)})
		}
		results = results[:last]
	}
	switch len(results) {
	case 0:
		return nil
	case 1:
		return encode(results[0], 0)
	}
	values := make([]any, len(results))
	for i, value := range results {
		values[i] = encode(value, 0)
	}
	return message{"tuple": values}
}
