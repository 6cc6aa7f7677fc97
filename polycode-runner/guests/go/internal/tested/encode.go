package tested

import (
	"encoding"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
	"unsafe"
)

const (
	// How deep values may lie in each other; what is deeper stays where it is.
	deepest = 100
	// Integers from here on are written as texts.
	unsafeInteger = 1 << 53
)

var timeType = reflect.TypeFor[time.Time]()

// What tells a value from all others of its type.
type identity struct {
	of reflect.Type
	at unsafe.Pointer
}

// The identity of a value, if it has one.
func identified(value reflect.Value) (identity, bool) {
	switch value.Kind() {
	case reflect.Pointer, reflect.Chan:
		return identity{value.Type(), value.UnsafePointer()}, true
	case reflect.Func:
		// What a function is made of, and not only its code.
		place := reflect.New(value.Type())
		place.Elem().Set(value)
		return identity{value.Type(), *(*unsafe.Pointer)(place.UnsafePointer())}, true
	}
	if value.CanAddr() {
		return identity{value.Type(), value.Addr().UnsafePointer()}, true
	}
	return identity{}, false
}

// A number that stands for a value.
func number(value reflect.Value) int {
	key, isOne := identified(value)
	if number := end.numbers[key]; isOne && number > 0 {
		return number
	}
	end.known = append(end.known, value)
	if isOne {
		end.numbers[key] = len(end.known)
	}
	return len(end.known)
}

// A value as tests are told of it.
func encode(value reflect.Value, depth int) any {
	switch value.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.Interface:
		return encode(value.Elem(), depth)
	case reflect.Pointer, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		if value.IsNil() {
			return nil
		}
		if theirs, is := theirNumber(value); is {
			return message{"yours": theirs}
		}
		if value.Kind() == reflect.Pointer && depth <= deepest && isPlain(value.Type().Elem()) {
			return encode(value.Elem(), depth+1)
		}
	}
	if told, is := basic(value); is && value.Type().PkgPath() == "" {
		return told
	}
	if told, is := ofLibrary(value); is {
		return told
	}
	if depth > deepest || hasMethods(value.Type()) {
		return reference(value)
	}
	switch value.Kind() {
	case reflect.Slice, reflect.Array:
		if value.Type().Elem().Kind() == reflect.Uint8 {
			return message{"bytes": hex.EncodeToString(bytesOf(value))}
		}
		items := make([]any, value.Len())
		for i := range items {
			items[i] = encode(value.Index(i), depth+1)
		}
		return items
	case reflect.Map:
		return entries(value, depth)
	}
	if told, is := basic(value); is {
		return told
	}
	return reference(value)
}

// A value of a basic type.
func basic(value reflect.Value) (told any, is bool) {
	switch {
	case value.Kind() == reflect.Bool:
		return value.Bool(), true
	case value.Kind() == reflect.String:
		return text(value.String()), true
	case value.CanInt():
		if number := value.Int(); -unsafeInteger < number && number < unsafeInteger {
			return number, true
		}
		return message{"int": strconv.FormatInt(value.Int(), 10)}, true
	case value.CanUint():
		if number := value.Uint(); number < unsafeInteger {
			return number, true
		}
		return message{"int": strconv.FormatUint(value.Uint(), 10)}, true
	case value.CanFloat():
		return float(value.Float(), value.Type().Bits()), true
	case value.CanComplex():
		words := strconv.FormatComplex(value.Complex(), 'g', -1, value.Type().Bits())
		return message{"complex": strings.Replace(words, "i)", "j)", 1)}, true
	}
	return nil, false
}

func text(of string) any {
	if utf8.ValidString(of) {
		return of
	}
	return message{"bytes": hex.EncodeToString([]byte(of))}
}

func float(of float64, bits int) any {
	switch {
	case math.IsNaN(of):
		return message{"float": "nan"}
	case math.IsInf(of, 0):
		return message{"float": strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(of, 'g', -1, 64), "+"))}
	}
	words := strconv.FormatFloat(of, 'g', -1, bits)
	if !strings.ContainsAny(words, ".e") {
		words += ".0"
	}
	return json.RawMessage(words)
}

func bytesOf(value reflect.Value) []byte {
	bytes := make([]byte, value.Len())
	for i := range bytes {
		bytes[i] = byte(value.Index(i).Uint())
	}
	return bytes
}

