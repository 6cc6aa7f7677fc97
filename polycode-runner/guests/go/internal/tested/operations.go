package tested

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
)

// What is only there to be walked through: it gives the next values, if there are any.
type walk func() (told any, isThere bool)

// What tests can do with a value.
func apply(name string, args []any) any {
	if len(args) == 0 {
		panic(refuse("TypeError", "%s of nothing", name))
	}
	of := operand(args[0])
	var other reflect.Value
	if len(args) > 1 {
		other = operand(args[1])
	}
	switch name {
	case "eq":
		return isEqual(of, other)
	case "bool":
		_, isBasic := basic(pointed(of))
		return !isBasic || !pointed(of).IsZero()
	case "await":
		return encode(of, 0)
	case "str", "repr":
		return text(shown(of))
	case "format":
		if other.Kind() == reflect.String && other.Len() == 0 {
			return text(shown(of))
		}
	case "primitive":
		if told, is := basic(pointed(of)); is && (!other.IsValid() || other.Kind() != reflect.String || other.String() != "string") {
			return told
		}
		return text(shown(of))
	case "isinstance":
		return isOf(of, other)
	case "has":
		return other.Kind() == reflect.String && has(of, other.String())
	case "keys":
		return keys(pointed(of))
	case "iter":
		return reference(reflect.ValueOf(walkOf(of)))
	case "step":
		if step, is := of.Interface().(walk); is {
			if told, isThere := step(); isThere {
				return []any{told}
			}
			return []any{}
		}
	case "len", "contains", "getitem", "setitem", "delitem":
		return held(name, pointed(of), args[1:])
	case "lt", "le", "gt", "ge":
		if _, is := basic(pointed(of)); is {
			order, _ := compared(pointed(of), as(pointed(of).Type(), args[1:]))
			return map[string]bool{"lt": order < 0, "le": order <= 0, "gt": order > 0, "ge": order >= 0}[name]
		}
	case "int", "index", "float":
		if it := pointed(of); it.CanInt() || it.CanUint() || it.CanFloat() && name == "float" {
			told, _ := basic(it)
			return told
		} else if it.CanFloat() {
			return int64(it.Float())
		}
	default:
		if result, is := computed(name, pointed(of), args[1:]); is {
			return encode(result, 0)
		}
	}
	panic(refuse("TypeError", "there is no %s of an object of type %s", name, nameOf(of.Type())))
}

// What an operator stands beside: a value of the program, or of the tests.
func operand(told any) reflect.Value {
	if tag, _ := tagged(told); tag == "yours" {
		return known(told)
	}
	value, err := decode(told, reflect.TypeFor[any]())
	if err != nil {
		panic(refuse("TypeError", "an operand %v", err))
	}
	for value.Kind() == reflect.Interface && !value.IsNil() {
		value = value.Elem()
	}
	return value
}

// Whether two values are equal: by what they hold, unless their type says it otherwise.
func isEqual(one, other reflect.Value) bool {
	if method, is := methodOf(one, "Equal", 0); is && method.Type().NumIn() == 1 && method.Type().NumOut() == 1 {
		if given, err := fitting(other, method.Type().In(0)); err == nil {
			return method.Call([]reflect.Value{given})[0].Equal(reflect.ValueOf(true))
		}
	}
	one, other = pointed(one), pointed(other)
	return one.IsValid() && other.IsValid() && one.Type() == other.Type() &&
		reflect.DeepEqual(one.Interface(), other.Interface())
}

func shown(of reflect.Value) string {
	if it := pointed(of); it.IsValid() && it.CanAddr() && of.Kind() != reflect.Pointer {
		switch it.Addr().Interface().(type) {
		case fmt.Stringer, error:
			of = it.Addr()
		}
	}
	return fmt.Sprint(of.Interface())
}

