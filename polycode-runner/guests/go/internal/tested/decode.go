package tested

import (
	"encoding"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// What tests know by a number, as they tell it.
func known(told any) reflect.Value {
	if about, is := told.(message); is {
		if number, is := about["yours"].(json.Number); is {
			at, err := strconv.Atoi(string(number))
			if err == nil && 0 < at && at <= len(end.known) {
				return end.known[at-1]
			}
		}
	}
	panic(refuse("TypeError", "a value of the program is needed"))
}

// Something that is told with what it is: of a tag, and what stands beside it.
func tagged(told any) (tag string, held any) {
	about, is := told.(message)
	if !is {
		return "", told
	}
	if _, is := about["ref"]; is {
		return "ref", told
	}
	for tag, held = range about {
	}
	return tag, held
}

// The value of a type that tests tell.
func decode(told any, into reflect.Type) (reflect.Value, error) {
	tag, held := tagged(told)
	switch {
	case tag == "yours":
		return fitting(known(told), into)
	case tag == "ref":
		return ofTests(told.(message), into)
	case told == nil || tag == "undefined":
		switch into.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Func, reflect.Chan, reflect.Interface:
			return reflect.Zero(into), nil
		}
		return mismatch(told, into)
	case into == timeType:
		return timeOf(told, into)
	}
	place := reflect.New(into).Elem()
	switch into.Kind() {
	case reflect.Pointer:
		if integer, is := wholeNumber(told); is && isGreat(into) {
			place.Set(reflect.New(into.Elem()))
			return place, place.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(integer))
		}
		inner, err := decode(told, into.Elem())
		if err == nil {
			place.Set(reflect.New(into.Elem()))
			place.Elem().Set(inner)
		}
		return place, err
	case reflect.Bool:
		truth, is := told.(bool)
		if !is {
			return mismatch(told, into)
		}
		place.SetBool(truth)
	case reflect.String:
		words, is := wordsOf(told)
		if !is {
			return mismatch(told, into)
		}
		place.SetString(words)
	case reflect.Slice, reflect.Array:
		return listOf(told, place)
	case reflect.Map:
		return mapOf(tag, held, told, place)
	case reflect.Struct:
		return structOf(tag, held, told, place)
	case reflect.Interface:
		value, err := natural(told)
		if err != nil || !value.Type().AssignableTo(into) {
			return mismatch(told, into)
		}
		place.Set(value)
	default:
		return numberOf(told, place)
	}
	return place, nil
}

func mismatch(told any, into reflect.Type) (reflect.Value, error) {
	return reflect.Value{}, fmt.Errorf("is %s, and is given %s", into, kindOf(told))
}

// What is told, in the words that tell of it.
func kindOf(told any) string {
	switch told.(type) {
	case nil:
		return "nothing"
	case bool:
		return "true or false"
	case json.Number:
		return "a number"
	case string:
		return "a text"
	case []any:
		return "a list"
	}
	switch tag, _ := tagged(told); tag {
	case "int", "float":
		return "a number"
	case "ref":
		return "an object of the tests"
	case "yours":
		return "an object of type " + known(told).Type().String()
	case "map", "pairs":
		return "a map"
	default:
		return "a value of the kind " + tag
	}
}

// A value of the program, where another of the program's types may be needed: what a pointer leads to, or a
// pointer to it.
func fitting(value reflect.Value, into reflect.Type) (reflect.Value, error) {
	if class, is := value.Interface().(*Class); is {
		value = reflect.ValueOf(class.of)
	}
	switch {
	case into.Kind() == reflect.Interface && into.NumMethod() == 0, value.Type().AssignableTo(into):
		return value, nil
	case value.CanAddr() && reflect.PointerTo(value.Type()).AssignableTo(into):
		return value.Addr(), nil
	case value.Kind() == reflect.Pointer && value.Type().Elem().AssignableTo(into):
		return value.Elem(), nil
	}
	return reflect.Value{}, fmt.Errorf("is %s, and is given an object of type %s", into, value.Type())
}

func wordsOf(told any) (words string, is bool) {
	if words, is = told.(string); is {
		return words, true
	}
	if tag, held := tagged(told); tag == "bytes" {
		digits, _ := held.(string)
		bytes, err := hex.DecodeString(digits)
		return string(bytes), err == nil
	}
	return "", false
}

func timeOf(told any, into reflect.Type) (reflect.Value, error) {
	tag, held := tagged(told)
	words, _ := held.(string)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		at, err := time.Parse(layout, words)
		if err == nil && (tag == "datetime" || tag == "date") {
			return reflect.ValueOf(at), nil
		}
	}
	return mismatch(told, into)
}

// A value of no certain type.
func natural(told any) (reflect.Value, error) {
	tag, _ := tagged(told)
	into := reflect.TypeFor[map[any]any]()
	switch it := told.(type) {
	case bool:
		into = reflect.TypeFor[bool]()
	case string:
		into = reflect.TypeFor[string]()
	case []any:
		into = reflect.TypeFor[[]any]()
	case json.Number:
		if into = reflect.TypeFor[float64](); !strings.ContainsAny(string(it), ".eE") {
			into = reflect.TypeFor[int]()
		}
	default:
		switch tag {
		case "float", "decimal":
			into = reflect.TypeFor[float64]()
		case "int":
			into = reflect.TypeFor[int]()
			if value, err := decode(told, into); err == nil {
				return value, nil
			}
			into = reflect.TypeFor[uint64]()
		case "bytes":
			into = reflect.TypeFor[[]byte]()
		case "tuple":
			into = reflect.TypeFor[[]any]()
		case "set", "frozenset":
			into = reflect.TypeFor[map[any]struct{}]()
		case "datetime", "date":
			into = timeType
		case "complex":
			into = reflect.TypeFor[complex128]()
		case "map":
			if isNamed(told) {
				into = reflect.TypeFor[map[string]any]()
			}
		}
	}
	return decode(told, into)
}

// Whether all keys of a map are texts.
func isNamed(told any) bool {
	_, held := tagged(told)
	entries, _ := held.([]any)
	for _, entry := range entries {
		pair, is := entry.([]any)
		if !is || len(pair) == 0 {
			return false
		}
		if _, is := pair[0].(string); !is {
			return false
		}
	}
	return true
}
