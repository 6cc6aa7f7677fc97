package call

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
)

// Gives a place the value of a JSON text; what is wrong is told of the place.
func read(into reflect.Value, text json.RawMessage) error {
	if into.CanAddr() {
		if own, is := into.Addr().Interface().(json.Unmarshaler); is {
			if err := own.UnmarshalJSON(text); err != nil {
				return fmt.Errorf("is %s, and is given %s: %w", into.Type(), text, err)
			}
			return nil
		}
	}
	if kindOf(text) == null {
		switch into.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			return nil
		}
	}
	switch into.Kind() {
	case reflect.Bool:
		return plain(into, text, truth)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return plain(into, whole(text), number)
	case reflect.Float32, reflect.Float64:
		return plain(into, text, number)
	case reflect.String:
		return plain(into, text, words)
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		return read(into.Elem(), text)
	case reflect.Slice, reflect.Array:
		return items(into, text)
	case reflect.Map:
		return entries(into, text)
	case reflect.Struct:
		return fields(into, text)
	case reflect.Interface:
		if into.NumMethod() == 0 {
			return json.Unmarshal(text, into.Addr().Interface())
		}
	}
	return fmt.Errorf("is %s, which a validator can't give", into.Type())
}

// What a value of JSON is, in the words that tell of it.
type kind string

const (
	null   kind = "null"
	truth  kind = "true or false"
	number kind = "a number"
	words  kind = "a text"
	list   kind = "a list"
	object kind = "a map"
)

func kindOf(text json.RawMessage) kind {
	switch text[0] {
	case 'n':
		return null
	case 't', 'f':
		return truth
	case '"':
		return words
	case '[':
		return list
	case '{':
		return object
	}
	return number
}

// What is wrong where another kind of value is given than the type takes.
func expect(into reflect.Value, text json.RawMessage, wanted kind) error {
	if given := kindOf(text); given != wanted {
		return fmt.Errorf("is %s, and is given %s", into.Type(), given)
	}
	return nil
}

// A value with nothing in it.
func plain(into reflect.Value, text json.RawMessage, wanted kind) error {
	if err := expect(into, text, wanted); err != nil {
		return err
	}
	if json.Unmarshal(text, into.Addr().Interface()) != nil {
		return fmt.Errorf("is %s: %s does not fit", into.Type(), text)
	}
	return nil
}

// The digits of a whole number that is written as a fraction or with an exponent; all else as it is.
func whole(text json.RawMessage) json.RawMessage {
	if len(text) > 40 || !bytes.ContainsAny(text, ".eE") {
		return text
	}
	number, _, err := big.ParseFloat(string(text), 10, 256, big.ToNearestEven)
	// An exponent may be great: only what has no more bits than an integer is written out.
	if err != nil || !number.IsInt() || number.MantExp(nil) > 64 {
		return text
	}
	integer, _ := number.Int(nil)
	return json.RawMessage(integer.String())
}

func items(into reflect.Value, text json.RawMessage) error {
	if err := expect(into, text, list); err != nil {
		return err
	}
	var items []json.RawMessage
	if err := json.Unmarshal(text, &items); err != nil {
		return err
	}
	if into.Kind() == reflect.Slice {
		into.Set(reflect.MakeSlice(into.Type(), len(items), len(items)))
	} else if len(items) != into.Len() {
		return fmt.Errorf("is %s, and is given a list of %d", into.Type(), len(items))
	}
	for i, item := range items {
		if err := read(into.Index(i), item); err != nil {
			return err
		}
	}
	return nil
}

// The values of a map by their names.
func named(into reflect.Value, text json.RawMessage) (items map[string]json.RawMessage, err error) {
	if err := expect(into, text, object); err != nil {
		return nil, err
	}
	err = json.Unmarshal(text, &items)
	return items, err
}

func entries(into reflect.Value, text json.RawMessage) error {
	items, err := named(into, text)
	if err != nil {
		return err
	}
	into.Set(reflect.MakeMapWithSize(into.Type(), len(items)))
	for name, item := range items {
		key := reflect.New(into.Type().Key()).Elem()
		given, err := json.Marshal(name)
		if err == nil && key.Kind() != reflect.String {
			// Numbers are names of numbers.
			given = []byte(name)
		}
		if len(given) == 0 || !json.Valid(given) {
			return fmt.Errorf("is %s: the name %q does not fit", into.Type(), name)
		}
		value := reflect.New(into.Type().Elem()).Elem()
		if err := read(key, given); err != nil {
			return err
		}
		if err := read(value, item); err != nil {
			return err
		}
		into.SetMapIndex(key, value)
	}
	return nil
}

func fields(into reflect.Value, text json.RawMessage) error {
	items, err := named(into, text)
	if err != nil {
		return err
	}
	for i := range into.NumField() {
		name, isThere := field(into.Type().Field(i))
		if item, isGiven := items[name]; isThere && isGiven {
			delete(items, name)
			if err := read(into.Field(i), item); err != nil {
				return err
			}
		}
	}
	for name := range items {
		return fmt.Errorf("is %s, which has no field %q", into.Type(), name)
	}
	return nil
}
