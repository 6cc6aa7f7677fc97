package tested

import (
	"reflect"
	"strings"
)

// What has a name in a package, of a type, or of a value: a field, or a method.
func attribute(of reflect.Value, name string) reflect.Value {
	switch it := of.Interface().(type) {
	case *space:
		return it.get(name)
	case *Class:
		if method, is := it.method(name); is {
			return method
		}
		panic(refuse("AttributeError", "the type %s has no method '%s'", it.of.Name(), name))
	}
	if method, is := ownMethod(of, name); is {
		return method
	}
	if field, is := fieldOf(of, name); is {
		return field
	}
	if method, is := methodOf(of, name, 0); is {
		return method
	}
	panic(refuse("AttributeError", "an object of type %s has no '%s'", nameOf(of.Type()), name))
}

func has(of reflect.Value, name string) (is bool) {
	defer func() {
		if recover() != nil {
			is = false
		}
	}()
	return attribute(of, name).IsValid()
}

// Where a field of a structure is, one of those that are embedded in it, too; whether it is exported or not.
func fieldOf(of reflect.Value, name string) (field reflect.Value, isThere bool) {
	of = pointed(of)
	if of.Kind() != reflect.Struct {
		return field, false
	}
	found, isThere := of.Type().FieldByName(name)
	if !isThere {
		return field, false
	}
	for _, at := range found.Index {
		if of = pointed(of); !of.IsValid() {
			panic(refuse("AttributeError", "'%s' is in a structure that is nil", name))
		}
		of = opened(of.Field(at))
	}
	return of, true
}

// A field that can be read and set, even where packages other than its own could not.
func opened(field reflect.Value) reflect.Value {
	return reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem()
}

// What a pointer leads to; all else as it is, in a place of its own.
func pointed(of reflect.Value) reflect.Value {
	switch {
	case of.Kind() == reflect.Pointer:
		return of.Elem()
	case of.Kind() == reflect.Struct && !of.CanAddr():
		return copied(of)
	}
	return of
}

// A method of a class, as a function that takes a pointer to an object first.
func (c *Class) method(name string) (reflect.Value, bool) {
	for _, method := range c.methods {
		if method.Name == name {
			return reflect.ValueOf(method.Value), true
		}
	}
	return reflect.Value{}, false
}

// A method that the program declares for the type of a value.
func ownMethod(of reflect.Value, name string) (reflect.Value, bool) {
	if of = pointed(of); !of.IsValid() || !of.CanAddr() {
		return of, false
	}
	class := classes[of.Type()]
	if class == nil {
		return of, false
	}
	method, is := class.method(name)
	if !is {
		return of, false
	}
	return bound(method, of.Addr()), true
}

// A method that a value has otherwise: one of the library's, or of what is embedded in it.
func methodOf(of reflect.Value, name string, depth int) (method reflect.Value, is bool) {
	of = pointed(of)
	if !of.IsValid() {
		return of, false
	}
	if of.CanAddr() {
		method = of.Addr().MethodByName(name)
	} else {
		method = of.MethodByName(name)
	}
	if method.IsValid() {
		return method, true
	}
	if of.Kind() != reflect.Struct || depth > deepest {
		return of, false
	}
	for i := range of.NumField() {
		if !of.Type().Field(i).Anonymous {
			continue
		}
		embedded := opened(of.Field(i))
		if method, is = ownMethod(embedded, name); is {
			return method, true
		}
		if method, is = methodOf(embedded, name, depth+1); is {
			return method, true
		}
	}
	return of, false
}

// A function whose first argument is given.
func bound(function, first reflect.Value) reflect.Value {
	of := function.Type()
	var in, out []reflect.Type
	for i := 1; i < of.NumIn(); i++ {
		in = append(in, of.In(i))
	}
	for i := range of.NumOut() {
		out = append(out, of.Out(i))
	}
	return reflect.MakeFunc(reflect.FuncOf(in, out, of.IsVariadic()), func(args []reflect.Value) []reflect.Value {
		args = append([]reflect.Value{first}, args...)
		if of.IsVariadic() {
			return function.CallSlice(args)
		}
		return function.Call(args)
	})
}

// Gives a variable or a field another value.
func set(of reflect.Value, name string, told any) {
	if it, is := of.Interface().(*space); is {
		it.set(name, told)
		return
	}
	field, isThere := fieldOf(of, name)
	if !isThere {
		panic(refuse("AttributeError", "an object of type %s has no field '%s'", nameOf(of.Type()), name))
	}
	put(field, told, name)
}

func put(place reflect.Value, told any, name string) {
	value, err := decode(told, place.Type())
	if err != nil {
		panic(refuse("TypeError", "%s %v", name, err))
	}
	place.Set(value)
}

// A value of a class that has no function to make it: a structure of all its fields, or of those that are
// named; of other types, what is given.
func (c *Class) made(args []any, given message) reflect.Value {
	place := reflect.New(c.of).Elem()
	isStruct := c.of.Kind() == reflect.Struct
	switch {
	case c.of.Kind() == reflect.Interface:
		panic(refuse("TypeError", "%s is an interface, of which nothing is made", c.of.Name()))
	case !isStruct && len(given) > 0, len(given) > 0 && len(args) > 0:
		panic(refuse("TypeError", "%s is made of values in their order, or of fields by their names", c.of.Name()))
	case !isStruct && len(args) == 1:
		put(place, args[0], c.of.Name())
	case isStruct && len(args) == c.of.NumField():
		for i, told := range args {
			put(opened(place.Field(i)), told, c.of.Field(i).Name)
		}
	case len(args) > 0:
		panic(refuse("TypeError", "%s has %d fields, and is given %d", c.of.Name(), fields(c.of), len(args)))
	}
	for name, told := range given {
		if strings.HasPrefix(name, "__") {
			continue
		}
		set(place, name, told)
	}
	return place
}

func fields(of reflect.Type) int {
	if of.Kind() == reflect.Struct {
		return of.NumField()
	}
	return 1
}
