package call

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"strings"
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
	isNull := string(text) == "null"
	switch into.Kind() {
	case reflect.Bool:
		return plain(into, text, "true", "false")
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return plain(into, whole(text), "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
	case reflect.Float32, reflect.Float64:
		return plain(into, text, "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
	case reflect.String:
		return plain(into, text, `"`)
	case reflect.Pointer:
		if isNull {
			return nil
		}
		into.Set(reflect.New(into.Type().Elem()))
		return read(into.Elem(), text)
	case reflect.Slice:
		if isNull {
			return nil
		}
		return list(into, text)
	case reflect.Array:
		return list(into, text)
	case reflect.Map:
		if isNull {
			return nil
		}
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

// A value that is one word, which begins with one of these.
func plain(into reflect.Value, text json.RawMessage, starts ...string) error {
	for _, start := range starts {
		if !strings.HasPrefix(string(text), start) {
			continue
		}
		if json.Unmarshal(text, into.Addr().Interface()) != nil {
			return fmt.Errorf("is %s: %s does not fit", into.Type(), text)
		}
		return nil
	}
	return isGiven(into, text)
}

// What is wrong where another kind of value is given than the type takes.
func isGiven(into reflect.Value, text json.RawMessage) error {
	kinds := map[byte]string{'n': "null", 't': "true or false", 'f': "true or false", '"': "a text", '[': "a list", '{': "a map"}
	kind, is := kinds[text[0]]
	if !is {
		kind = "a number"
	}
	return fmt.Errorf("is %s, and is given %s", into.Type(), kind)
}

// The digits of a whole number that is written as a fraction or with an exponent; all else as it is.
func whole(text json.RawMessage) json.RawMessage {
	if len(text) > 40 || !bytes.ContainsAny(text, ".eE") {
		return text
	}
	// No integer has more digits, and an exponent may be great.
	if number, _, err := big.ParseFloat(string(text), 10, 256, big.ToNearestEven); err == nil && number.IsInt() {
		if integer, _ := number.Int(nil); integer.BitLen() <= 64 {
			return json.RawMessage(integer.String())
		}
	}
	return text
}

func list(into reflect.Value, text json.RawMessage) error {
	var items []json.RawMessage
	if json.Unmarshal(text, &items) != nil || items == nil {
		return isGiven(into, text)
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

func entries(into reflect.Value, text json.RawMessage) error {
	var items map[string]json.RawMessage
	if json.Unmarshal(text, &items) != nil || items == nil {
		return isGiven(into, text)
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
		if err := errors.Join(read(key, given), read(value, item)); err != nil {
			return err
		}
		into.SetMapIndex(key, value)
	}
	return nil
}

func fields(into reflect.Value, text json.RawMessage) error {
	var items map[string]json.RawMessage
	if json.Unmarshal(text, &items) != nil || items == nil {
		return isGiven(into, text)
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
