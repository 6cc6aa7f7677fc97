package tested

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// The items of what is a list, or like one.
func itemsOf(told any) (items []any, is bool) {
	if items, is = told.([]any); is {
		return items, true
	}
	switch tag, held := tagged(told); tag {
	case "tuple", "set", "frozenset":
		items, is = held.([]any)
	}
	return items, is
}

func listOf(told any, place reflect.Value) (reflect.Value, error) {
	of := place.Type()
	if words, is := wordsOf(told); is && (of.Elem().Kind() == reflect.Uint8 || of.Elem().Kind() == reflect.Int32) {
		text := reflect.ValueOf(words)
		if slice := reflect.SliceOf(of.Elem()); text.CanConvert(slice) && text.Convert(slice).CanConvert(of) {
			return text.Convert(slice).Convert(of), nil
		}
	}
	items, is := itemsOf(told)
	switch {
	case !is:
		return mismatch(told, of)
	case of.Kind() == reflect.Slice:
		place.Set(reflect.MakeSlice(of, len(items), len(items)))
	case len(items) != of.Len():
		return place, fmt.Errorf("is %s, and is given a list of %d", of, len(items))
	}
	for i, item := range items {
		value, err := decode(item, of.Elem())
		if err != nil {
			return place, err
		}
		place.Index(i).Set(value)
	}
	return place, nil
}

func mapOf(tag string, held, told any, place reflect.Value) (reflect.Value, error) {
	of := place.Type()
	entries, is := held.([]any)
	isSet := tag == "set" || tag == "frozenset"
	isOfTruth := of.Elem().Kind() == reflect.Bool
	if !is || !isSet && tag != "map" && tag != "pairs" || isSet && !isOfTruth && of.Elem() != reflect.TypeFor[struct{}]() {
		return mismatch(told, of)
	}
	place.Set(reflect.MakeMapWithSize(of, len(entries)))
	for _, entry := range entries {
		value := reflect.Zero(of.Elem())
		if isSet && isOfTruth {
			value = reflect.ValueOf(true).Convert(of.Elem())
		}
		name := entry
		if !isSet {
			pair, is := entry.([]any)
			if !is || len(pair) != 2 {
				return mismatch(told, of)
			}
			var err error
			if value, err = decode(pair[1], of.Elem()); err != nil {
				return place, err
			}
			name = pair[0]
		}
		key, err := keyOf(name, of.Key())
		if err != nil {
			return place, err
		}
		place.SetMapIndex(key, value)
	}
	return place, nil
}

// The key of a map. Where tests have texts alone, as JavaScript does, they stand for numbers.
func keyOf(told any, into reflect.Type) (reflect.Value, error) {
	key, err := decode(told, into)
	if words, is := told.(string); is && err != nil {
		return decode(json.Number(words), into)
	}
	return key, err
}

func structOf(tag string, held, told any, place reflect.Value) (reflect.Value, error) {
	entries, is := held.([]any)
	if !is || tag != "map" && tag != "pairs" {
		return mismatch(told, place.Type())
	}
	for _, entry := range entries {
		pair, _ := entry.([]any)
		name := ""
		if len(pair) == 2 {
			name, _ = pair[0].(string)
		}
		field, isThere := fieldOf(place, name)
		if !isThere {
			return place, fmt.Errorf("is %s, which has no field %q", place.Type(), name)
		}
		value, err := decode(pair[1], field.Type())
		if err != nil {
			return place, err
		}
		field.Set(value)
	}
	return place, nil
}
