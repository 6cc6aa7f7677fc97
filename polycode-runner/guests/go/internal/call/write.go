package call

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// How deep values may lie in each other.
const deepest = 1_000

// Writes values as JSON.
type writer struct {
	strings.Builder
}

func (w *writer) write(value reflect.Value, depth int) error {
	if depth > deepest {
		return errors.New("a value that lies too deep, or contains itself")
	}
	if value.IsValid() && value.CanInterface() && !isNil(value) {
		if own, is := value.Interface().(json.Marshaler); is {
			text, err := own.MarshalJSON()
			w.Write(text)
			return err
		}
	}
	switch value.Kind() {
	case reflect.Bool:
		w.WriteString(strconv.FormatBool(value.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.WriteString(strconv.FormatInt(value.Int(), 10))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		w.WriteString(strconv.FormatUint(value.Uint(), 10))
	case reflect.Float32, reflect.Float64:
		number := value.Float()
		if math.IsNaN(number) || math.IsInf(number, 0) {
			return errors.New("a number that is not finite")
		}
		w.WriteString(strconv.FormatFloat(number, 'g', -1, value.Type().Bits()))
	case reflect.String:
		return w.text(value.String())
	case reflect.Pointer, reflect.Interface:
		if value.IsNil() {
			w.WriteString("null")
			return nil
		}
		return w.write(value.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		return w.list(value.Len(), func(i int) error { return w.write(value.Index(i), depth+1) })
	case reflect.Map:
		return w.entries(value, depth)
	case reflect.Struct:
		return w.fields(value, depth)
	case reflect.Invalid:
		w.WriteString("null")
	default:
		return fmt.Errorf("a value of the type %s", value.Type())
	}
	return nil
}

func isNil(value reflect.Value) bool {
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Map, reflect.Slice, reflect.Func, reflect.Chan:
		return value.IsNil()
	}
	return false
}

func (w *writer) text(text string) error {
	if !utf8.ValidString(text) {
		return errors.New("a text that is not UTF-8")
	}
	quoted, err := json.Marshal(text)
	w.Write(quoted)
	return err
}

func (w *writer) list(count int, item func(int) error) error {
	w.WriteByte('[')
	for i := range count {
		if i > 0 {
			w.WriteByte(',')
		}
		if err := item(i); err != nil {
			return err
		}
	}
	w.WriteByte(']')
	return nil
}

// A name, and what it stands for.
type entry struct {
	name  string
	value reflect.Value
}

func (w *writer) entries(value reflect.Value, depth int) error {
	var entries []entry
	for keys := value.MapRange(); keys.Next(); {
		var name string
		switch key := keys.Key(); {
		case key.Kind() == reflect.String:
			name = key.String()
		case key.CanInt():
			name = strconv.FormatInt(key.Int(), 10)
		case key.CanUint():
			name = strconv.FormatUint(key.Uint(), 10)
		default:
			return fmt.Errorf("a map whose names are of the type %s", key.Type())
		}
		entries = append(entries, entry{name, keys.Value()})
	}
	slices.SortFunc(entries, func(one, other entry) int { return strings.Compare(one.name, other.name) })
	return w.named(entries, depth)
}

func (w *writer) fields(value reflect.Value, depth int) error {
	var entries []entry
	for i := range value.NumField() {
		if name, isThere := field(value.Type().Field(i)); isThere {
			entries = append(entries, entry{name, value.Field(i)})
		}
	}
	return w.named(entries, depth)
}

func (w *writer) named(entries []entry, depth int) error {
	w.WriteByte('{')
	for i, entry := range entries {
		if i > 0 {
			w.WriteByte(',')
		}
		if err := w.text(entry.name); err != nil {
			return err
		}
		w.WriteByte(':')
		if err := w.write(entry.value, depth+1); err != nil {
			return err
		}
	}
	w.WriteByte('}')
	return nil
}