// A map, or a set where the values are nothing.
func entries(value reflect.Value, depth int) any {
	isSet := value.Type().Elem() == reflect.TypeFor[struct{}]()
	held := []any{}
	for _, key := range keysOf(value) {
		told := encode(key, depth+1)
		if !isSet {
			told = []any{told, encode(value.MapIndex(key), depth+1)}
		}
		held = append(held, told)
	}
	if isSet {
		return message{"set": held}
	}
	return message{"map": held}
}

// The keys of a map, always in the same order: by what they are shown as.
func keysOf(value reflect.Value) []reflect.Value {
	keys := value.MapKeys()
	slices.SortStableFunc(keys, func(one, other reflect.Value) int {
		if order, is := compared(one, other); is {
			return order
		}
		return strings.Compare(fmt.Sprint(one.Interface()), fmt.Sprint(other.Interface()))
	})
	return keys
}

// Values of the library that tests have, too; and errors that have a name.
func ofLibrary(value reflect.Value) (told any, is bool) {
	of := value.Type()
	if of == timeType {
		return message{"datetime": value.Interface().(time.Time).Format("2006-01-02T15:04:05.000000Z07:00")}, true
	}
	if isGreat(of) {
		words, err := value.Interface().(encoding.TextMarshaler).MarshalText()
		return message{"int": string(words)}, err == nil
	}
	switch it := value.Interface().(type) {
	case Int:
		return encode(reflect.ValueOf(int64(it)), 0), true
	case Uint:
		return encode(reflect.ValueOf(uint64(it)), 0), true
	case Great:
		return message{"int": string(it)}, true
	case *Class:
		return it.told(value), true
	case *space:
		return message{"ref": number(value), "kind": "object", "name": "module"}, true
	case error:
		if name, is := sentinelOf(it); is {
			return sentinel(value, name), true
		}
	}
	return nil, false
}

// Whether a type is *big.Int.
func isGreat(of reflect.Type) bool {
	return of.Kind() == reflect.Pointer && of.Elem().PkgPath() == "math/big" && of.Elem().Name() == "Int"
}

// A class as tests are told of it.
func (c *Class) told(value reflect.Value) message {
	told := message{"ref": number(value), "kind": "class", "name": c.of.Name()}
	if isError(c.of) {
		told["kind"], told["bases"] = "error", []any{"Exception"}
	}
	return told
}

// Whether values of a type, or pointers to them, are errors.
func isError(of reflect.Type) bool {
	wanted := reflect.TypeFor[error]()
	return of.Kind() != reflect.Interface && (of.Implements(wanted) || reflect.PointerTo(of).Implements(wanted))
}

// Whether values of a type cross as what they hold, so that a pointer to one is nothing else.
func isPlain(of reflect.Type) bool {
	return of.Kind() != reflect.Struct && !hasMethods(of)
}

// Whether a type has methods of its own, so that its values are more than what they hold.
func hasMethods(of reflect.Type) bool {
	if of.PkgPath() == "" {
		return false
	}
	class := classes[of]
	return class != nil && len(class.methods) > 0 || reflect.PointerTo(of).NumMethod() > 0
}

// A value that stays on this side.
func reference(value reflect.Value) message {
	told := message{"kind": "object", "name": nameOf(value.Type())}
	plain, isBasic := basic(value)
	switch {
	case value.Kind() == reflect.Func:
		told["kind"], told["name"] = "function", functionName(value)
	case isBasic:
		// It is what it is now, whatever becomes of the place that it is in.
		told["plain"], value = plain, copied(value)
	case !value.CanAddr() && value.Kind() != reflect.Pointer && value.Kind() != reflect.Chan:
		value = copied(value)
	}
	told["ref"] = number(value)
	return told
}

func copied(value reflect.Value) reflect.Value {
	place := reflect.New(value.Type()).Elem()
	place.Set(value)
	return place
}

// What has a name is told by it, where it is a function.
func named(name string, value reflect.Value) any {
	told := encode(value, 0)
	if about, is := told.(message); is && about["kind"] == "function" {
		about["name"] = name
	}
	return told
}

func functionName(value reflect.Value) string {
	name := "func"
	if of := runtime.FuncForPC(value.Pointer()); of != nil {
		name = of.Name()[strings.LastIndexByte(of.Name(), '.')+1:]
	}
	return name
}
