package tested

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The digits of a whole number.
func wholeNumber(told any) (digits string, is bool) {
	if number, is := told.(json.Number); is {
		if _, err := strconv.ParseInt(string(number), 10, 64); err == nil {
			return string(number), true
		}
		// It may be written as a fraction or with an exponent.
		float, err := number.Float64()
		return strconv.FormatFloat(float, 'f', -1, 64), err == nil && float == math.Trunc(float)
	}
	tag, held := tagged(told)
	digits, is = held.(string)
	return digits, is && tag == "int"
}

func numberOf(told any, place reflect.Value) (reflect.Value, error) {
	of, digits, isWhole := place.Type(), "", false
	if letter, is := told.(string); is && utf8.RuneCountInString(letter) == 1 && (of.Kind() == reflect.Int32 || of.Kind() == reflect.Uint8) {
		// A letter is a rune, or a byte.
		rune, _ := utf8.DecodeRuneInString(letter)
		digits, isWhole = strconv.Itoa(int(rune)), true
	} else {
		digits, isWhole = wholeNumber(told)
	}
	tag, held := tagged(told)
	words, _ := held.(string)
	if number, is := told.(json.Number); is {
		tag, words = "float", string(number)
	}
	var err error
	switch {
	case place.CanInt() && isWhole:
		var number int64
		number, err = strconv.ParseInt(digits, 0, of.Bits())
		place.SetInt(number)
	case place.CanUint() && isWhole:
		var number uint64
		number, err = strconv.ParseUint(digits, 0, of.Bits())
		place.SetUint(number)
	case place.CanFloat() && (tag == "float" || tag == "int" || tag == "decimal"):
		var number float64
		number, err = strconv.ParseFloat(words, of.Bits())
		place.SetFloat(number)
	case place.CanComplex() && (tag == "float" || tag == "int" || tag == "complex"):
		var number complex128
		number, err = strconv.ParseComplex(strings.Replace(words, "j", "i", 1), of.Bits())
		place.SetComplex(number)
	case tag == "float" && (place.CanInt() || place.CanUint()):
		return place, fmt.Errorf("is %s: %s does not fit", of, words)
	default:
		return mismatch(told, of)
	}
	if err != nil {
		return place, fmt.Errorf("is %s: %s does not fit", of, digits+words)
	}
	return place, nil
}

var operators = []string{"add", "sub", "mul", "truediv", "floordiv", "mod", "and", "or", "xor", "lshift", "rshift", "neg", "pos"}

// What an operator of Go makes of a value of a basic type and of another that becomes one of the same type:
// a value of that type. Divisions are Go's.
func computed(name string, of reflect.Value, args []any) (result reflect.Value, is bool) {
	if _, is := basic(of); !is {
		return of, false
	}
	one, other := of, of
	if len(args) > 0 {
		other = as(of.Type(), args)
	}
	if !slices.Contains(operators, name) {
		// With the sides exchanged, or as an assignment.
		if plain, isExchanged := strings.CutPrefix(name, "r"); isExchanged {
			name, one, other = plain, other, one
		} else {
			name = strings.TrimPrefix(name, "i")
		}
	}
	result = reflect.New(of.Type()).Elem()
	switch {
	case of.CanInt():
		var number int64
		number, is = integer(name, one.Int(), other.Int())
		result.SetInt(number)
	case of.CanUint():
		var number uint64
		number, is = integer(name, one.Uint(), other.Uint())
		result.SetUint(number)
	case of.CanFloat():
		var number float64
		number, is = numeric(name, one.Float(), other.Float())
		result.SetFloat(number)
	case of.Kind() == reflect.String && name == "add":
		is = true
		result.SetString(one.String() + other.String())
	}
	return result, is
}

func numeric[T int64 | uint64 | float64](name string, one, other T) (result T, is bool) {
	switch name {
	case "add":
		return one + other, true
	case "sub":
		return one - other, true
	case "mul":
		return one * other, true
	case "truediv":
		return one / other, true
	case "neg":
		return -one, true
	case "pos":
		return one, true
	}
	return 0, false
}

func integer[T int64 | uint64](name string, one, other T) (result T, is bool) {
	switch name {
	case "floordiv":
		return one / other, true
	case "mod":
		return one % other, true
	case "and":
		return one & other, true
	case "or":
		return one | other, true
	case "xor":
		return one ^ other, true
	case "lshift":
		return one << other, true
	case "rshift":
		return one >> other, true
	}
	return numeric(name, one, other)
}

// The order of two values of the same type, if there is one.
func compared(one, other reflect.Value) (order int, is bool) {
	switch {
	case one.CanInt() && other.CanInt():
		return cmp.Compare(one.Int(), other.Int()), true
	case one.CanUint() && other.CanUint():
		return cmp.Compare(one.Uint(), other.Uint()), true
	case one.CanFloat() && other.CanFloat():
		return cmp.Compare(one.Float(), other.Float()), true
	case one.Kind() == reflect.String && other.Kind() == reflect.String:
		return cmp.Compare(one.String(), other.String()), true
	}
	return 0, false
}