// Whether a value is of a class, has what an interface asks for, or is an error that a variable holds.
func isOf(of, class reflect.Value) bool {
	kind, is := class.Interface().(*Class)
	if !is {
		err, _ := of.Interface().(error)
		wanted, is := class.Interface().(error)
		return is && errors.Is(err, wanted)
	}
	it := pointed(of)
	if kind.of.Kind() != reflect.Interface {
		return it.IsValid() && it.Type() == kind.of
	}
	return of.Type().Implements(kind.of) || it.CanAddr() && it.Addr().Type().Implements(kind.of)
}

// The names of the fields of a structure.
func keys(of reflect.Value) []string {
	found := []string{}
	if of.Kind() == reflect.Struct {
		for i := range of.NumField() {
			found = append(found, of.Type().Field(i).Name)
		}
	}
	return found
}

// Walks through a list, the keys of a map, what comes out of a channel, or what a function yields.
func walkOf(of reflect.Value) walk {
	switch it := pointed(of); {
	case it.Kind() == reflect.Slice, it.Kind() == reflect.Array:
		return each(it.Len(), it.Index)
	case it.Kind() == reflect.Map:
		keys := keysOf(it)
		return each(len(keys), func(at int) reflect.Value { return keys[at] })
	case it.Kind() == reflect.Chan, it.Kind() == reflect.Func && it.Type().CanSeq():
		next, _ := iter.Pull(it.Seq())
		return func() (any, bool) {
			item, isThere := next()
			return encode(item, 0), isThere
		}
	case it.Kind() == reflect.Func && it.Type().CanSeq2():
		next, _ := iter.Pull2(it.Seq2())
		return func() (any, bool) {
			one, other, isThere := next()
			return message{"tuple": []any{encode(one, 0), encode(other, 0)}}, isThere
		}
	}
	panic(refuse("TypeError", "an object of type %s can't be walked through", nameOf(of.Type())))
}

func each(count int, item func(int) reflect.Value) walk {
	at := -1
	return func() (any, bool) {
		if at++; at >= count {
			return nil, false
		}
		return encode(item(at), 0), true
	}
}

// What is done with what a list or a map of a type with methods holds.
func held(name string, of reflect.Value, args []any) any {
	isList := of.Kind() == reflect.Slice || of.Kind() == reflect.Array
	switch {
	case name == "len" && (isList || of.Kind() == reflect.Map || of.Kind() == reflect.Chan || of.Kind() == reflect.String):
		return of.Len()
	case len(args) == 0:
	case name == "contains" && isList:
		wanted := operand(args[0])
		for i := range of.Len() {
			if item := of.Index(i); isEqual(item, wanted) || wanted.IsValid() && wanted.CanConvert(item.Type()) && item.Equal(wanted.Convert(item.Type())) {
				return true
			}
		}
		return false
	case name == "getitem" && isList:
		return encode(of.Index(int(as(reflect.TypeFor[int](), args).Int())), 0)
	case name == "setitem" && isList && len(args) == 2:
		put(of.Index(int(as(reflect.TypeFor[int](), args).Int())), args[1], "an item")
		return nil
	case of.Kind() != reflect.Map:
	case name == "contains":
		return of.MapIndex(as(of.Type().Key(), args)).IsValid()
	case name == "getitem":
		if found := of.MapIndex(as(of.Type().Key(), args)); found.IsValid() {
			return encode(found, 0)
		}
		panic(refuse("KeyError", "%v", operand(args[0])))
	case name == "setitem" && len(args) == 2:
		item := reflect.New(of.Type().Elem()).Elem()
		put(item, args[1], "an item")
		of.SetMapIndex(as(of.Type().Key(), args), item)
		return nil
	case name == "delitem":
		of.SetMapIndex(as(of.Type().Key(), args), reflect.Value{})
		return nil
	}
	panic(refuse("TypeError", "there is no %s of an object of type %s", name, nameOf(of.Type())))
}

// The first of some operands, as a value of a type.
func as(of reflect.Type, args []any) reflect.Value {
	value := reflect.New(of).Elem()
	if len(args) > 0 {
		put(value, args[0], "an operand")
	}
	return value
}
